using System.Data.Common;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Voice.Application;
using Voice.Application.Access;
using Voice.Application.Conferences;
using Voice.Application.Confirmations;
using Voice.Application.Contracts;
using Voice.Application.Events;
using Voice.Application.Forgetting;
using Voice.Application.Jobs;
using Voice.Application.Recordings;
using Voice.Application.Replaying;
using Voice.Application.Webhooks;
using Voice.Infrastructure.Access;
using Voice.Infrastructure.AfricasTalking;
using Voice.Infrastructure.AfricasTalking.Sandbox;
using Voice.Infrastructure.Audio;
using Voice.Infrastructure.Background;
using Voice.Infrastructure.Contracts;
using Voice.Infrastructure.Database;
using Voice.Infrastructure.Events;
using Voice.Infrastructure.Forgetting;
using Voice.Infrastructure.Jobs;
using Voice.Infrastructure.Phones;
using Voice.Infrastructure.Reading;
using Voice.Infrastructure.Recordings;
using Voice.Infrastructure.Speech;
using Voice.Infrastructure.Webhooks;

namespace Voice.Infrastructure;

/// <summary>Puts the infrastructure together.</summary>
public static class Registration
{
    private const int JobsAtOnce = 4;

    /// <exception cref="SettingException">A setting is wrong, or the database cannot be migrated.</exception>
    public static void AddVoiceInfrastructure(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        var configuration = builder.Configuration;
        services.AddSingleton(TimeProvider.System);
        // A cookie that somebody sets would go with every later request, and an odd one would keep it from being sent.
        services.ConfigureHttpClientDefaults(client => client.UseSocketsHttpHandler((handler, _) => handler.UseCookies = false));
        TypeHandlers.Register();
        var database = DatabaseChoice.From(configuration, builder.Environment.ContentRootPath);
        DatabaseStart.Run(database, configuration.Read<DatabaseSettings>("Database"));
        services.AddSingleton(database);
        services.AddSingleton(database.Dialect);
        services.AddSingleton<IDatabaseErrors>(database.Dialect);
        services.AddSingleton(_ => database.Open());
        services.AddSingleton(configuration.Read<RecordingSettings>("Recordings").ToDeadlines());
        services.AddSingleton(configuration.Read<RetentionSettings>("Retention").ToRetention());
        services.AddSingleton<IApiKeyRepository, ApiKeyRepository>();
        services.AddSingleton<ISigningSecret, SigningSecret>();
        services.AddSingleton<IFormKeys, FormKeys>();
        services.AddSingleton<IRecordingRepository, RecordingRepository>();
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<IChangeFeed>(services => services.GetRequiredService<ChangeFeed>());
        services.AddSingleton<IStatusCache, StatusCache>();
        if (database.Dialect == Dialect.Postgres)
        {
            services.AddSingleton(_ => new DatabaseClock(TimeProvider.System));
            services.AddSingleton<TimeProvider>(services => services.GetRequiredService<DatabaseClock>());
            services.AddHostedService(services => ActivatorUtilities.CreateInstance<PostgresPulse>(
                services, (PostgresDataSource)services.GetRequiredService<DbDataSource>()));
            services.AddHostedService<PostgresChangeListener>();
        }
        services.AddSingleton<IWebhookInbox, WebhookInbox>();
        // In this order: a report that is already here must be heard before its recording is given up.
        AddSweeper(services, new ApplyKeptEvents(), new PassDeadlines());
        services.AddSingleton<IForgetting, ForgettingStore>();
        services.AddSingleton<IReplayStore, ReplayStore>();
        AddSweeper(services, topic: "", pace: TimeSpan.FromMinutes(1), new ForgetOld());
        AddContracts(builder);
        AddEvents(services, configuration.Read<EventSettings>("Events"));

        var provider = configuration.Read<AfricasTalkingSettings>("AfricasTalking");
        services.AddSingleton(provider);
        services.AddSingleton<ProviderAddress>();
        services.AddSingleton<INumberingPlan, NumberingPlan>();
        services.AddSingleton<IProviderProtocol, AfricasTalkingProtocol>();
        services.AddTransient<IVoiceProvider, AfricasTalkingProvider>();
        services.AddTransient<ITextMessageProvider, AfricasTalkingSms>();
        services
            .AddHttpClient<ProviderHttp>(client => client.Timeout = Timeout.InfiniteTimeSpan) // It has its own limit.
            .UseSocketsHttpHandler((handler, _) => (handler.ConnectTimeout, handler.AllowAutoRedirect) = (TimeSpan.FromSeconds(5), false))
            .RedactLoggedHeaders(["apiKey"]);
        if (provider.UsesSandbox) AddSandbox(builder);
    }

    /// <summary>Plain words on what the service runs with, for the start.</summary>
    public static (string Database, string Provider) DescribeInfrastructure(this IServiceProvider services)
    {
        var provider = services.GetRequiredService<AfricasTalkingSettings>();
        return (services.GetRequiredService<DatabaseChoice>().Description, provider.UsesSandbox
            ? "the built-in sandbox, nobody is really called (AfricasTalking:ApiKey sets the real one)"
            : $"Africa's Talking at {provider.BaseUrl.Host}");
    }

