using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Voice.Api.Errors;

namespace Voice.Api.Security;

/// <summary>Admits callers by <c>Authorization: Bearer &lt;key&gt;</c>; everybody where no key is set.</summary>
internal sealed class ApiKeyHandler(
    AuthSettings settings, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    private const string Prefix = "Bearer ";

    public static bool Admits(HttpRequest request, AuthSettings settings)
    {
        if (settings.ApiKeys.Count == 0) return true;
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && Secret.IsOneOf(header[Prefix.Length..].Trim(), settings.ApiKeys);
    }

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Admits(Request, settings)
        ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(SchemeName)), SchemeName))
        : AuthenticateResult.NoResult());

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return ErrorAnswer.WriteAsync(Context, StatusCodes.Status401Unauthorized, "Send a valid API key as Authorization: Bearer <key>.");
    }
}
