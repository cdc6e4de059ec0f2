using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Voice.Application;
using Voice.Application.Forgetting;
using Voice.Application.Recordings;
using Voice.Domain.Contracts;
using Voice.Infrastructure.Audio;
using Voice.Infrastructure.Database;
using Voice.Infrastructure.Database.Rows;
using Voice.Infrastructure.Recordings;

namespace Voice.Infrastructure.Forgetting;

internal sealed class ForgettingStore(DbDataSource database, Dialect dialect, AudioSource audio, ChangeFeed changes) : IForgetting
{
    private const int BatchSize = 1000;

    // Of an idempotency key stays that it was used: who repeats its request calls nobody.
    private const string EraseSql = """
        INSERT INTO tombstones (id, recording_id, created_at, erased_at)
        SELECT session_id, recording_id, @CreatedAt, @Now FROM voice_calls WHERE recording_id = @RecordingId ON CONFLICT DO NOTHING;
        DELETE FROM webhook_inbox WHERE session_id IN (
            SELECT session_id FROM voice_calls WHERE recording_id = @RecordingId UNION ALL SELECT @RecordingId);
        DELETE FROM webhook_inbox WHERE applied_at IS NULL AND recording_id = @RecordingId;
        DELETE FROM event_deliveries WHERE subject = @RecordingId;
        DELETE FROM sms_outbox WHERE contract_id IN (SELECT contract_id FROM contracts WHERE recording_id = @RecordingId);
        DELETE FROM contract_parties WHERE contract_id IN (SELECT contract_id FROM contracts WHERE recording_id = @RecordingId);
        DELETE FROM contracts WHERE recording_id = @RecordingId;
        DELETE FROM processing_jobs WHERE request LIKE @JobPattern ESCAPE '\';
        UPDATE idempotency_keys SET request_digest = '', refusal_reason = NULL WHERE recording_id = @RecordingId;
        DELETE FROM voice_timeline WHERE recording_id = @RecordingId;
        DELETE FROM voice_calls WHERE recording_id = @RecordingId;
        DELETE FROM voice_parties WHERE recording_id = @RecordingId;
        DELETE FROM voice_recordings WHERE recording_id = @RecordingId;
        """;

    private static readonly string IsLive =
        $"(c.status = '{AgreementStatus.Confirmed.Name()}' OR (c.status = '{AgreementStatus.Pending.Name()}' AND c.confirm_by > @Now))";

    public async Task<int> CountAsync(Aged kind, DateTimeOffset before, CancellationToken cancellationToken)
    {
        if (kind == Aged.Audio) return audio.Leftovers(before).Count();
        var count = string.Join(" + ", RowsOf(kind).Where(rows => !rows.IsPart).Select(rows =>
            $"(SELECT COUNT(*) FROM {rows.Table} WHERE {rows.Condition})"));
        var command = new CommandDefinition($"SELECT {count}", new { Before = before }, cancellationToken: cancellationToken);
        return await database.ReadAsync(connection => connection.ExecuteScalarAsync<int>(command), cancellationToken);
    }

    public async Task ForgetAsync(Aged kind, DateTimeOffset before, CancellationToken cancellationToken)
    {
        if (kind == Aged.Audio) audio.DeleteLeftovers(before);
        foreach (var (table, key, condition, _) in RowsOf(kind))
        {
            var sql = $"""
                DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} WHERE {condition} LIMIT {BatchSize} {dialect.SkipLocked})
                """;
            var command = new CommandDefinition(sql, new { Before = before }, cancellationToken: cancellationToken);
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            while (await connection.ExecuteAsync(command) == BatchSize)
            {
            }
        }
    }

    public async Task<IReadOnlyList<OldRecording>> FindRecordingsAsync(
        DateTimeOffset before, PagePosition? after, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var sql = $"""
            SELECT {RecordingRow.ViewColumns},
                EXISTS (SELECT 1 FROM contracts c WHERE c.recording_id = r.recording_id AND {IsLive}) AS is_held
            FROM voice_recordings r
            WHERE (r.created_at, r.recording_id) > (@AfterCreatedAt, @AfterRecordingId) AND r.created_at < @Before
            ORDER BY r.created_at, r.recording_id LIMIT @Limit
            """;
        var parameters = new
        {
            AfterCreatedAt = after?.CreatedAt ?? DateTimeOffset.UnixEpoch,
            AfterRecordingId = after?.Id ?? "",
            Before = before,
            Now = now,
            Limit = limit,
        };
        var command = new CommandDefinition(sql, parameters, cancellationToken: cancellationToken);
        var rows = await database.ReadAsync(connection => connection.QueryAsync<OldRow>(command), cancellationToken);
        return [.. rows.Select(row => new OldRecording(row.ToView(), row.IsHeld))];
    }

