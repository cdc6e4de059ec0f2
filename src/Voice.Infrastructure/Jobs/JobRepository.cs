using System.Data.Common;
using System.Diagnostics;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Logging;
using Voice.Application;
using Voice.Application.Jobs;
using Voice.Application.Recordings;
using Voice.Domain.Recordings;
using Voice.Infrastructure.Contracts;
using Voice.Infrastructure.Database;
using Voice.Infrastructure.Recordings;

namespace Voice.Infrastructure.Jobs;

internal sealed partial class JobRepository(DbDataSource database, Dialect dialect, ChangeFeed changes, ILogger<JobRepository> logger)
    : IJobRepository
{
    /// <summary>What whoever does jobs watches for new ones.</summary>
    public const string NewJobs = "jobs";

    private const string Columns = """
        job_id, recording_id, caller, request, request_digest, status, step, done, contract_id, failure_kind, failure, created_at, due_at,
        missing_since, tries, version
        """;

    public async Task<Job> AddAsync(Job job, Limits limits, CancellationToken cancellationToken)
    {
        const string find = $"SELECT {Columns} FROM processing_jobs WHERE request_digest = @RequestDigest AND due_at IS NOT NULL";
        var command = new CommandDefinition(find, new { RequestDigest = job.Order.ToDigest() }, cancellationToken: cancellationToken);
        while (true)
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            if (await connection.QuerySingleOrDefaultAsync<JobRow>(command) is { } live) return live.ToJob();
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            if (!await AddAsync(job, limits, transaction)) continue; // Somebody else has asked for the same in between.
            await transaction.CommitAsync(cancellationToken);
            changes.Publish(NewJobs);
            return job;
        }
    }

    /// <summary>Stores a new job in a transaction of others.</summary>
    /// <returns>Whether it was stored; false: one with the same order has not ended yet.</returns>
    /// <exception cref="TooManyException">Too many jobs have not ended, of this caller or of all.</exception>
    public static async Task<bool> AddAsync(Job job, Limits limits, DbTransaction transaction)
    {
        const string count = """
            SELECT COUNT(*) AS all_callers, COUNT(CASE WHEN caller = @Caller THEN 1 END) AS this_one
            FROM processing_jobs WHERE due_at IS NOT NULL
            """;
        const string insert = $"""
            INSERT INTO processing_jobs ({Columns})
            VALUES (
                @JobId, @RecordingId, @Caller, @Request, @RequestDigest, @Status, @Step, @Done, @ContractId, @FailureKind, @Failure,
                @CreatedAt, @DueAt, @MissingSince, @Tries, @Version)
            ON CONFLICT (request_digest) WHERE due_at IS NOT NULL DO NOTHING
            """;
        var row = new JobRow(job);
        var (all, own) = await transaction.Connection!.QuerySingleAsync<(int, int)>(count, row, transaction);
        if (all >= limits.Jobs || own >= limits.JobsPerCaller)
            throw new TooManyException("Too many recordings wait to be processed. Try again when some of them are done.");
        if (await transaction.Connection!.ExecuteAsync(insert, row, transaction) == 0) return false;
        await transaction.NoteAsync(row.RecordingId, job.Line(job.CreatedAt));
        return true;
    }

    public async Task<Job?> FindAsync(string jobId, CancellationToken cancellationToken)
    {
        const string sql = $"SELECT {Columns} FROM processing_jobs WHERE job_id = @JobId";
        var command = new CommandDefinition(sql, new { JobId = jobId }, cancellationToken: cancellationToken);
        return (await database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<JobRow>(command), cancellationToken))?.ToJob();
    }

    public async Task<Job?> FindOfAsync(string recordingId, CancellationToken cancellationToken)
    {
        const string sql = $"""
            SELECT {Columns} FROM processing_jobs WHERE recording_id = @RecordingId ORDER BY created_at DESC, job_id LIMIT 1
            """;
        var command = new CommandDefinition(sql, new { RecordingId = recordingId }, cancellationToken: cancellationToken);
        return (await database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<JobRow>(command), cancellationToken))?.ToJob();
    }

    public async Task WakeAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The status is written out as the index has it.
        var sql = $"""
            UPDATE processing_jobs SET status = @Queued, due_at = @Now
            WHERE status = '{JobStatus.Waiting.Name()}' AND EXISTS (
                SELECT 1 FROM voice_recordings r
                WHERE r.recording_id = processing_jobs.recording_id AND r.status IN (@Completed, @Failed))
            """;
        var parameters = new
        {
            Now = now,
            Queued = JobStatus.Queued.Name(),
            Completed = RecordingStatus.Completed.Name(),
            Failed = RecordingStatus.Failed.Name(),
        };
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        if (await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)) > 0)
            changes.Publish(NewJobs);
    }

    public async Task<Job?> TakeAsync(DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var sql = $"""
            UPDATE processing_jobs SET status = @Running, due_at = @Until, taken_at = @Now, tries = tries + 1, version = version + 1
            WHERE job_id IN (
                SELECT j.job_id FROM processing_jobs j WHERE j.due_at <= @Now
                ORDER BY COALESCE((SELECT MAX(t.taken_at) FROM processing_jobs t WHERE t.caller = j.caller), 0), j.due_at
                LIMIT 1 {dialect.SkipLocked})
            RETURNING {Columns}
            """;
        var parameters = new { Now = now, Until = until, Running = JobStatus.Running.Name() };
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var command = new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken);
        if ((await connection.QueryAsync<JobRow>(command)).SingleOrDefault()?.ToJob() is not { } job) return null;
        await transaction.NoteAsync(job.Order.RecordingId, job.Line(now));
        await transaction.CommitAsync(cancellationToken);
        return job;
    }

    public async Task ExtendAsync(Job job, JobProgress? progress, DateTimeOffset until, CancellationToken cancellationToken)
    {
        const string sql = """
            UPDATE processing_jobs SET due_at = @Until, step = @Step, done = @Done
            WHERE job_id = @JobId AND version = @Version AND due_at IS NOT NULL
            """;
        var parameters = new { job.JobId, job.Version, Until = until, Step = progress?.Step.Name(), progress?.Done };
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
    }

    public async Task<bool> SaveAsync(Job job, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = """
            UPDATE processing_jobs SET
                status = @Status, step = @Step, done = @Done, contract_id = @ContractId, failure_kind = @FailureKind, failure = @Failure,
                due_at = @DueAt, missing_since = @MissingSince, tries = @Tries, version = version + 1
            WHERE job_id = @JobId AND version = @Version
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var command = new CommandDefinition(sql, new JobRow(job), transaction, cancellationToken: cancellationToken);
        if (await connection.ExecuteAsync(command) == 0) return false;
        await transaction.NoteAsync(job.Order.RecordingId, job.Line(now));
        await transaction.CommitAsync(cancellationToken);
        changes.Publish(job.JobId);
        if (job.HasEnded) Tell(job);
        return true;
    }

    private void Tell(Job job)
    {
        Telemetry.Jobs.Add(1, Telemetry.Label("status", job.Status.Name()));
        var trace = job.Order.RecordingId is { } id ? RecordingTrace.IdOf(id) : Activity.Current?.TraceId;
        LogEnded(job.JobId, job.Order.RecordingId ?? "none", job.Status.Name(), job.Failure?.Kind.Name() ?? "none",
            trace?.ToString() ?? "none");
    }

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Job {JobId}: {Status}, failure {Failure}, recording {RecordingId}, trace {TraceId}.")]
    private partial void LogEnded(string jobId, string recordingId, string status, string failure, string traceId);

    private sealed class JobRow
    {
        public JobRow()
        {
        }

        public JobRow(Job job)
        {
            JobId = job.JobId;
            RecordingId = job.Order.RecordingId;
            Caller = job.Caller;
            Request = JsonSerializer.Serialize(job.Order, ContractJson.Default.ContractOrder);
            RequestDigest = job.Order.ToDigest();
            Status = job.Status.Name();
            Step = job.Progress?.Step.Name();
            Done = job.Progress?.Done;
            ContractId = job.ContractId;
            FailureKind = job.Failure?.Kind.Name();
            Failure = job.Failure?.Sentence;
            CreatedAt = job.CreatedAt;
            DueAt = job.DueAt;
            MissingSince = job.MissingSince;
            Tries = job.Tries;
            Version = job.Version;
        }

        public string JobId { get; init; } = "";
        public string? RecordingId { get; init; }
        public string Caller { get; init; } = "";
        public string Request { get; init; } = "";
        public string RequestDigest { get; init; } = "";
        public string Status { get; init; } = "";
        public string? Step { get; init; }
        public double? Done { get; init; }
        public string? ContractId { get; init; }
        public string? FailureKind { get; init; }
        public string? Failure { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? DueAt { get; init; }
        public DateTimeOffset? MissingSince { get; init; }
        public int Tries { get; init; }
        public int Version { get; init; }

        public Job ToJob() => new()
        {
            JobId = JobId,
            Caller = Caller,
            Order = JsonSerializer.Deserialize(Request, ContractJson.Default.ContractOrder)!,
            Status = JobNames.ParseStatus(Status),
            Progress = Step is null ? null : new(JobNames.ParseStep(Step), Done ?? 0),
            ContractId = ContractId,
            Failure = FailureKind is null ? null : new(JobNames.ParseFailureKind(FailureKind), Failure!),
            CreatedAt = CreatedAt,
            DueAt = DueAt,
            MissingSince = MissingSince,
            Tries = Tries,
            Version = Version,
        };
    }
}
