using System.Data.Common;
using Dapper;
using Voice.Application.Recordings;
using Voice.Domain.Recordings;
using Voice.Infrastructure.Database;

namespace Voice.Infrastructure.Recordings;

internal sealed class RecordingRepository(DbDataSource database, Dialect dialect, Deadlines deadlines, ChangeFeed changes) : IRecordingRepository
{
    private const string Columns = """
        r.recording_id, r.status, r.contract_type, r.expected_seconds, r.parties, r.placement, r.refusal_reason, r.session_id, r.bridged_by,
        r.heard_at, r.connected_at, r.over_at, r.recording_url, r.url_is_settled, r.duration, r.duration_is_settled, r.failure_code,
        r.created_at, r.processed_at, r.due_at, r.version
        """;

    public Task<Recording?> FindAsync(string recordingId, CancellationToken cancellationToken)
    {
        const string sql = $"SELECT {Columns} FROM voice_recordings r WHERE r.recording_id = @RecordingId";
        return FindOneAsync(sql, new { RecordingId = recordingId }, cancellationToken);
    }

    public Task<Recording?> FindBySessionAsync(string sessionId, string? recordingId, CancellationToken cancellationToken)
    {
        const string sql = $"""
            SELECT {Columns} FROM voice_recordings r WHERE r.recording_id = COALESCE(
                (SELECT recording_id FROM voice_calls WHERE session_id = @SessionId),
                (SELECT recording_id FROM voice_recordings WHERE recording_id = @SessionId),
                (SELECT recording_id FROM voice_recordings WHERE recording_id = @RecordingId AND session_id IS NULL))
            """;
        return FindOneAsync(sql, new { SessionId = sessionId, RecordingId = recordingId }, cancellationToken);
    }

    public async Task<IReadOnlyList<TimelineEntry>> FindTimelineAsync(string recordingId, CancellationToken cancellationToken)
    {
        const string sql = "SELECT at, kind, detail FROM voice_timeline WHERE recording_id = @RecordingId ORDER BY entry_id";
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<TimelineRow>(
            new CommandDefinition(sql, new { RecordingId = recordingId }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => new TimelineEntry(row.At, row.Kind, row.Detail))];
    }

    public async Task<IReadOnlyList<Recording>> ListAsync(RecordingFilter filter, CancellationToken cancellationToken)
    {
        // The place in the list is compared where the index that serves the filter has it.
        var place = filter.Party is null ? "r" : "p";
        string[] conditions =
        [
            .. filter.Party is null ? (string[])[] : ["p.phone = @Party"],
            .. filter.Status is null ? (string[])[] : ["r.status = @Status"],
            .. filter.CreatedAfter is null ? (string[])[] : [$"{place}.created_at > @CreatedAfter"],
            .. filter.CreatedBefore is null ? (string[])[] : [$"{place}.created_at < @CreatedBefore"],
            .. filter.After is null ? (string[])[] : [$"({place}.created_at, {place}.recording_id) < (@AfterCreatedAt, @AfterRecordingId)"],
        ];
        var sql = $"""
            SELECT {Columns}
            FROM {(filter.Party is null ? "voice_recordings r" : "voice_parties p JOIN voice_recordings r ON r.recording_id = p.recording_id")}
            {(conditions.Length == 0 ? "" : "WHERE " + string.Join(" AND ", conditions))}
            ORDER BY {place}.created_at DESC, {place}.recording_id DESC
            LIMIT {filter.Limit}
            """; // The limit is written out, because a plan that does not know it might sort.
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<RecordingRow>(new CommandDefinition(sql, new
        {
            Status = filter.Status?.Name(),
            filter.CreatedAfter,
            filter.CreatedBefore,
            Party = filter.Party?.Value,
            AfterCreatedAt = filter.After?.CreatedAt,
            AfterRecordingId = filter.After?.RecordingId,
        }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToRecording())];
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
        await connection.ExecuteAsync(insertRecording, new RecordingRow(recording, deadlines.Of(recording)), transaction);
        await AddPartiesAsync(recording, transaction);
        await AddNewsAsync(recording, recording.News, transaction);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    public async Task<bool> SaveAsync(Recording recording, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var save = new RecordingSave(recording, deadlines.Of(recording), changes.NoticeOf(recording.RecordingId));
        if (await connection.ExecuteScalarAsync<long>(save.Sql(dialect), save, transaction) == 0)
        {
            await transaction.RollbackAsync(cancellationToken);
            // Either the row was saved by another writer, or what was to be applied has been: then there is nothing left to save.
            return save.InboxId is not null && await connection.ExecuteScalarAsync<long>(
                "SELECT COUNT(*) FROM webhook_inbox WHERE inbox_id = @InboxId AND applied_at IS NOT NULL", save) > 0;
        }
        await AddNewsAsync(recording, recording.News.Skip(RecordingSave.NewsIncluded), transaction);
        await transaction.CommitAsync(cancellationToken);
        if (recording.LooksDifferent) changes.Publish(recording.RecordingId);
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

    private async Task<Recording?> FindOneAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<RecordingRow>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        return row?.ToRecording();
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

    private static async Task AddPartiesAsync(Recording recording, DbTransaction transaction)
    {
        const string sql = "INSERT INTO voice_parties (phone, created_at, recording_id) VALUES (@Phone, @CreatedAt, @RecordingId)";
        foreach (var party in recording.Facts.Parties)
            await transaction.Connection!.ExecuteAsync(sql, new { Phone = party.Phone.Value, recording.CreatedAt, recording.RecordingId }, transaction);
    }

    private static async Task AddNewsAsync(Recording recording, IEnumerable<TimelineEntry> news, DbTransaction transaction)
    {
        const string sql = """
            INSERT INTO voice_timeline (recording_id, at, kind, detail) VALUES (@RecordingId, @At, @Kind, @Detail)
            """;
        foreach (var entry in news)
            await transaction.Connection!.ExecuteAsync(sql, new { recording.RecordingId, entry.At, entry.Kind, entry.Detail }, transaction);
    }

    private sealed class TimelineRow
    {
        public DateTimeOffset At { get; init; }
        public string Kind { get; init; } = "";
        public string Detail { get; init; } = "";
    }
}
