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
using Voice.Domain.Contracts;
using Voice.Infrastructure.Access;
using Voice.Infrastructure.AfricasTalking;
using Voice.Infrastructure.AfricasTalking.Sandbox;
using Voice.Infrastructure.Audio;
using Voice.Infrastructure.Background;
using Voice.Infrastructure.Contracts;
using Voice.Infrastructure.Database;
using Voice.Infrastructure.Events;
using Voice.Infrastructure.Forgetting;
using Voice.Infrastructure.Health;
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

    /// <exception cref="SettingException">A setting is wrong.</exception>
    public static void AddVoiceInfrastructure(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        var configuration = builder.Configuration;
        services.AddSingleton(TimeProvider.System);
        // A cookie that somebody sets would go with every later request, and an odd one would keep it from being sent.
        services.ConfigureHttpClientDefaults(client => client.UseSocketsHttpHandler((handler, _) => handler.UseCookies = false));
        TypeHandlers.Register();
        var database = DatabaseChoice.From(configuration, builder.Environment.ContentRootPath);
        services.AddSingleton(configuration.Read<DatabaseSettings>("Database"));
        services.AddSingleton(database);
        services.AddSingleton(database.Dialect);
        services.AddSingleton<IDatabaseErrors, DatabaseErrors>();
        services.AddSingleton(_ => database.Open());
        services.AddSingleton(configuration.Read<RecordingSettings>("Recordings").ToDeadlines());
        services.AddSingleton(configuration.Read<RetentionSettings>("Retention").ToRetention());
        services.AddSingleton<IApiKeyRepository, ApiKeyRepository>();
        services.AddSingleton<ISigningSecret, SigningSecret>();
        services.AddSingleton<IFormKeys, FormKeys>();
        services.AddSingleton<IRecordingRepository, RecordingRepository>();
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<IChangeFeed>(services => services.GetRequiredService<ChangeFeed>());
        services.AddHostedService(services => services.GetRequiredService<ChangeFeed>());
        services.AddSingleton<IStatusCache, StatusCache>();
        if (database.Dialect == Dialect.Postgres)
        {
            services.AddSingleton(_ => new DatabaseClock(TimeProvider.System));
            services.AddSingleton<TimeProvider>(services => services.GetRequiredService<DatabaseClock>());
            services.AddHostedService(services => ActivatorUtilities.CreateInstance<PostgresPulse>(
                services, (PostgresDataSource)services.GetRequiredService<DbDataSource>()));
            services.AddHostedService<PostgresChangeListener>();
        }
        services.AddHostedService<Backlog>();
        services.AddSingleton<IWebhookInbox, WebhookInbox>();
        // In this order: a report that is already here must be heard before its recording is given up, and what is made of a recording
        // begins when it has ended.
        AddSweeper(services, new ApplyKeptEvents(), new PassDeadlines(), new WakeJobs());
        services.AddSingleton<IForgetting, ForgettingStore>();
        services.AddSingleton<IReplayStore, ReplayStore>();
        AddSweeper(services, topic: "", pace: TimeSpan.FromMinutes(1), new ForgetOld());
        AddEvents(services, configuration.Read<EventSettings>("Events"));
        var provider = configuration.Read<AfricasTalkingSettings>("AfricasTalking");
        services.AddSingleton(provider);
        AddContracts(builder, database, provider.UsesSandbox);

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

    /// <summary>Waits for the database and, where that is asked for, brings its tables up to date: before anything else.</summary>
    /// <exception cref="SettingException">It cannot be used, or stays away.</exception>
    public static void ReachDatabase(this IServiceProvider services) => DatabaseStart.Run(services.GetRequiredService<DatabaseChoice>(),
        services.GetRequiredService<DatabaseSettings>(), services.GetRequiredService<IDatabaseErrors>());

    /// <summary>Plain words on what the service runs with, for the start.</summary>
    public static (string Database, string Provider, string Speech) DescribeInfrastructure(this IServiceProvider services)
    {
        var provider = services.GetRequiredService<AfricasTalkingSettings>();
        return (services.GetRequiredService<DatabaseChoice>().Description, provider.UsesSandbox
            ? "the built-in sandbox, nobody is really called (AfricasTalking:ApiKey sets the real one)"
            : $"Africa's Talking at {provider.BaseUrl.Host}", services.GetRequiredService<EngineChoice>().Description);
    }

    private static void AddSweeper(IServiceCollection services, params IRequest[] work) =>
        AddSweeper(services, topic: "", Sweeper.Brisk, work);

    private static void AddSweeper(IServiceCollection services, string topic, TimeSpan pace, params IRequest[] work) =>
        services.AddSingleton<IHostedService>(
        services => ActivatorUtilities.CreateInstance<Sweeper>(services, (IReadOnlyList<IRequest>)work, topic, pace));

    private static void AddContracts(IHostApplicationBuilder builder, DatabaseChoice database, bool hasSandbox)
    {
        var services = builder.Services;
        var audio = builder.Configuration.Read<AudioSettings>("Audio");
        var folder = Path.GetFullPath(audio.Folder, builder.Environment.ContentRootPath);
        EnsureWritable(folder, "Audio:Folder");
        services.AddSingleton(services => hasSandbox
            ? new AudioHosts(audio, () => services.GetRequiredService<ProviderAddress>().Sandbox,
                () => services.GetRequiredService<ProviderAddress>().ShownSandbox)
            : new AudioHosts(audio, sandbox: null));
        services.AddSingleton(services => new AudioSource(
            audio, services.GetRequiredService<AudioHosts>(), folder, services.GetRequiredService<TimeProvider>(),
            services.GetService<SandboxKey>()));
        services.AddSingleton<IAudioSource>(services => services.GetRequiredService<AudioSource>());
        services.AddSingleton<IAudioDecoder, AudioDecoder>();
        AddTranscriber(builder, builder.Configuration.Read<TranscriptionSettings>("Transcription"), hasSandbox);
        HealthChecks.AddHealthChecks(services, [folder, .. database.File is { } file ? [Path.GetDirectoryName(file)!] : (string[])[]]);
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

    private static void AddTranscriber(IHostApplicationBuilder builder, TranscriptionSettings settings, bool hasSandbox)
    {
        var services = builder.Services;
        var choice = EngineChoice.From(settings, hasSandbox);
        services.AddSingleton(settings);
        services.AddSingleton(choice);
        services.AddSingleton(_ => new WhisperTranscriber(
            Path.GetFullPath(settings.ModelFile!, builder.Environment.ContentRootPath), settings.AtOnce));
        if (choice.Engine == SpeechEngine.Whisper) services.AddHostedService(services => services.GetRequiredService<WhisperTranscriber>());
        // The queue has the limit.
        services.AddHttpClient<OpenAiTranscriber>(client => client.Timeout = Timeout.InfiniteTimeSpan)
            .RedactLoggedHeaders(["Authorization"]);
        services.AddSingleton<SphinxTranscriber>();
        services.AddSingleton(services => new TranscriberQueue(choice.Engine switch
        {
            SpeechEngine.Whisper => services.GetRequiredService<WhisperTranscriber>(),
            SpeechEngine.Openai => services.GetRequiredService<OpenAiTranscriber>(),
            SpeechEngine.Pocketsphinx => services.GetRequiredService<SphinxTranscriber>(),
            SpeechEngine.Sandbox or null => new SandboxTranscriber(hasSandbox),
        }, settings, services.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ITranscriber>(services => services.GetRequiredService<TranscriberQueue>());
        services.AddSingleton<ITurns>(services => services.GetRequiredService<TranscriberQueue>());
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