    public async Task<Erasure> EraseAsync(RecordingView recording, string hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Taken first, so that nobody saves it meanwhile.
        const string take = "UPDATE voice_recordings SET version = version + 1 WHERE recording_id = @RecordingId AND version = @Version";
        var countLive = $"SELECT COUNT(*) FROM contracts c WHERE c.recording_id = @RecordingId AND {IsLive}";
        const string findContracts = "SELECT contract_id, canonical, created_at FROM contracts WHERE recording_id = @RecordingId";
        const string addTombstone = """
            INSERT INTO tombstones (id, recording_id, created_at, erased_at, hash) VALUES (@Id, @RecordingId, @CreatedAt, @Now, @Hash)
            """;
        var parameters = new
        {
            recording.RecordingId,
            recording.Version,
            recording.CreatedAt,
            Now = now,
            // An id stands in a job's JSON as it is, between quotes.
            JobPattern = $"%\"{recording.RecordingId.Replace("_", @"\_", StringComparison.Ordinal)}\"%",
        };
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await connection.ExecuteAsync(take, parameters, transaction) == 0) return Erasure.Changed;
        if (await connection.ExecuteScalarAsync<int>(countLive, parameters, transaction) > 0) return Erasure.Held;
        (string Id, DateTimeOffset CreatedAt, string Hash)[] stones =
        [
            (recording.RecordingId, recording.CreatedAt, hash),
            .. (await connection.QueryAsync<ContractRow>(findContracts, parameters, transaction))
                .Select(contract => (contract.ContractId, contract.CreatedAt, Digest(contract.Canonical))),
        ];
        foreach (var (id, createdAt, digest) in stones)
            await connection.ExecuteAsync(
                addTombstone, new { Id = id, recording.RecordingId, CreatedAt = createdAt, Now = now, Hash = digest }, transaction);
        await connection.ExecuteAsync(EraseSql, parameters, transaction);
        await changes.CommitAsync(transaction, [.. stones.Select(stone => stone.Id)], cancellationToken); // Who waits for one hears of it.
        return Erasure.Done;
    }

    // What is a part of others goes before them.
    private static (string Table, string Key, string Condition, bool IsPart)[] RowsOf(Aged kind)
    {
        string[] over = [.. new[] { AgreementStatus.Rejected, AgreementStatus.Expired }.Select(status => $"'{status.Name()}'")];
        var contracts = $"recording_id IS NULL AND created_at < @Before AND status IN ({string.Join(", ", over)})";
        var ofContracts = $"contract_id IN (SELECT contract_id FROM contracts WHERE {contracts})";
        return kind switch
        {
            Aged.Audio => [],
            Aged.Inbox =>
            [
                ("webhook_inbox", "digest", "received_at < @Before AND due_at IS NULL", false),
                ("processing_jobs", "job_id", "created_at < @Before AND due_at IS NULL", false),
                ("event_deliveries", "place", "at < @Before AND due_at IS NULL", false),
            ],
            Aged.Contracts =>
            [
                ("event_deliveries", "place", $"subject IN (SELECT contract_id FROM contracts WHERE {contracts})", true),
                ("sms_outbox", "message_id", ofContracts, true), ("contract_parties", "contract_id, phone", ofContracts, true),
                ("contracts", "contract_id", contracts, false),
            ],
            Aged.IdempotencyKeys => [("idempotency_keys", "idempotency_key", "created_at < @Before", false)],
        };
    }

    private static string Digest(string canonical) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));

    private sealed class OldRow : RecordingRow
    {
        public bool IsHeld { get; init; }
    }

    private sealed class ContractRow
    {
        public string ContractId { get; init; } = "";
        public string Canonical { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }
    }
}
