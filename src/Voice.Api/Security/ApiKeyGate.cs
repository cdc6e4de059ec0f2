using Voice.Api.Errors;

namespace Voice.Api.Security;

/// <summary>Admits callers of the API by <c>Authorization: Bearer &lt;key&gt;</c>; everybody where no key is set.</summary>
internal sealed class ApiKeyGate(RequestDelegate next, AuthSettings settings)
{
    private const string Scheme = "Bearer ";

    public static bool Admits(HttpRequest request, AuthSettings settings)
    {
        if (settings.ApiKeys.Count == 0) return true;
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && Secret.IsOneOf(header[Scheme.Length..].Trim(), settings.ApiKeys);
    }

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RequireApiKeyAttribute>() is null || Admits(context.Request, settings)) return next(context);
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return ErrorAnswer.WriteAsync(context, StatusCodes.Status401Unauthorized, "Send a valid API key as Authorization: Bearer <key>.");
    }
}

/// <summary>Marks what only callers with a key may use.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RequireApiKeyAttribute : Attribute;
