using System.Data.Common;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Logging;
using Voice.Application;
using Voice.Application.Jobs;
using Voice.Application.Recordings;
using Voice.Domain.Recordings;
using Voice.Infrastructure.Database;
using Voice.Infrastructure.Database.Rows;
using Voice.Infrastructure.Events;
using Voice.Infrastructure.Jobs;

namespace Voice.Infrastructure.Recordings;

internal sealed partial class RecordingRepository(
    DbDataSource database, Dialect dialect, Deadlines deadlines, Limits limits, ChangeFeed changes,
    ILogger<RecordingRepository> logger)
    : IRecordingRepository
{
    private static readonly string FindSql = $"SELECT {RecordingRow.Selected} FROM voice_recordings r WHERE r.recording_id = @RecordingId";
    private readonly string _insertSql = RecordingSave.InsertSql(dialect);
    private readonly string _updateSql = RecordingSave.UpdateSql(dialect);

    // Pollers come all day and, where a call ends, all at the same moment; most of what a read costs is the way to the database.
    private readonly Batches<string, RecordingView?> _views = Views(database, dialect);

    public async Task<Recording?> FindAsync(string recordingId, CancellationToken cancellationToken)
    {
        var command = new CommandDefinition(FindSql, new { RecordingId = recordingId }, cancellationToken: cancellationToken);
        var row = await database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<RecordingRow>(command), cancellationToken);
        return row?.ToRecording();
    }

    public Task<RecordingView?> FindViewAsync(string recordingId, CancellationToken cancellationToken) =>
        _views.RunAsync(recordingId).WaitAsync(cancellationToken);

    public async Task<IReadOnlyList<TimelineLine>> FindTimelineAsync(
        string recordingId, long after, int limit, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT entry_id, at, kind, detail, repeat_of, times FROM voice_timeline
            WHERE recording_id = @RecordingId AND entry_id > @After
            ORDER BY entry_id LIMIT @Limit
            """;
        var command = new CommandDefinition(
            sql, new { RecordingId = recordingId, After = after, Limit = limit }, cancellationToken: cancellationToken);
        var rows = await database.ReadAsync(connection => connection.QueryAsync<TimelineRow>(command), cancellationToken);
        return [.. rows.Select(row => row.ToLine())];
    }

    public async Task<IReadOnlyList<RecordingView>> ListAsync(RecordingFilter filter, CancellationToken cancellationToken)
    {
        // The place in the list is compared where the index that serves the filter has it.
        var (place, table) = filter.Page.Party is null
            ? ("r", "voice_recordings r")
            : ("p", "voice_parties p JOIN voice_recordings r ON r.recording_id = p.recording_id");
        var page = new PageSql(filter.Page, $"{place}.created_at", $"{place}.recording_id", "p.phone");
        string[] status = filter.Status is null ? [] : ["r.status = @Status"];
        var sql = page.Select($"""
            {RecordingRow.ViewColumns}, r.parties, EXISTS (
                SELECT 1 FROM voice_timeline t WHERE t.recording_id = r.recording_id AND t.kind = '{TimelineKind.Contradiction}'
            ) AS is_contradicted
            """, table, status);
        page.Parameters.Add("Status", filter.Status?.Name());
        var command = new CommandDefinition(sql, page.Parameters, cancellationToken: cancellationToken);
        var rows = await database.ReadAsync(connection => connection.QueryAsync<RecordingRow>(command), cancellationToken);
        return [.. rows.Select(row => row.ToView())];
    }

    public async Task<UsedKey?> AddAsync(
        Recording recording, IdempotencyKey? key, Job? job, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (key is not null && await FindUseAsync(key, recording, transaction) is { } use) return use;
        await connection.ExecuteAsync(_insertSql, new RecordingSave([recording], [], deadlines, limits, changes), transaction);
        await AddPartiesAsync(recording, transaction);
        if (job is not null) await JobRepository.AddAsync(job, limits, transaction);
        await transaction.CommitAsync(cancellationToken);
        Count(recording);
        return null;
    }

    public async Task KeepAnswerAsync(
        IdempotencyKey key, Placement placement, string? refusalReason, CancellationToken cancellationToken)
    {
        const string sql = """
            UPDATE idempotency_keys SET placement = @Placement, refusal_reason = @RefusalReason WHERE idempotency_key = @Key
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            sql, new { key.Key, Placement = placement.ToString(), RefusalReason = refusalReason }, cancellationToken: cancellationToken));
    }

    public async Task<bool> SaveAsync(
        IReadOnlyCollection<Recording> recordings, IReadOnlyCollection<string> appliedCallbacks, CancellationToken cancellationToken)
    {
        var save = new RecordingSave(recordings, appliedCallbacks, deadlines, limits, changes);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var sql = appliedCallbacks.Count > 0 ? dialect.CommitLazily + _updateSql : _updateSql;
        var command = new CommandDefinition(sql, save, transaction, cancellationToken: cancellationToken);
        int saved, applied, events;
        using (var written = await connection.QueryMultipleAsync(command))
        {
            saved = (await written.ReadAsync<string>()).Count();
            applied = (await written.ReadAsync<string>()).Count();
            events = (await written.ReadAsync<string>()).Count();
        }
        if (saved < recordings.Count || applied < appliedCallbacks.Count) return false; // The transaction is rolled back with its end.
        await transaction.CommitAsync(cancellationToken);
        if (events > 0) changes.Publish(EventOutbox.NewEvents);
        foreach (var recording in recordings)
        {
            // Whoever gets a repeat may not have heard yet what another instance made of the first.
            if (recording.LooksDifferent || recording.News.Any(entry => entry.RepeatOf is not null)) changes.Publish(recording.RecordingId);
            foreach (var entry in recording.News) Tell(recording, entry);
        }
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

    private void Tell(Recording recording, TimelineEntry entry)
    {
        switch (entry.Kind)
        {
            case TimelineKind.StatusChanged:
                LogStatus(recording.RecordingId, entry.Detail, RecordingTrace.IdOf(recording.RecordingId).ToString());
                Count(recording);
                break;
            case TimelineKind.Contradiction:
                LogContradiction(recording.RecordingId, entry.Detail);
                Telemetry.Contradictions.Add(1);
                break;
        }
    }

    private static void Count(Recording recording) => Telemetry.Recordings.Add(1,
        Telemetry.Label("status", recording.Status.Name()), Telemetry.Label("code", recording.Failure?.Name() ?? ""));

    private static Batches<string, RecordingView?> Views(DbDataSource database, Dialect dialect)
    {
        var sql = $"""
            SELECT {RecordingRow.ViewColumns} FROM {dialect.Rows("@Wanted", "recording_id text")}
            JOIN voice_recordings r ON r.recording_id = v.recording_id
            """;
        return new(async recordingIds =>
        {
            var wanted = JsonSerializer.Serialize(recordingIds.Distinct().Select(recordingId => new { recording_id = recordingId }));
            var rows = await database.ReadAsync(
                connection => connection.QueryAsync<RecordingRow>(sql, new { Wanted = wanted }), CancellationToken.None);
            var views = rows.ToDictionary(row => row.RecordingId, row => row.ToView());
            return [.. recordingIds.Select(views.GetValueOrDefault)];
        }, largest: 128, atOnce: 2);
    }

    /// <returns>What the key was used for; null when it is now taken for this recording.</returns>
    private static async Task<UsedKey?> FindUseAsync(IdempotencyKey key, Recording recording, DbTransaction transaction)
    {
        const string take = """
            INSERT INTO idempotency_keys (idempotency_key, request_digest, recording_id, created_at)
            SELECT @Key, @RequestDigest, @RecordingId, @CreatedAt
            WHERE NOT EXISTS (SELECT 1 FROM idempotency_keys
                WHERE idempotency_key = @KeyAlone AND idempotency_key <> @Key AND created_at >= @ForgottenBefore)
            ON CONFLICT (idempotency_key) DO UPDATE
                SET request_digest = excluded.request_digest, recording_id = excluded.recording_id, created_at = excluded.created_at,
                    placement = NULL, refusal_reason = NULL
                WHERE idempotency_keys.created_at < @ForgottenBefore
            """;
        const string find = """
            SELECT recording_id, request_digest, placement, refusal_reason FROM idempotency_keys
            WHERE idempotency_key IN (@Key, @KeyAlone) ORDER BY length(idempotency_key) DESC LIMIT 1
            """;
        var parameters = new { key.Key, key.KeyAlone, key.RequestDigest, recording.RecordingId, recording.CreatedAt, key.ForgottenBefore };
        if (await transaction.Connection!.ExecuteAsync(take, parameters, transaction) == 1) return null;
        var (recordingId, digest, placement, reason) = await transaction.Connection!.QuerySingleAsync<(string, string, string?, string?)>(
            find, parameters, transaction);
        return new UsedKey(recordingId, digest, placement is null ? null : Enum.Parse<Placement>(placement), reason);
    }

    private static async Task AddPartiesAsync(Recording recording, DbTransaction transaction)
    {
        const string sql = "INSERT INTO voice_parties (phone, created_at, recording_id) VALUES (@Phone, @CreatedAt, @RecordingId)";
        var rows = recording.Facts.Parties.Select(party => new { Phone = party.Phone.Value, recording.CreatedAt, recording.RecordingId });
        await transaction.Connection!.ExecuteAsync(sql, rows, transaction);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Recording {RecordingId}: {Change}, trace {TraceId}.")]
    private partial void LogStatus(string recordingId, string change, string traceId);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Two reports on how the call of {RecordingId} ended contradict each other: {Detail}")]
    private partial void LogContradiction(string recordingId, string detail);
}
