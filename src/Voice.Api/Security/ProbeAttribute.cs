namespace Voice.Api.Security;

/// <summary>Marks what machines ask all day to know how the service is: no line in the log, and no part of a caller's share.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProbeAttribute : Attribute
{
    /// <summary>Whether the request is for such a thing.</summary>
    public static bool IsOn(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ProbeAttribute>() is not null;
}
