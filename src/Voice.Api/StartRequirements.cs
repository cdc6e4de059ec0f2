using System.Data.Common;
using Voice.Application;
using Voice.Application.Access;
using Voice.Infrastructure.AfricasTalking.Sandbox;

namespace Voice.Api;

/// <summary>What must be set where others can reach the service; all that is missing is said at once.</summary>
internal static partial class StartRequirements
{
    private const int ShortestSecret = 16;

    /// <exception cref="SettingException">Something is missing.</exception>
    public static void Check(WebApplication app)
    {
        if (app.Environment.IsDevelopment()) return;
        var missing = Missing(app.Services).ToList();
        if (missing.Count > 0) throw new SettingException(string.Join(' ', missing));
    }

    /// <summary>Says of what is set that it is weak.</summary>
    public static void Warn(WebApplication app)
    {
        if (app.Environment.IsDevelopment()) return;
        var guessable = Named("Auth:ApiKeys", app.Services.GetRequiredService<AuthSettings>().ApiKeys)
            .Concat(Named("Webhook:Secrets", app.Services.GetRequiredService<WebhookSettings>().Secrets))
            .Where(setting => setting.Value.Length < ShortestSecret).Select(setting => setting.Name).ToList();
        if (guessable.Count > 0) LogGuessable(app.Logger, string.Join(", ", guessable), ShortestSecret);
    }

    private static IEnumerable<(string Name, string Value)> Named(string list, IReadOnlyList<string> values) =>
        values.Select((value, index) => ($"{list}:{index}", value));

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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Too short, and can be guessed: {Settings}. Use at least {Shortest} characters.")]
    private static partial void LogGuessable(ILogger logger, string settings, int shortest);
}
