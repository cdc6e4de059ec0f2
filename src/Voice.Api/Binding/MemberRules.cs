using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Voice.Application.Recordings;

namespace Voice.Api.Binding;

/// <summary>How what comes outside the body is bound.</summary>
internal sealed class MemberRules : IBindingMetadataProvider, IDisplayMetadataProvider
{
    /// <summary>Query members are named as JSON members are.</summary>
    public void CreateBindingMetadata(BindingMetadataProviderContext context)
    {
        if (context.Key is { MetadataKind: ModelMetadataKind.Property, ContainerType: { } owner, Name: { } name }
            && owner.Assembly == typeof(GetRecordingStatus).Assembly)
            context.BindingMetadata.BinderModelName ??= JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
    }

    /// <summary>An id, a header or a member that is sent blank is not absent. (A filter that is left empty, as forms do, is.)</summary>
    public void CreateDisplayMetadata(DisplayMetadataProviderContext context)
    {
        if (context.Key.MetadataKind == ModelMetadataKind.Parameter) context.DisplayMetadata.ConvertEmptyStringToNull = false;
    }
}
