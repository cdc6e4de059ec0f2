using System.Data.Common;
using System.Text.Json;
using Dapper;
using Voice.Application.Replaying;
using Voice.Application.Webhooks;
using Voice.Domain.Recordings;
using Voice.Infrastructure.Database;
using Voice.Infrastructure.Database.Rows;

namespace Voice.Infrastructure.Webhooks;

internal sealed class ReplayStore(DbDataSource database, Dialect dialect) : IReplayStore
{
    private const string Kept =
        "i.inbox_id, i.digest, i.session_id, i.applied_at IS NOT NULL AS is_applied, i.body, i.content_type, i.received_at";

    public async Task<IReadOnlyList<KeptRecording>> FindPageAsync(string after, int limit, CancellationToken cancellationToken)
    {
        var find = $"""
            SELECT {RecordingRow.Selected} FROM voice_recordings r WHERE r.recording_id > @After ORDER BY r.recording_id LIMIT @Limit
            """;
        const string findKept = $"""
            SELECT c.recording_id AS owner_id, {Kept} FROM voice_calls c JOIN webhook_inbox i ON i.session_id = c.session_id
            WHERE c.recording_id > @After AND c.recording_id <= @Last
            UNION ALL
            SELECT r.recording_id AS owner_id, {Kept} FROM voice_recordings r JOIN webhook_inbox i ON i.session_id = r.recording_id
            WHERE r.recording_id > @After AND r.recording_id <= @Last
            """;
        const string countTold = $"""
            SELECT recording_id AS owner_id, COUNT(*) AS told FROM voice_timeline
            WHERE recording_id > @After AND recording_id <= @Last AND kind = '{TimelineKind.ProviderEvent}' AND repeat_of IS NULL
            GROUP BY recording_id
            """;
        return await database.ReadAsync<IReadOnlyList<KeptRecording>>(async connection =>
        {
            var recordings = (await QueryAsync<RecordingRow>(find, new { After = after, Limit = limit })).ToList();
            if (recordings.Count == 0) return [];
            var range = new { After = after, Last = recordings[^1].RecordingId };
            var told = (await QueryAsync<ToldRow>(countTold, range)).ToDictionary(row => row.OwnerId, row => row.Told);
            var kept = (await QueryAsync<KeptRow>(findKept, range)).ToLookup(row => row.OwnerId, row => row.ToCallback());
            return [.. recordings.Select(row =>
                new KeptRecording(row.ToRecording(), [.. kept[row.RecordingId]], told.GetValueOrDefault(row.RecordingId)))];

            Task<IEnumerable<T>> QueryAsync<T>(string sql, object parameters) =>
                connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        }, cancellationToken);
    }

    public async Task<IReadOnlyList<KeptCallback>> FindUnappliedAsync(long after, int limit, CancellationToken cancellationToken)
    {
        const string sql = $"""
            SELECT {Kept} FROM webhook_inbox i WHERE i.applied_at IS NULL AND i.inbox_id > @After ORDER BY i.inbox_id LIMIT @Limit
            """;
        var command = new CommandDefinition(sql, new { After = after, Limit = limit }, cancellationToken: cancellationToken);
        return [.. (await database.ReadAsync(connection => connection.QueryAsync<KeptRow>(command), cancellationToken))
            .Select(row => row.ToCallback())];
    }

    public async Task<IReadOnlyList<string?>> FindRecordingIdsAsync(
        IReadOnlyList<Callback> callbacks, CancellationToken cancellationToken)
    {
        var sql = $"""
            SELECT COALESCE(c.recording_id, own.recording_id, echoed.recording_id)
            FROM {dialect.Rows("@Callbacks", CallbackRow.LookedFor)}
            LEFT JOIN voice_calls c ON c.session_id = v.session_id
            LEFT JOIN voice_recordings own ON own.recording_id = v.session_id
            LEFT JOIN voice_recordings echoed ON echoed.recording_id = v.recording_id AND echoed.session_id IS NULL
            ORDER BY v.place
            """;
        var rows = JsonSerializer.Serialize(
            [.. callbacks.Select((callback, place) => new CallbackRow(place, callback, applyWithin: default))],
            RowJson.Default.ListCallbackRow);
        var command = new CommandDefinition(sql, new { Callbacks = rows }, cancellationToken: cancellationToken);
        return [.. await database.ReadAsync(connection => connection.QueryAsync<string?>(command), cancellationToken)];
    }

    public async Task NoteSessionAsync(string digest, string sessionId, CancellationToken cancellationToken)
    {
        const string sql = "UPDATE webhook_inbox SET session_id = @SessionId, problem = NULL WHERE digest = @Digest";
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(sql, new { Digest = digest, SessionId = sessionId }, cancellationToken: cancellationToken));
    }

    private sealed class ToldRow
    {
        public string OwnerId { get; init; } = "";
        public int Told { get; init; }
    }

    private sealed class KeptRow
    {
        public string OwnerId { get; init; } = "";
        public long InboxId { get; init; }
        public string Digest { get; init; } = "";
        public string? SessionId { get; init; }
        public bool IsApplied { get; init; }
        public byte[] Body { get; init; } = [];
        public string ContentType { get; init; } = "";
        public DateTimeOffset ReceivedAt { get; init; }

        public KeptCallback ToCallback() => new(InboxId, Digest, SessionId, IsApplied, new(Body, ContentType, ReceivedAt));
    }
}
