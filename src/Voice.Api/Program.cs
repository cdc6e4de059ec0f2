using Voice.Api;
using Voice.Api.Sandbox;
using Voice.Application;
using Voice.Infrastructure;
using Voice.Infrastructure.Speech;

if (args is [SphinxWorker.Argument, var languageModel]) return SphinxWorker.Run(languageModel);
try
{
    await using var app = VoiceService.Build(args);
    await app.StartListeningAsync();
    await app.WaitForShutdownAsync();
    return 0;
}
catch (SettingException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}

namespace Voice.Api
{
    /// <summary>The whole service, put together.</summary>
    internal static class VoiceService
    {
        public static WebApplication Build(string[] args)
        {
            var builder = WebApplication.CreateBuilder(args);
            SettingNames.Check(builder.Configuration);
            var auth = builder.Configuration.Read<AuthSettings>("Auth");
            var cors = builder.Configuration.Read<CorsSettings>("Cors");
            var limits = builder.Configuration.Read<Limits>("Limits");
            builder.Services.AddSingleton(limits);
            builder.Services.AddSingleton(builder.Configuration.Read<WebhookSettings>("Webhook"));
            builder.Services.AddVoiceApplication();
            builder.AddVoiceInfrastructure();
            builder.AddVoiceApi(auth, cors, limits);
            // Until it has started, whoever starts it is told what is wrong in one sentence, so the host need not log it with its stack.
            var hasStarted = false;
            builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => hasStarted && level >= LogLevel.Warning);

            var app = builder.Build();
            app.UseVoiceApi();
            app.MapSandbox();
            app.Lifetime.ApplicationStarted.Register(() =>
            {
                hasStarted = true;
                Greeting.Print(app, app.Services.DescribeInfrastructure());
            });
            return app;
        }
    }
}
