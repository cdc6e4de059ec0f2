using System.Data.Common;
using System.Diagnostics.Metrics;
using Dapper;
using Microsoft.Extensions.Hosting;
using Voice.Application;
using Voice.Application.Jobs;
using Voice.Domain.Contracts;
using Voice.Domain.Recordings;
using Voice.Infrastructure.Database;

namespace Voice.Infrastructure.Health;

/// <summary>
/// Measures what waits in the database, how much and for how long. It looks on its own every few seconds, so that whoever asks for the
/// measures never waits for the database; while the database is away there are none.
/// </summary>
internal sealed class Backlog : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);
    private const int Most = 20_000; // Counted to there; more is more than enough to know.

    // Each reads along an index that has nothing but what waits.
    private static readonly (string Kind, string State, string Since, string From)[] Waiting =
    [
        InProgress(RecordingStatus.Recording),
        InProgress(RecordingStatus.Processing),
        ("callbacks", "unapplied", "received_at", "webhook_inbox WHERE due_at IS NOT NULL"),
        ("callbacks", "given_up", "received_at", "webhook_inbox WHERE applied_at IS NULL AND due_at IS NULL"),
        ToDo(JobStatus.Queued),
        ToDo(JobStatus.Running),
        ToSend(MessageState.Waiting),
        ToSend(MessageState.Posting),
        ("events", "undelivered", "at", "event_deliveries WHERE due_at IS NOT NULL"),
    ];

    private static readonly string Sql = string.Join("\nUNION ALL\n", Waiting.Select(waiting => $"""
        SELECT '{waiting.Kind}' AS kind, '{waiting.State}' AS state, COUNT(*) AS number, MIN(since) AS since
        FROM (SELECT {waiting.Since} AS since FROM {waiting.From} LIMIT {Most}) w
        """));

    private readonly DbDataSource _database;
    private readonly TimeProvider _clock;
    private volatile IReadOnlyList<Line>? _seen;

    public Backlog(DbDataSource database, TimeProvider clock, IMeterFactory meters)
    {
        (_database, _clock) = (database, clock);
        var meter = meters.Create(Telemetry.Name);
        meter.CreateObservableGauge("voice.backlog",
            () => Measure(line => line.Number), description: "What waits in the database.");
        meter.CreateObservableGauge("voice.backlog.age",
            () => Measure(line => line.Since is { } since ? Math.Max(0, (_clock.GetUtcNow() - since).TotalSeconds) : 0), "s",
            "How long the oldest of it has been there.");
        meter.CreateObservableGauge("voice.database.up", () => _seen is null ? 0 : 1, description: "Whether the database answered last.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            _seen = await LookAsync(stoppingToken);
            await Task.Delay(Pace, _clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<IReadOnlyList<Line>?> LookAsync(CancellationToken stoppingToken)
    {
        try
        {
            var command = new CommandDefinition(Sql, cancellationToken: stoppingToken);
            return [.. await _database.ReadAsync(connection => connection.QueryAsync<Line>(command), stoppingToken)];
        }
        catch (Exception exception) when (exception is DbException or TimeoutException or OperationCanceledException)
        {
            return null; // voice.database.up says so, and the sweeps, which meet it too, log it.
        }
    }

    private IEnumerable<Measurement<double>> Measure(Func<Line, double> measure) => (_seen ?? []).Select(line =>
        new Measurement<double>(measure(line), Telemetry.Label("kind", line.Kind), Telemetry.Label("state", line.State)));

    private static (string, string, string, string) InProgress(RecordingStatus status) =>
        ("recordings", status.Name(), "created_at", $"voice_recordings WHERE status = '{status.Name()}' ORDER BY created_at");

    private static (string, string, string, string) ToDo(JobStatus status) =>
        ("jobs", status.Name(), "created_at", $"processing_jobs WHERE due_at IS NOT NULL AND status = '{status.Name()}'");

    private static (string, string, string, string) ToSend(MessageState state) =>
        ("messages", state.Name(), "created_at", $"sms_outbox WHERE due_at IS NOT NULL AND state = '{state.Name()}'");

    private sealed class Line
    {
        public string Kind { get; init; } = "";
        public string State { get; init; } = "";
        public long Number { get; init; }
        public DateTimeOffset? Since { get; init; }
    }
}
