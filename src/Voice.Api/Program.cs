using Voice.Api.Commands;
using Voice.Api.Sandbox;
using Voice.Application;
using Voice.Infrastructure;

try
{
    return await CommandLine.RunAsync(args);
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
        /// <summary>The service, ready to start.</summary>
        /// <exception cref="SettingException">A setting is wrong, or missing where others can reach the service.</exception>
        public static WebApplication Build(string[] settings)
        {
            var app = Compose(settings, isCommand: false);
            StartRequirements.Check(app);
            return app;
        }

        /// <summary>Its parts, for a command that wants one of them.</summary>
        /// <exception cref="SettingException">A setting is wrong, or the database cannot be used.</exception>
        public static WebApplication Compose(string[] settings) => Compose(settings, isCommand: true);

        private static WebApplication Compose(string[] settings, bool isCommand)
        {
            var builder = CommandLine.Read(settings);
            builder.AddLog(isCommand);
            var limits = builder.Configuration.Read<Limits>("Limits");
            builder.Services.AddSingleton(limits);
            builder.Services.AddSingleton(builder.Configuration.Read<WebhookSettings>("Webhook"));
            builder.Services.AddVoiceApplication();
            builder.AddVoiceInfrastructure();
            builder.AddVoiceApi(limits);
            // Until it has started, whoever starts it is told what is wrong in one sentence, so the host need not log it with its stack.
            var hasStarted = false;
            builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => hasStarted && level >= LogLevel.Warning);

            var app = builder.Build();
            app.Services.ReachDatabase();
            app.UseVoiceApi();
            app.MapSandbox();
            app.Lifetime.ApplicationStarted.Register(() =>
            {
                hasStarted = true;
                Greeting.Print(app, app.Services.DescribeInfrastructure());
                StartRequirements.Warn(app);
            });
            return app;
        }
    }
}
