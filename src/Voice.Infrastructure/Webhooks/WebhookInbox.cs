using System.Data.Common;
using System.Text.Json;
using Dapper;
using Voice.Application;
using Voice.Application.Webhooks;
using Voice.Infrastructure.Database;
using Voice.Infrastructure.Database.Rows;

namespace Voice.Infrastructure.Webhooks;

internal sealed class WebhookInbox(DbDataSource database, Dialect dialect, Limits limits) : IWebhookInbox
{
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(1);

    public async Task<IReadOnlyList<CallbackContext>> KeepAsync(IReadOnlyList<Callback> callbacks, TimeSpan applyWithin)
    {
        // One text for both, so that what a callback is about is known by the time that it is on disk.
        var sql = $"""
            INSERT INTO webhook_inbox ({Columns.Names(CallbackRow.Kept)})
            SELECT {Columns.Names(CallbackRow.Kept)} FROM {dialect.Rows("@Callbacks", CallbackRow.Kept)}
            WHERE NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.id IN (v.session_id, v.recording_id)) AND (
                EXISTS (SELECT 1 FROM voice_calls c WHERE c.session_id = v.session_id)
                OR EXISTS (SELECT 1 FROM voice_recordings r WHERE r.recording_id IN (v.session_id, v.recording_id))
                OR (SELECT COUNT(*) < @UnknownEvents AND COALESCE(SUM(length(body)), 0) < @UnknownEventBytes
                    FROM webhook_inbox WHERE due_at IS NOT NULL))
            ORDER BY digest ON CONFLICT (digest) DO NOTHING;
            SELECT i.digest IS NOT NULL OR EXISTS (SELECT 1 FROM tombstones t WHERE t.id IN (v.session_id, v.recording_id)) AS is_kept,
                i.applied_at IS NOT NULL AS is_applied, r.recording_id IS NOT NULL AS has_recording,
                {RecordingRow.Selected}
            FROM {dialect.Rows("@Callbacks", CallbackRow.LookedFor)}
            LEFT JOIN webhook_inbox i ON i.digest = v.digest
            LEFT JOIN voice_calls c ON c.session_id = v.session_id
            LEFT JOIN voice_recordings own ON own.recording_id = v.session_id
            LEFT JOIN voice_recordings echoed ON echoed.recording_id = v.recording_id AND echoed.session_id IS NULL
            LEFT JOIN voice_recordings r ON r.recording_id = COALESCE(c.recording_id, own.recording_id, echoed.recording_id)
            ORDER BY v.place;
            """;
        var rows = JsonSerializer.Serialize(
            [.. callbacks.Select((callback, place) => new CallbackRow(place, callback, applyWithin))], RowJson.Default.ListCallbackRow);
        await using var connection = await database.OpenConnectionAsync();
        var contexts = await connection.QueryAsync<ContextRow>(
            sql, new { Callbacks = rows, limits.UnknownEvents, limits.UnknownEventBytes });
        return [.. contexts.Select(context => new CallbackContext(
            context.IsApplied, context.HasRecording ? context.ToRecording() : null, context.IsKept))];
    }

    public async Task<SessionNews> LookForSessionAsync(string sessionId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT CASE
                WHEN EXISTS (SELECT 1 FROM voice_calls WHERE session_id = @SessionId) THEN @Known
                WHEN EXISTS (SELECT 1 FROM voice_recordings WHERE placement IS NULL AND created_at >= @Since) THEN @MayCome
                ELSE @None END
            """;
        var parameters = new
        {
            SessionId = sessionId,
            Since = since,
            Known = (int)SessionNews.Known,
            MayCome = (int)SessionNews.MayCome,
            None = (int)SessionNews.None,
        };
        var command = new CommandDefinition(sql, parameters, cancellationToken: cancellationToken);
        return (SessionNews)await database.ReadAsync(connection => connection.ExecuteScalarAsync<int>(command), cancellationToken);
    }

    public async Task<IReadOnlyList<RawCallback>> FindUnappliedAsync(string sessionId, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT inbox_id, body, content_type, received_at FROM webhook_inbox
            WHERE session_id = @SessionId AND applied_at IS NULL
            ORDER BY inbox_id
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return Kept(await connection.QueryAsync<InboxRow>(
            new CommandDefinition(sql, new { SessionId = sessionId }, cancellationToken: cancellationToken)));
    }

    public async Task<IReadOnlyList<RawCallback>> FindOfRecordingAsync(string recordingId, int limit, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT inbox_id, body, content_type, received_at FROM webhook_inbox
            WHERE session_id IN (SELECT session_id FROM voice_calls WHERE recording_id = @RecordingId UNION ALL SELECT @RecordingId)
            ORDER BY inbox_id LIMIT @Limit
            """;
        var command = new CommandDefinition(sql, new { RecordingId = recordingId, Limit = limit }, cancellationToken: cancellationToken);
        return Kept(await database.ReadAsync(connection => connection.QueryAsync<InboxRow>(command), cancellationToken));
    }

    public async Task<IReadOnlyList<RawCallback>> TakeUnappliedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        // One that came in while its recording was being erased goes too.
        var sql = $"""
            DELETE FROM webhook_inbox WHERE due_at <= @Now AND EXISTS (
                SELECT 1 FROM tombstones t WHERE t.id IN (webhook_inbox.session_id, webhook_inbox.recording_id));
            UPDATE webhook_inbox SET due_at = CASE WHEN received_at > @GivenUpBefore THEN @Now + (@Now - received_at) END
            WHERE digest IN (
                SELECT digest FROM webhook_inbox WHERE due_at <= @Now ORDER BY due_at LIMIT @Limit {dialect.SkipLocked})
            RETURNING inbox_id, body, content_type, received_at
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return Kept(await connection.QueryAsync<InboxRow>(new CommandDefinition(
            sql, new { Now = now, GivenUpBefore = now - GivenUpAfter, Limit = limit }, cancellationToken: cancellationToken)));
    }

    private static IReadOnlyList<RawCallback> Kept(IEnumerable<InboxRow> rows) =>
        [.. rows.OrderBy(row => row.InboxId).Select(row => new RawCallback(row.Body, row.ContentType, row.ReceivedAt))];

    private sealed class InboxRow
    {
        public long InboxId { get; init; }
        public byte[] Body { get; init; } = [];
        public string ContentType { get; init; } = "";
        public DateTimeOffset ReceivedAt { get; init; }
    }

    private sealed class ContextRow : RecordingRow
    {
        public bool IsKept { get; init; }
        public bool IsApplied { get; init; }
        public bool HasRecording { get; init; }
    }
}
