using System.Data.Common;
using Voice.Application;
using Voice.Application.Access;
using Voice.Infrastructure.AfricasTalking.Sandbox;

namespace Voice.Api;

/// <summary>What must be set where others can reach the service; all that is missing is said at once.</summary>
internal static class StartRequirements
{
    /// <exception cref="SettingException">Something is missing.</exception>
    public static void Check(WebApplication app)
    {
        if (app.Environment.IsDevelopment()) return;
        var missing = Missing(app.Services).ToList();
        if (missing.Count > 0) throw new SettingException(string.Join(' ', missing));
    }

    private static IEnumerable<string> Missing(IServiceProvider services)
    {
        var webhook = services.GetRequiredService<WebhookSettings>();
        if (services.GetRequiredService<AuthSettings>().ApiKeys.Count == 0 && !HasStoredKey(services))
            yield return "Auth:ApiKeys:0 must be set outside Development, or a key be made with voice keys new: "
                + "without a key anyone could call at your cost.";
        if (webhook is { Secrets.Count: 0, Open: false })
            yield return "Webhook:Secrets:0 must be set outside Development: without a secret anyone could report a call's end "
                + "(Webhook:Open=true says that you want that).";
        if (services.GetService<SandboxSettings>() is { InProduction: false })
            yield return "AfricasTalking:ApiKey must be set outside Development: the sandbox only pretends to call "
                + "(Sandbox:InProduction=true says that you want that).";
        if (webhook.PublicBaseUrl is null)
            yield return "Webhook:PublicBaseUrl must be set outside Development: "
                + "the addresses that are handed out start with it, and what a request says of itself is nobody's word.";
    }

    private static bool HasStoredKey(IServiceProvider services)
    {
        try
        {
            return services.GetRequiredService<IApiKeyRepository>().HasAny();
        }
        catch (DbException exception)
        {
            throw new SettingException(
                "ConnectionStrings:Voice names a database that cannot be asked whether there is an API key.", exception);
        }
    }
}
