using Voice.Api;
using Voice.Api.Sandbox;
using Voice.Application;
using Voice.Infrastructure;
using Voice.Infrastructure.Speech;

if (args is [SphinxWorker.Argument, var folder]) return SphinxWorker.Run(folder);
try
{
    await using var app = VoiceService.Build(args);
    await app.RunAsync();
    return 0;
}
catch (SettingException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
}
catch (IOException exception) when (exception.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    await Console.Error.WriteLineAsync("Urls names an address that another program listens on; stop that program or choose another port.");
}
return 1;

namespace Voice.Api
{
    /// <summary>The whole service, put together.</summary>
    internal static class VoiceService
    {
        public static WebApplication Build(string[] args)
        {
            var builder = WebApplication.CreateBuilder(args);
            var auth = builder.Configuration.Read<AuthSettings>("Auth");
            var cors = builder.Configuration.Read<CorsSettings>("Cors");
            builder.Services.AddSingleton(builder.Configuration.Read<WebhookSettings>("Webhook"));
            builder.Services.AddVoiceApplication();
            builder.AddVoiceInfrastructure();
            builder.AddVoiceApi(auth, cors);

            var app = builder.Build();
            app.UseVoiceApi();
            app.MapSandbox();
            app.Lifetime.ApplicationStarted.Register(() => Greeting.Print(app, app.Services.DescribeInfrastructure()));
            return app;
        }
    }
}
