using Voice.Api.Errors;

namespace Voice.Api.Security;

/// <summary>Admits callers of the API by <c>Authorization: Bearer &lt;key&gt;</c>; everybody where no key is set.</summary>
internal sealed class ApiKeyGate(RequestDelegate next, AuthSettings settings)
{
    public const string Refusal = "Send a valid API key as Authorization: Bearer <key>.";
    private const string Scheme = "Bearer ";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RequireApiKeyAttribute>() is null || Admits(context.Request)) return next(context);
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return ErrorAnswer.WriteAsync(context, StatusCodes.Status401Unauthorized, Refusal);
    }

    private bool Admits(HttpRequest request)
    {
        if (settings.ApiKeys.Count == 0) return true;
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return false;
        var key = header[Scheme.Length..].Trim();
        if (!Secret.IsOneOf(key, settings.ApiKeys)) return false;
        request.HttpContext.AdmitAs(key);
        return true;
    }
}

/// <summary>Marks what only callers with a key may use.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RequireApiKeyAttribute : Attribute;