    private static void AddSweeper(IServiceCollection services, params IRequest[] work) =>
        AddSweeper(services, topic: "", Sweeper.Brisk, work);

    private static void AddSweeper(IServiceCollection services, string topic, TimeSpan pace, params IRequest[] work) =>
        services.AddSingleton<IHostedService>(
        services => ActivatorUtilities.CreateInstance<Sweeper>(services, (IReadOnlyList<IRequest>)work, topic, pace));

    private static void AddContracts(IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        var audio = builder.Configuration.Read<AudioSettings>("Audio");
        var transcription = builder.Configuration.Read<TranscriptionSettings>("Transcription");
        var folder = Path.GetFullPath(audio.Folder, builder.Environment.ContentRootPath);
        EnsureWritable(folder, "Audio:Folder");
        services.AddSingleton(services => services.GetRequiredService<AfricasTalkingSettings>().UsesSandbox
            ? new AudioHosts(audio, () => services.GetRequiredService<ProviderAddress>().Sandbox,
                () => services.GetRequiredService<ProviderAddress>().ShownSandbox)
            : new AudioHosts(audio, sandbox: null));
        services.AddSingleton(services => new AudioSource(
            audio, services.GetRequiredService<AudioHosts>(), folder, services.GetRequiredService<TimeProvider>(),
            services.GetService<SandboxKey>()));
        services.AddSingleton<IAudioSource>(services => services.GetRequiredService<AudioSource>());
        services.AddSingleton<IAudioDecoder, FfmpegDecoder>();
        services.AddSingleton(transcription);
        // The queue has the limit.
        services.AddHttpClient<OpenAiTranscriber>(client => client.Timeout = Timeout.InfiniteTimeSpan)
            .RedactLoggedHeaders(["Authorization"]);
        services.AddSingleton<SphinxTranscriber>();
        services.AddSingleton(services => new TranscriberQueue(
            transcription.Engine == TranscriptionSettings.OpenAi
                ? services.GetRequiredService<OpenAiTranscriber>()
                : services.GetRequiredService<SphinxTranscriber>(),
            transcription, services.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ITranscriber>(services => services.GetRequiredService<TranscriberQueue>());
        services.AddSingleton<ITurns>(services => services.GetRequiredService<TranscriberQueue>());
        AddProposer(services, builder.Configuration.Read<ReadingSettings>("Reading"));
        services.AddSingleton<IContractRepository, ContractRepository>();
        services.AddSingleton<IAgreementRepository, AgreementRepository>();
        services.AddSingleton<ITextMessageOutbox, TextMessageOutbox>();
        services.AddSingleton<IJobRepository, JobRepository>();
        // Each on its own, because a provider or an engine that is slow must not hold up the rest.
        AddSweeper(services, new PassConfirmationDeadlines());
        AddSweeper(services, new SendMessages());
        // Fetching waits for foreign hosts, so several jobs run at the same time; listening, which takes the machine, has its own queue.
        for (var worker = 0; worker < JobsAtOnce; worker++) AddSweeper(services, JobRepository.NewJobs, Sweeper.Brisk, new RunJobs());
    }

    private static void AddEvents(IServiceCollection services, EventSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(settings.ToRules());
        services.AddSingleton<IEndpointRepository, EndpointRepository>();
        services.AddSingleton<IEventOutbox, EventOutbox>();
        services.AddSingleton<IEventSender, EventSender>();
        AddSweeper(services, EventOutbox.NewEvents, Sweeper.Brisk, new DeliverEvents());
    }

    private static void AddProposer(IServiceCollection services, ReadingSettings settings)
    {
        if (settings.Engine == ReadingSettings.Rules)
        {
            services.AddSingleton<ITermsProposer, NoProposer>();
            return;
        }
        services.AddSingleton(settings);
        services
            .AddHttpClient<ITermsProposer, OpenAiProposer>(client =>
            {
                client.Timeout = settings.Timeout;
                client.MaxResponseContentBufferSize = 64 * 1024;
            })
            .RedactLoggedHeaders(["Authorization"]);
    }

    private static void AddSandbox(IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        var settings = builder.Configuration.Read<SandboxSettings>("Sandbox");
        EnsureWritable(Path.GetFullPath(settings.Folder, builder.Environment.ContentRootPath), "Sandbox:Folder");
        services.AddSingleton(settings);
        services.AddSingleton<SandboxKey>();
        if (settings.Asked) services.AddSingleton<SandboxMemory>();
        services.AddSingleton<SandboxNotebook>();
        services.AddSingleton<SandboxSms>();
        services.AddSingleton<SandboxProvider>();
        services.AddSingleton<ISandbox>(services => services.GetRequiredService<SandboxProvider>());
        services.AddHostedService(services => services.GetRequiredService<SandboxProvider>());
        services.AddHttpClient(SandboxProvider.HttpClientName);
    }

    private static void EnsureWritable(string folder, string setting)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".{Guid.NewGuid():N}");
            new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"{setting} names a folder that cannot be written to ({folder}).", exception);
        }
    }
}
