using Voice.Application.Webhooks;

namespace Voice.Infrastructure.Database.Rows;

/// <summary>A row of <c>webhook_inbox</c> to keep, and what its recording is looked for by.</summary>
internal sealed class CallbackRow(int place, Callback callback, TimeSpan applyWithin)
{
    /// <summary>What is kept, with the columns' PostgreSQL types.</summary>
    public const string Kept =
        "digest text, session_id text, received_at bigint, content_type text, body bytea, problem text, due_at bigint, "
        + "recording_id text";

    /// <summary>What the recording is looked for by.</summary>
    public const string LookedFor = "place integer, digest text, session_id text, recording_id text";

    private readonly ReadCallback _content = callback.Content;

    public int Place { get; } = place;
    public string Digest => _content.Digest;
    public string? SessionId => _content.SessionId;
    public string? RecordingId => _content.Report?.RecordingId;
    public DateTimeOffset ReceivedAt { get; } = callback.Raw.ReceivedAt;
    public string ContentType { get; } = callback.Raw.ContentType;
    public string Body { get; } = Dialect.InJson(callback.Raw.Body);
    public string? Problem => _content.Problems.Count == 0
        ? null
        : string.Join(' ', _content.Problems.Select(problem => $"{problem.Key}: {problem.Value}"));

    // What cannot be read is looked at once more: until then it counts among what is kept for nobody.
    public DateTimeOffset? DueAt => ReceivedAt + (_content.Report is null ? TimeSpan.FromDays(1) : applyWithin);
}

/// <summary>A kept callback that has been applied.</summary>
internal sealed class AppliedCallbackRow
{
    /// <summary>What it is known by, with the column's PostgreSQL type.</summary>
    public const string Key = "digest text";

    public string Digest { get; init; } = "";
}
