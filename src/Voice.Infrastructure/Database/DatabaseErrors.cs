using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Voice.Application;

namespace Voice.Infrastructure.Database;

/// <summary>What goes wrong with the database. That it is away is met by everybody at once and told by this alone.</summary>
internal sealed partial class DatabaseErrors(TimeProvider clock, ILogger<DatabaseErrors> logger) : IDatabaseErrors
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    // Longer than a statement may take: who was cut short before it came back has said so by then.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(DatabaseChoice.Patience + 1);

    private readonly Lock _lock = new();
    private long? _toldAt;
    private long _metAt;
    private volatile bool _isAway;

    public bool IsAboutData(DbException exception) => exception switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is 18 or 20, // TOOBIG, MISMATCH
        _ => exception.SqlState is ['2', '2', ..], // The class of data exceptions.
    };

    public bool TellsAway(Exception exception)
    {
        if (!DatabaseStart.IsAway(exception)) return false;
        lock (_lock)
        {
            (_isAway, _metAt) = (true, clock.GetTimestamp());
            if (_toldAt is { } told && clock.GetElapsedTime(told) < Again) return true;
            _toldAt = _metAt;
        }
        LogAway(exception.GetBaseException().Message);
        return true;
    }

    public void TellAnswers()
    {
        if (!_isAway) return;
        lock (_lock)
        {
            if (!_isAway || clock.GetElapsedTime(_metAt) < Quiet) return;
            (_isAway, _toldAt) = (false, null);
        }
        LogBack();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away and is tried again: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is back.")]
    private partial void LogBack();
}
