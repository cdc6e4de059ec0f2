using System.Text;
using Voice.Domain.Recordings;
using Voice.Infrastructure.Database;

namespace Voice.Infrastructure.Recordings;

/// <summary>
/// All that one save writes, as one text, because every statement of its own would cost a way to the database and back. The row
/// remembers who saved it, so that what follows the update happens only if the update did. The first result is whether it did.
/// </summary>
internal sealed class RecordingSave : RecordingRow
{
    /// <summary>How many timeline entries go with the text: one for what happened and one for the status that it changed.</summary>
    public const int NewsIncluded = 2;

    private readonly Recording _recording;

    public RecordingSave(Recording recording, DateTimeOffset? dueAt, string notice) : base(recording, dueAt)
    {
        _recording = recording;
        InboxId = recording.News.SingleOrDefault(entry => entry.InboxId is not null)?.InboxId;
        Notice = notice;
    }

    public string SavedBy { get; } = Guid.NewGuid().ToString("N");

    public long? InboxId { get; }

    public string Notice { get; }

    public DateTimeOffset FirstAt => _recording.News[0].At;

    public string FirstKind => _recording.News[0].Kind;

    public string FirstDetail => _recording.News[0].Detail;

    public DateTimeOffset? SecondAt => _recording.News.ElementAtOrDefault(1)?.At;

    public string? SecondKind => _recording.News.ElementAtOrDefault(1)?.Kind;

    public string? SecondDetail => _recording.News.ElementAtOrDefault(1)?.Detail;

    public string Sql(Dialect dialect)
    {
        const string update = """
            UPDATE voice_recordings SET
                status = @Status, parties = @Parties, placement = @Placement, refusal_reason = @RefusalReason, session_id = @SessionId,
                bridged_by = @BridgedBy, heard_at = @HeardAt, connected_at = @ConnectedAt, over_at = @OverAt,
                recording_url = @RecordingUrl, url_is_settled = @UrlIsSettled, duration = @Duration,
                duration_is_settled = @DurationIsSettled, failure_code = @FailureCode, processed_at = @ProcessedAt,
                due_at = @DueAt, version = version + 1, saved_by = @SavedBy
            WHERE recording_id = @RecordingId AND version = @Version
            """;
        const string unlessApplied = " AND EXISTS (SELECT 1 FROM webhook_inbox WHERE inbox_id = @InboxId AND applied_at IS NULL)";
        const string ifSaved = "FROM voice_recordings WHERE recording_id = @RecordingId AND saved_by = @SavedBy";
        const string markApplied = $"UPDATE webhook_inbox SET applied_at = @FirstAt, due_at = NULL WHERE inbox_id = @InboxId AND EXISTS (SELECT 1 {ifSaved});";
        const string addSession = $"INSERT INTO voice_calls (session_id, recording_id) SELECT @SessionId, recording_id {ifSaved} ON CONFLICT DO NOTHING;";
        const string addNews = "INSERT INTO voice_timeline (recording_id, at, kind, detail) SELECT recording_id, ";

        var sql = new StringBuilder();
        // What the inbox keeps would be applied again after a crash, so it need not reach the disk twice before the answer.
        if (InboxId is not null) sql.Append(dialect.CommitLazily);
        sql.Append(update).Append(InboxId is null ? ";" : unlessApplied + ";");
        if (InboxId is not null) sql.Append(markApplied);
        if (_recording.HasNewSession) sql.Append(addSession);
        sql.Append($"{addNews} @FirstAt, @FirstKind, @FirstDetail {ifSaved};");
        if (_recording.News.Count > 1) sql.Append($"{addNews} @SecondAt, @SecondKind, @SecondDetail {ifSaved};");
        sql.Append($"SELECT COUNT(*) {ifSaved};");
        if (_recording.LooksDifferent && dialect.Notify is { } notify) sql.Append($"{notify} {ifSaved};");
        return sql.ToString();
    }
}
