using Voice.Api.Errors;
using Voice.Api.Pages;
using Voice.Application.Access;

namespace Voice.Api.Security;

/// <summary>
/// Admits callers by <c>Authorization: Bearer &lt;key&gt;</c> whose key has the scope that the route asks for, people who signed in by the
/// cookie that holds theirs, and readers of one thing by <c>?token=</c>; everybody where no key is set.
/// </summary>
internal sealed class ApiKeyGate(RequestDelegate next, KeyRing ring, ISigningSecret secret, TimeProvider clock)
{
    public const string Refusal = "Send a valid API key as Authorization: Bearer <key>.";
    public const string WrongToken = "The read token is wrong or has expired.";
    public const string OtherToken = "The read token is for something else.";
    private const string Scheme = "Bearer ";

    public static string NoScope(Scope scope) => $"This key does not have the scope {scope.Name()}.";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RequireApiKeyAttribute>() is not { Scope: var scope } || ring.IsOpen)
            return next(context);
        var sent = Sent(context);
        return sent is not null && ring.Known(sent) is { } key ? GoOnAsync(context, key, scope) : LookAsync(context, sent, scope);
    }

    private async Task LookAsync(HttpContext context, string? sent, Scope scope)
    {
        if (await ring.IsOpenAsync(context.RequestAborted)) await next(context);
        else if (sent is not null && await ring.FindAsync(sent) is { } key) await GoOnAsync(context, key, scope);
        else if (sent is null && TokenFor(context) is var (token, readable)) await ReadAsync(context, token, readable);
        else if (IsPage(context) && context.Request.WantsPage())
            (context.Response.StatusCode, context.Response.Headers.Location) =
                (StatusCodes.Status303SeeOther, SignInPage.AddressFor(context.Request));
        else await RefuseAsync(context, StatusCodes.Status401Unauthorized, Refusal);
    }

    private Task GoOnAsync(HttpContext context, HeldKey key, Scope scope)
    {
        if (!key.Key.Scopes.Contains(scope)) return RefuseAsync(context, StatusCodes.Status403Forbidden, NoScope(scope));
        key.NoteUse();
        context.Features.Set(key.Key);
        return next(context);
    }

    private async Task ReadAsync(HttpContext context, string token, ReadableByTokenAttribute readable)
    {
        var read = ReadToken.Read(token, await secret.GetAsync(context.RequestAborted));
        if (read is null || read.ExpiresAt <= clock.GetUtcNow()) await RefuseAsync(context, StatusCodes.Status401Unauthorized, WrongToken);
        else if (read.Kind != readable.Kind || read.Id != (string?)context.Request.RouteValues[readable.IdParameter])
            await RefuseAsync(context, StatusCodes.Status403Forbidden, OtherToken);
        else await next(context);
    }

    private static Task RefuseAsync(HttpContext context, int status, string detail)
    {
        if (status == StatusCodes.Status401Unauthorized) context.Response.Headers.WWWAuthenticate = "Bearer";
        return ErrorAnswer.WriteAsync(context, status, detail);
    }

    // A cookie comes by itself, so it counts only where nothing is changed, or a form's token is asked for too.
    private static string? Sent(HttpContext context)
    {
        var request = context.Request;
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return header[Scheme.Length..].Trim();
        return TokenFor(context) is null && (HttpMethods.IsGet(request.Method) || IsPage(context))
            ? request.Cookies[SignInPage.Cookie]
            : null;
    }

    private static bool IsPage(HttpContext context) => context.GetEndpoint()!.Metadata.GetMetadata<ConsolePageAttribute>() is not null;

    private static (string Token, ReadableByTokenAttribute Readable)? TokenFor(HttpContext context) =>
        context.GetEndpoint()!.Metadata.GetMetadata<ReadableByTokenAttribute>() is { } readable
            && context.Request.Query[ReadableByTokenAttribute.Member] is [{ Length: > 0 } token]
            ? (token, readable)
            : null;
}
