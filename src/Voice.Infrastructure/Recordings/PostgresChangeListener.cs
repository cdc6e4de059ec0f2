using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Voice.Application;
using Voice.Infrastructure.Database;

namespace Voice.Infrastructure.Recordings;

/// <summary>Hears what other instances change, over one connection of its own that it opens again whenever it breaks.</summary>
internal sealed partial class PostgresChangeListener(
    DatabaseChoice database, ChangeFeed feed, IDatabaseErrors errors, TimeProvider clock, ILogger<PostgresChangeListener> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A connection that is dead but was never closed is noticed by the keepalive.
    private readonly string _connectionString =
        new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false, KeepAlive = 5, MaxAutoPrepare = 0 }.ToString();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wasUp = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is DbException or IOException or TimeoutException)
            {
                if (!errors.TellsAway(exception) && (wasUp || feed.IsUp)) LogDown(exception);
                wasUp = false;
            }
            finally
            {
                if (feed.IsUp) feed.SetUp(false);
            }
            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        connection.Notification += (_, notification) => feed.Hear(notification.Payload);
        await connection.OpenAsync(stoppingToken);
        await using (var listen = new NpgsqlCommand($"LISTEN {ChangeFeed.Channel}", connection))
            await listen.ExecuteNonQueryAsync(stoppingToken);
        feed.SetUp(true);
        while (true) await connection.WaitAsync(stoppingToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The change feed is down: waiters look every second until it is up again.")]
    private partial void LogDown(Exception exception);
}
