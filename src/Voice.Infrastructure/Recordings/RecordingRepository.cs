using System.Data.Common;
using Dapper;
using Voice.Application.Recordings;
using Voice.Domain.Recordings;
using Voice.Infrastructure.Database;

namespace Voice.Infrastructure.Recordings;

internal sealed class RecordingRepository(DbDataSource database, Dialect dialect, Deadlines deadlines) : IRecordingRepository
{
    public async Task<Recording?> FindAsync(string recordingId, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT recording_id, status, contract_type, expected_seconds, parties, placement, refusal_reason, session_id, bridged_by,
                   heard_at, connected_at, over_at, recording_url, url_is_settled, duration, duration_is_settled, failure_code,
                   created_at, processed_at, due_at, version
            FROM voice_recordings
            WHERE recording_id = @RecordingId
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<RecordingRow>(
            new CommandDefinition(sql, new { RecordingId = recordingId }, cancellationToken: cancellationToken));
        return row?.ToRecording();
    }

    public async Task<UsedKey?> AddAsync(Recording recording, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        const string insertRecording = """
            INSERT INTO voice_recordings (
                recording_id, status, contract_type, expected_seconds, parties, placement, refusal_reason, session_id, bridged_by,
                heard_at, connected_at, over_at, recording_url, url_is_settled, duration, duration_is_settled, failure_code,
                created_at, processed_at, due_at, version)
            VALUES (
                @RecordingId, @Status, @ContractType, @ExpectedSeconds, @Parties, @Placement, @RefusalReason, @SessionId, @BridgedBy,
                @HeardAt, @ConnectedAt, @OverAt, @RecordingUrl, @UrlIsSettled, @Duration, @DurationIsSettled, @FailureCode,
                @CreatedAt, @ProcessedAt, @DueAt, @Version)
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (key is not null && await FindUseAsync(key, recording, transaction) is { } use) return use;
        await connection.ExecuteAsync(insertRecording, RecordingRow.From(recording, deadlines.Of(recording)), transaction);
        await AddNewsAsync(recording, transaction);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    public async Task<bool> SaveAsync(Recording recording, CancellationToken cancellationToken)
    {
        const string update = """
            UPDATE voice_recordings SET
                status = @Status, parties = @Parties, placement = @Placement, refusal_reason = @RefusalReason, session_id = @SessionId,
                bridged_by = @BridgedBy, heard_at = @HeardAt, connected_at = @ConnectedAt, over_at = @OverAt,
                recording_url = @RecordingUrl, url_is_settled = @UrlIsSettled, duration = @Duration,
                duration_is_settled = @DurationIsSettled, failure_code = @FailureCode, processed_at = @ProcessedAt,
                due_at = @DueAt, version = version + 1
            WHERE recording_id = @RecordingId AND version = @Version
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await MarkAppliedAsync(recording, transaction)) return true;
        if (await connection.ExecuteAsync(update, RecordingRow.From(recording, deadlines.Of(recording)), transaction) == 0) return false;
        await AddSessionAsync(recording, transaction);
        await AddNewsAsync(recording, transaction);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    public async Task<IReadOnlyList<string>> TakeOverdueAsync(
        DateTimeOffset now, DateTimeOffset nextTry, int limit, CancellationToken cancellationToken)
    {
        var sql = $"""
            UPDATE voice_recordings SET due_at = @NextTry
            WHERE recording_id IN (
                SELECT recording_id FROM voice_recordings WHERE due_at <= @Now ORDER BY due_at LIMIT @Limit {dialect.SkipLocked})
            RETURNING recording_id
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<string>(
            new CommandDefinition(sql, new { Now = now, NextTry = nextTry, Limit = limit }, cancellationToken: cancellationToken))];
    }

    /// <returns>What the key was used for; null when it is now taken for this recording.</returns>
    private static async Task<UsedKey?> FindUseAsync(IdempotencyKey key, Recording recording, DbTransaction transaction)
    {
        const string take = """
            INSERT INTO idempotency_keys (idempotency_key, request_digest, recording_id, created_at)
            VALUES (@Key, @RequestDigest, @RecordingId, @CreatedAt)
            ON CONFLICT (idempotency_key) DO UPDATE
                SET request_digest = excluded.request_digest, recording_id = excluded.recording_id, created_at = excluded.created_at
                WHERE idempotency_keys.created_at < @ForgottenBefore
            """;
        const string find = "SELECT recording_id, request_digest FROM idempotency_keys WHERE idempotency_key = @Key";
        var parameters = new { key.Key, key.RequestDigest, recording.RecordingId, recording.CreatedAt, key.ForgottenBefore };
        return await transaction.Connection!.ExecuteAsync(take, parameters, transaction) == 1
            ? null
            : await transaction.Connection!.QuerySingleAsync<UsedKey>(find, parameters, transaction);
    }

    /// <returns>False when another writer applied the report in the meantime: then there is nothing left to save.</returns>
    private static async Task<bool> MarkAppliedAsync(Recording recording, DbTransaction transaction)
    {
        const string sql = """
            UPDATE webhook_inbox SET applied_at = @At, due_at = NULL WHERE inbox_id = @InboxId AND applied_at IS NULL
            """;
        foreach (var entry in recording.News.Where(entry => entry.InboxId is not null))
            if (await transaction.Connection!.ExecuteAsync(sql, new { entry.At, entry.InboxId }, transaction) == 0) return false;
        return true;
    }

    private static async Task AddSessionAsync(Recording recording, DbTransaction transaction)
    {
        const string sql = """
            INSERT INTO voice_calls (session_id, recording_id) VALUES (@SessionId, @RecordingId) ON CONFLICT DO NOTHING
            """;
        if (recording.Facts.SessionId is { } sessionId)
            await transaction.Connection!.ExecuteAsync(sql, new { SessionId = sessionId, recording.RecordingId }, transaction);
    }

    private static async Task AddNewsAsync(Recording recording, DbTransaction transaction)
    {
        const string sql = """
            INSERT INTO voice_timeline (recording_id, at, kind, detail) VALUES (@RecordingId, @At, @Kind, @Detail)
            """;
        foreach (var entry in recording.News)
            await transaction.Connection!.ExecuteAsync(sql, new { recording.RecordingId, entry.At, entry.Kind, entry.Detail }, transaction);
    }
}
