using System.Text.Json;
using Voice.Domain.Recordings;
using Voice.Infrastructure.Database;

namespace Voice.Infrastructure.Recordings;

/// <summary>
/// All that one save writes, as one text and one way to the database. Its results are the ids of the recordings that were written, and the
/// digests of the callbacks that were marked; where one is missing, somebody else was faster.
/// </summary>
internal sealed class RecordingSave(IEnumerable<Recording> recordings, IEnumerable<string> appliedCallbacks, Deadlines deadlines, ChangeFeed changes)
{
    // In the same order in every transaction, so that two that meet wait for each other instead of locking each other out.
    public string Recordings { get; } = JsonSerializer.Serialize(
        [.. recordings.OrderBy(recording => recording.RecordingId, StringComparer.Ordinal).Select(recording => new SavedRecordingRow(recording, deadlines, changes))],
        RowJson.Default.ListSavedRecordingRow);

    public string Applied { get; } = JsonSerializer.Serialize(
        [.. appliedCallbacks.Order(StringComparer.Ordinal).Select(digest => new AppliedCallbackRow { Digest = digest })], RowJson.Default.ListAppliedCallbackRow);

    public string NewSessions { get; } = JsonSerializer.Serialize(
        [.. recordings.Where(recording => recording.HasNewSession).Select(recording => new RecordingRow(recording, dueAt: null))], RowJson.Default.ListRecordingRow);

    public string News { get; } = NewsOf(recordings);

    public static string NewsOf(IEnumerable<Recording> recordings) => JsonSerializer.Serialize(
        [.. recordings.SelectMany(recording => recording.News, (recording, entry) =>
            new TimelineRow { RecordingId = recording.RecordingId, At = entry.At, Kind = entry.Kind, Detail = entry.Detail })],
        RowJson.Default.ListTimelineRow);

    public static string AddNews(Dialect dialect) => $"""
        INSERT INTO voice_timeline (recording_id, at, kind, detail)
        SELECT recording_id, at, kind, detail FROM {dialect.Rows("@News", "recording_id text, at bigint, kind text, detail text")};
        """;

    public static string Sql(Dialect dialect)
    {
        var rows = dialect.Rows("@Recordings", """
            recording_id text, status text, parties text, placement text, refusal_reason text, session_id text, bridged_by text, heard_at bigint, connected_at bigint, over_at bigint, recording_url text, url_is_settled boolean, duration integer, duration_is_settled boolean, failure_code text, processed_at bigint, due_at bigint, version integer, notice text
            """);
        // What has results comes last: a command whose last result is not read would be cancelled, at the price of a connection.
        return $"""
            INSERT INTO voice_calls (session_id, recording_id)
            SELECT session_id, recording_id FROM {dialect.Rows("@NewSessions", "session_id text, recording_id text")} WHERE true ON CONFLICT DO NOTHING;
            {AddNews(dialect)}
            UPDATE voice_recordings SET
                status = v.status, parties = v.parties, placement = v.placement, refusal_reason = v.refusal_reason, session_id = v.session_id,
                bridged_by = v.bridged_by, heard_at = v.heard_at, connected_at = v.connected_at, over_at = v.over_at,
                recording_url = v.recording_url, url_is_settled = v.url_is_settled, duration = v.duration,
                duration_is_settled = v.duration_is_settled, failure_code = v.failure_code, processed_at = v.processed_at,
                due_at = v.due_at, version = voice_recordings.version + 1
            FROM {rows}
            WHERE voice_recordings.recording_id = v.recording_id AND voice_recordings.version = v.version
            RETURNING voice_recordings.recording_id{dialect.AndNotify};
            UPDATE webhook_inbox SET applied_at = received_at, due_at = NULL
            FROM {dialect.Rows("@Applied", "digest text")}
            WHERE webhook_inbox.digest = v.digest AND applied_at IS NULL
            RETURNING webhook_inbox.digest;
            """;
    }
}

/// <summary>A recording to save, and what others must be told of it.</summary>
internal sealed class SavedRecordingRow(Recording recording, Deadlines deadlines, ChangeFeed changes) : RecordingRow(recording, deadlines.Of(recording))
{
    public string? Notice { get; } = recording.LooksDifferent ? changes.NoticeOf(recording.RecordingId) : null;
}

internal sealed class AppliedCallbackRow
{
    public string Digest { get; init; } = "";
}

internal sealed class TimelineRow
{
    public string RecordingId { get; init; } = "";
    public DateTimeOffset At { get; init; }
    public string Kind { get; init; } = "";
    public string Detail { get; init; } = "";
}
