namespace Voice.Application;

/// <summary>Time as the product tells it.</summary>
public static class Clock
{
    /// <summary>The time, UTC, cut to the millisecond so that both databases and every answer say the same.</summary>
    public static DateTimeOffset GetUtcMilliseconds(this TimeProvider clock) =>
        DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}
