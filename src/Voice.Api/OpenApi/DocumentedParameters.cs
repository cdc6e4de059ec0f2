using System.Globalization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Voice.Api.Status;

namespace Voice.Api.OpenApi;

/// <summary>What a parameter is to its caller, where the action takes it as a text to answer for its form itself.</summary>
internal sealed class DocumentedParameters : IParameterFilter
{
    public void Apply(IOpenApiParameter parameter, ParameterFilterContext context)
    {
        if (parameter is not OpenApiParameter { Schema: OpenApiSchema schema }) return;
        schema.Type &= ~JsonSchemaType.Null; // In an address, or a head, nothing can be null; it can be left out.
        schema.Enum?.Remove(JsonNullSentinel.JsonNull);
        if (parameter.Name != Preferences.WaitName) return;
        schema.Type = JsonSchemaType.Integer;
        schema.Minimum = "0";
        schema.Maximum = Preferences.LongestSeconds.ToString(CultureInfo.InvariantCulture);
    }
}
