namespace Voice.Infrastructure.Database;

/// <summary>
/// The database's time, which all instances share whatever their own clocks say: what it was when the database last told, and what has
/// passed since by the monotonic clock, so that a clock that jumps here changes nothing. Timers run as they always do.
/// </summary>
internal sealed class DatabaseClock(TimeProvider own) : TimeProvider
{
    // Less than that may be the way to the database, for which time should not jump.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(250);

    private Moment _told = new(own.GetUtcNow(), own.GetTimestamp());

    public override long TimestampFrequency => own.TimestampFrequency;

    public override long GetTimestamp() => own.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        own.CreateTimer(callback, state, dueTime, period);

    public override DateTimeOffset GetUtcNow()
    {
        var told = Volatile.Read(ref _told);
        return told.Time + own.GetElapsedTime(told.Timestamp);
    }

    /// <summary>The database told its time between these two timestamps.</summary>
    /// <returns>How far our own clock is ahead of it.</returns>
    public TimeSpan Hear(DateTimeOffset time, long asked, long heard)
    {
        var told = new Moment(time, asked + ((heard - asked) / 2));
        // It may have been told at any moment in between: an hour shows through a slow answer all the same.
        var doubt = own.GetElapsedTime(asked, heard) / 2;
        if ((told.Time + own.GetElapsedTime(told.Timestamp) - GetUtcNow()).Duration() > (doubt > Tolerance ? doubt : Tolerance))
            Volatile.Write(ref _told, told);
        return own.GetUtcNow() - GetUtcNow();
    }

    private sealed record Moment(DateTimeOffset Time, long Timestamp);
}
