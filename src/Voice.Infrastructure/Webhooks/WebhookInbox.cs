using System.Data.Common;
using System.Text.Json;
using Dapper;
using Voice.Application.Webhooks;
using Voice.Infrastructure.Database;
using Voice.Infrastructure.Recordings;

namespace Voice.Infrastructure.Webhooks;

internal sealed class WebhookInbox(DbDataSource database, Dialect dialect) : IWebhookInbox
{
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(1);

    public async Task<IReadOnlyList<CallbackContext>> FindContextsAsync(IReadOnlyList<Callback> callbacks, CancellationToken cancellationToken)
    {
        var sql = $"""
            SELECT i.inbox_id IS NOT NULL AS is_kept, i.applied_at IS NOT NULL AS is_applied, r.recording_id IS NOT NULL AS has_recording, {RecordingRow.Columns}
            FROM {dialect.Rows("@Callbacks", "place integer, digest text, session_id text, recording_id text")}
            LEFT JOIN webhook_inbox i ON i.digest = v.digest
            LEFT JOIN voice_calls c ON c.session_id = v.session_id
            LEFT JOIN voice_recordings own ON own.recording_id = v.session_id
            LEFT JOIN voice_recordings echoed ON echoed.recording_id = v.recording_id AND echoed.session_id IS NULL
            LEFT JOIN voice_recordings r ON r.recording_id = COALESCE(c.recording_id, own.recording_id, echoed.recording_id)
            ORDER BY v.place
            """;
        var asked = JsonSerializer.Serialize([.. callbacks.Select((callback, place) => new AskedCallbackRow(place, callback.Content))], RowJson.Default.ListAskedCallbackRow);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<ContextRow>(new CommandDefinition(sql, new { Callbacks = asked }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => new CallbackContext(row.IsKept, row.IsApplied, row.HasRecording ? row.ToRecording() : null))];
    }

    public async Task<bool> IsCallBeingPlacedAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        const string sql = "SELECT COUNT(*) FROM voice_recordings WHERE placement IS NULL AND created_at >= @Since";
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>(
            new CommandDefinition(sql, new { Since = since }, cancellationToken: cancellationToken)) > 0;
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

    public async Task<IReadOnlyList<RawCallback>> TakeUnappliedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var sql = $"""
            UPDATE webhook_inbox SET due_at = CASE WHEN received_at > @GivenUpBefore THEN @Now + (@Now - received_at) END
            WHERE inbox_id IN (
                SELECT inbox_id FROM webhook_inbox WHERE due_at <= @Now ORDER BY due_at LIMIT @Limit {dialect.SkipLocked})
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

internal sealed class AskedCallbackRow(int place, ReadCallback content)
{
    public int Place { get; } = place;
    public string Digest { get; } = content.Digest;
    public string? SessionId { get; } = content.SessionId;
    public string? RecordingId { get; } = content.Report?.RecordingId;
}
