using System.Data.Common;
using System.Text.Json;
using Dapper;
using Voice.Application.Contracts;
using Voice.Infrastructure.Database;

namespace Voice.Infrastructure.Contracts;

internal sealed class JobRepository(DbDataSource database, Dialect dialect) : IJobRepository
{
    public Task AddAsync(string jobId, JobRequest request, DateTimeOffset now, CancellationToken cancellationToken) => ExecuteAsync("""
        INSERT INTO processing_jobs (job_id, request, status, created_at, due_at) VALUES (@JobId, @Request, 'queued', @Now, @Now)
        """, new { JobId = jobId, Request = JsonSerializer.Serialize(request, ContractJson.Options), Now = now }, cancellationToken);

    public async Task<JobBody?> FindAsync(string jobId, CancellationToken cancellationToken)
    {
        const string sql = "SELECT job_id, status, contract_id, failure, created_at FROM processing_jobs WHERE job_id = @JobId";
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<JobRow>(new CommandDefinition(sql, new { JobId = jobId }, cancellationToken: cancellationToken));
        return row is null ? null : new JobBody { JobId = row.JobId, Status = row.Status, ContractId = row.ContractId, Failure = row.Failure, CreatedAt = row.CreatedAt };
    }

    public async Task<TakenJob?> TakeAsync(DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var sql = $"""
            UPDATE processing_jobs SET status = 'running', due_at = @Until, tries = tries + 1
            WHERE job_id IN (SELECT job_id FROM processing_jobs WHERE due_at <= @Now ORDER BY due_at LIMIT 1 {dialect.SkipLocked})
            RETURNING job_id, request, tries
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<JobRow>(new CommandDefinition(sql, new { Now = now, Until = until }, cancellationToken: cancellationToken));
        return row is null ? null : new TakenJob(row.JobId, JsonSerializer.Deserialize<JobRequest>(row.Request, ContractJson.Options)!, row.Tries);
    }

    public Task ExtendAsync(string jobId, DateTimeOffset until, CancellationToken cancellationToken) =>
        ExecuteAsync("UPDATE processing_jobs SET due_at = @Until WHERE job_id = @JobId AND status = 'running'", new { JobId = jobId, Until = until }, cancellationToken);

    public Task FinishAsync(string jobId, string? contractId, string? failure, CancellationToken cancellationToken) => ExecuteAsync("""
        UPDATE processing_jobs SET status = CASE WHEN @ContractId IS NULL THEN 'failed' ELSE 'completed' END, contract_id = @ContractId, failure = @Failure, due_at = NULL
        WHERE job_id = @JobId
        """, new { JobId = jobId, ContractId = contractId, Failure = failure }, cancellationToken);

    private async Task ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
    }

    private sealed class JobRow
    {
        public string JobId { get; init; } = "";
        public string Request { get; init; } = "";
        public string Status { get; init; } = "";
        public string? ContractId { get; init; }
        public string? Failure { get; init; }
        public int Tries { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
    }
}
