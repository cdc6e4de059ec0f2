using Voice.Api.Security;

namespace Voice.Api;

/// <summary>The first words of the service to whoever starts it: a person in Development, elsewhere what collects its log.</summary>
internal static partial class Greeting
{
    public static void Print(WebApplication app, (string Database, string Provider, string Speech) runsWith)
    {
        var address = app.Urls.First();
        var webhook = app.Services.GetRequiredService<WebhookSettings>();
        var admission = webhook.Secrets.Count > 0
            ? "admits callbacks with a secret only"
            : "admits every callback, so anyone can report a call's end (Webhook:Secrets:0 sets a secret)";
        if (!app.Environment.IsDevelopment())
        {
            LogGreeting(app.Logger, ProductVersion.Text, address, runsWith.Database, runsWith.Provider, admission);
            return;
        }
        var key = !app.Services.GetRequiredService<KeyRing>().IsOpen ? " -H 'Authorization: Bearer <your key>'" : "";
        const string example = """{"parties":["+254712345678","+254787654321"]}""";
        Console.WriteLine($"""
            Voice {ProductVersion.Text} listens on {address}, open it in a browser; its documentation is at {address}/swagger
              Database  {runsWith.Database}
              Provider  {runsWith.Provider}
              Speech    {runsWith.Speech}
              Webhook   {admission}
              Try       curl {address}/api/v1/voice/conference/create{key} -H 'Content-Type: application/json' -d '{example}'
            """);
    }

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Voice {Version} listens on {Address}; database: {Database}; provider: {Provider}; webhook: {Webhook}.")]
    private static partial void LogGreeting(
        ILogger logger, string version, string address, string database, string provider, string webhook);
}
