using System.Text.Json;
using Voice.Application;
using Voice.Domain.Recordings;
using Voice.Infrastructure.Database;
using Voice.Infrastructure.Database.Rows;
using Voice.Infrastructure.Events;

namespace Voice.Infrastructure.Recordings;

/// <summary>
/// All that one save writes, as one text and one way to the database. Its results are the ids of the recordings that were written, and the
/// digests of the callbacks that were marked; where one is missing, somebody else was faster. Third are the events that somebody is to be
/// told of.
/// </summary>
internal sealed class RecordingSave(
    IEnumerable<Recording> recordings, IEnumerable<string> appliedCallbacks, Deadlines deadlines, Limits limits, ChangeFeed changes)
{
    /// <summary>The most lines that callbacks leave in a timeline; what happens to the recording itself is always told.</summary>
    public int TimelineLines => limits.TimelineLines;

    // In the same order in every transaction, so that two that meet wait for each other instead of locking each other out.
    public string Recordings { get; } = JsonSerializer.Serialize(
        [.. recordings.OrderBy(recording => recording.RecordingId, StringComparer.Ordinal).Select(recording => new RecordingRow(
            recording, deadlines.Of(recording), recording.LooksDifferent ? changes.NoticeOf(recording.RecordingId) : null))],
        RowJson.Default.ListRecordingRow);

    public string Applied { get; } = JsonSerializer.Serialize(
        [.. appliedCallbacks.Order(StringComparer.Ordinal).Select(digest => new AppliedCallbackRow { Digest = digest })],
        RowJson.Default.ListAppliedCallbackRow);

    public string NewSessions { get; } = JsonSerializer.Serialize(
        [.. recordings.Where(recording => recording.HasNewSession).Select(recording => new RecordingRow(recording, dueAt: null))],
        RowJson.Default.ListRecordingRow);

    // Repeats are counted in rows that others may be counting in, so these too are taken in one order, and last.
    public string News { get; } = JsonSerializer.Serialize(
        [.. recordings.SelectMany(TimelineRow.NewsOf)
            .OrderBy(row => row.RepeatOf, StringComparer.Ordinal).ThenBy(row => row.RecordingId, StringComparer.Ordinal)],
        RowJson.Default.ListTimelineRow);

    public string Events { get; } = JsonSerializer.Serialize([.. recordings.SelectMany(EventRow.NewsOf)], RowJson.Default.ListEventRow);

    /// <summary>Writes recordings that are new.</summary>
    public static string InsertSql(Dialect dialect) => $"""
        INSERT INTO voice_recordings ({Columns.Names(RecordingRow.All)})
        SELECT {Columns.Names(RecordingRow.All)} FROM {dialect.Rows("@Recordings", RecordingRow.All)};
        {AddNews(dialect)}
        """;

    /// <summary>Writes recordings that nobody else has written since they were loaded.</summary>
    // What has results comes last: a command whose last result is not read would be cancelled, at the price of a connection.
    public static string UpdateSql(Dialect dialect) => $"""
        INSERT INTO voice_calls (session_id, recording_id)
        SELECT session_id, recording_id FROM {dialect.Rows("@NewSessions", "session_id text, recording_id text")} WHERE true
        ON CONFLICT DO NOTHING;
        {AddNews(dialect)}
        UPDATE voice_recordings SET {Columns.Names(RecordingRow.Known, "{0} = v.{0}")}, version = voice_recordings.version + 1
        FROM {dialect.Rows("@Recordings", $"{RecordingRow.All}, notice text")}
        WHERE voice_recordings.recording_id = v.recording_id AND voice_recordings.version = v.version
        RETURNING voice_recordings.recording_id{dialect.AndNotify(ChangeFeed.Channel)};
        UPDATE webhook_inbox SET applied_at = received_at, due_at = NULL
        FROM {dialect.Rows("@Applied", AppliedCallbackRow.Key)}
        WHERE webhook_inbox.digest = v.digest AND applied_at IS NULL
        RETURNING webhook_inbox.digest;
        {EventOutbox.InsertSql(dialect)}
        """;

    private static string AddNews(Dialect dialect) => $"""
        INSERT INTO voice_timeline ({Columns.Names(TimelineRow.Written)})
        SELECT {Columns.Names(TimelineRow.Written)} FROM {dialect.Rows("@News", TimelineRow.Written)}
        WHERE v.kind NOT IN ('{TimelineKind.ProviderEvent}', '{TimelineKind.Contradiction}')
            OR (SELECT COUNT(*) FROM voice_timeline t WHERE t.recording_id = v.recording_id) < @TimelineLines
        ON CONFLICT (recording_id, repeat_of) WHERE repeat_of IS NOT NULL DO UPDATE SET times = voice_timeline.times + excluded.times;
        """;
}
