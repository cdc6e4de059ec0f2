using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Voice.Application;

namespace Voice.Infrastructure.Database;

/// <summary>The first meeting with the database, which may still be starting itself.</summary>
internal static class DatabaseStart
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Reaches the database, and brings its tables up to date where that is asked for.</summary>
    /// <exception cref="SettingException">
    /// It cannot be used, its tables are of another version, or it stayed away for as long as it is waited for.
    /// </exception>
    public static void Run(DatabaseChoice database, DatabaseSettings settings, IDatabaseErrors errors)
    {
        for (var start = TimeProvider.System.GetTimestamp(); !TryRun(database, settings, errors, start);) Thread.Sleep(Pause);
    }

    private static bool TryRun(DatabaseChoice database, DatabaseSettings settings, IDatabaseErrors errors, long start)
    {
        try
        {
            Migrator.Check(database.Dialect, database.ConnectionString, settings.MigrateOnStart);
            if (settings.MigrateOnStart) Migrator.Migrate(database.Dialect, database.ConnectionString);
            return true;
        }
        catch (Exception exception) when (
            TimeProvider.System.GetElapsedTime(start) < settings.WaitOnStart && errors.TellsAway(exception))
        {
            return false;
        }
        catch (Exception exception) when (
            exception is DbException or SocketException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new SettingException(
                $"ConnectionStrings:Voice names a database that cannot be used ({database.Description}): {exception.Message}", exception);
        }
    }

    /// <summary>It may come back: whatever that cut short, the cause says so.</summary>
    internal static bool IsAway(Exception exception) => exception switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is 5 or 6, // BUSY, LOCKED
        DbException other => other.IsTransient || other.IsOfOperator(),
        SocketException or TimeoutException => true,
        _ => exception.InnerException is { } cause && IsAway(cause),
    };
}
