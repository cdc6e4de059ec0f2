namespace Voice.Application;

/// <summary>How long what is no longer needed is kept.</summary>
/// <param name="IdempotencyKeys">An idempotency key, and what the first request under it came to.</param>
public sealed record Retention(TimeSpan IdempotencyKeys);
