using System.Data.Common;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Voice.Application;

namespace Voice.Infrastructure.Database;

/// <summary>
/// Asks the database for the time, again and again. From its answers comes the clock that all instances share; that there is none shows
/// that it hangs, in which case nobody else need find that out by waiting. It is also the first to see that it is over.
/// </summary>
internal sealed partial class PostgresPulse : BackgroundService
{
    /// <summary>From here on the skew of our own clock is worth a warning.</summary>
    private static readonly TimeSpan WorthTelling = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private const int Patience = 3; // Seconds: less than others have, so that the first of them that gives up is the last.

    private const int MostTriesToStart = 20;

    private readonly PostgresDataSource _database;
    private readonly DatabaseClock _clock;
    private readonly ILogger<PostgresPulse> _logger;
    private readonly string _connectionString;
    private NpgsqlConnection? _connection;
    private TimeSpan _skew;

    public PostgresPulse(PostgresDataSource database, DatabaseClock clock, IMeterFactory meters, ILogger<PostgresPulse> logger)
    {
        (_database, _clock, _logger) = (database, clock, logger);
        _connectionString = new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Pooling = false,
            MaxAutoPrepare = 0,
            CommandTimeout = Patience,
            CancellationTimeout = -1,
        }.ToString();
        meters.Create(Telemetry.Name).CreateObservableGauge("voice.clock.skew", () => _skew.TotalSeconds, "s",
            "How far this instance's clock is ahead of the database's.");
    }

    /// <summary>The time is right before anybody else starts, unless the database is away for long.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        for (var tries = 1; !await BeatAsync(cancellationToken) && tries < MostTriesToStart; tries++)
            await Task.Delay(Pace, _clock, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Pace, _clock, stoppingToken);
            await BeatAsync(stoppingToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_connection is not null) await _connection.DisposeAsync();
    }

    private async Task<bool> BeatAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (_connection is null)
            {
                _connection = new NpgsqlConnection(_connectionString);
                await _connection.OpenAsync(stoppingToken);
            }
            await using var command = new NpgsqlCommand("SELECT clock_timestamp()", _connection);
            var asked = _clock.GetTimestamp();
            var time = (DateTime)(await command.ExecuteScalarAsync(stoppingToken))!;
            Tell(_clock.Hear(time, asked, _clock.GetTimestamp()));
            if (_database.IsHanging) LogAnswers();
            _database.IsHanging = false;
            return true;
        }
        catch (Exception exception) when (exception is DbException or TimeoutException or IOException)
        {
            var hangs = exception is TimeoutException || exception.InnerException is TimeoutException;
            if (hangs && !_database.IsHanging) LogHangs();
            _database.IsHanging = hangs;
            if (_connection is not null) await _connection.DisposeAsync();
            _connection = null;
            return false;
        }
    }

    private void Tell(TimeSpan skew)
    {
        if (skew.Duration() > WorthTelling && _skew.Duration() <= WorthTelling) LogSkew(skew.TotalSeconds);
        _skew = skew;
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "This machine's clock is {Seconds:0.0} seconds ahead of the database's, whose time counts. Set it right.")]
    private partial void LogSkew(double seconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database does not answer: requests are refused at once until it does.")]
    private partial void LogHangs();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database answers again.")]
    private partial void LogAnswers();
}
