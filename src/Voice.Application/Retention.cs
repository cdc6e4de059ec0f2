namespace Voice.Application;

/// <summary>How long what is no longer needed is kept.</summary>
/// <param name="Audio">Audio that is worked on, should its job never end.</param>
/// <param name="Inbox">Raw callbacks, and jobs that have ended.</param>
/// <param name="Recordings">Recordings with all that came of them, and contracts of audio without one; null: for ever.</param>
/// <param name="IdempotencyKeys">An idempotency key, and what the first request under it came to.</param>
public sealed record Retention(TimeSpan Audio, TimeSpan Inbox, TimeSpan? Recordings, TimeSpan IdempotencyKeys);
