using System.Data.Common;
using System.Security.Cryptography;
using FluentValidation;
using MediatR;

namespace Voice.Application.Contracts;

/// <summary>What a job has to do: one of the two.</summary>
/// <param name="Recording">Process a recording.</param>
/// <param name="Upload">Process an upload.</param>
public sealed record JobRequest(ProcessRecording? Recording = null, ProcessUpload? Upload = null);

/// <summary>Processing that nobody waits for, as a caller polls it.</summary>
public sealed record JobBody
{
    /// <summary>The job.</summary>
    public required string JobId { get; init; }

    /// <summary>queued, running, completed or failed.</summary>
    public required string Status { get; init; }

    /// <summary>The contract, once completed.</summary>
    public string? ContractId { get; init; }

    /// <summary>What went wrong and what to do next, when failed.</summary>
    public string? Failure { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A job that was taken to be done.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Request">What to do.</param>
/// <param name="Tries">How often it was taken, this time included.</param>
public sealed record TakenJob(string JobId, JobRequest Request, int Tries);

/// <summary>Stores jobs. Every method throws a <see cref="DbException"/> when the database is away.</summary>
public interface IJobRepository
{
    /// <summary>Stores a new job, due at once.</summary>
    Task AddAsync(string jobId, JobRequest request, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The job with that id; null when there is none.</summary>
    Task<JobBody?> FindAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>A job that is due, given to one caller only until <paramref name="until"/>; null when there is none.</summary>
    Task<TakenJob?> TakeAsync(DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Keeps a taken job until a later time.</summary>
    Task ExtendAsync(string jobId, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>The job is done: with a contract, or with a failure.</summary>
    Task FinishAsync(string jobId, string? contractId, string? failure, CancellationToken cancellationToken);
}

/// <summary>Process without waiting for it.</summary>
public sealed record StartProcessing(JobRequest Request) : IRequest<JobBody>;

/// <summary>What has become of a job?</summary>
public sealed record GetProcessing(string JobId) : IRequest<JobBody>;

/// <summary>Does the jobs that are due, one after the other. Safe on any number of instances at once.</summary>
public sealed record RunJobs : IRequest;

internal sealed class StartProcessingHandler(IJobRepository jobs, TimeProvider clock) : IRequestHandler<StartProcessing, JobBody>
{
    public async Task<JobBody> Handle(StartProcessing request, CancellationToken cancellationToken)
    {
        var job = new JobBody { JobId = $"job_{RandomNumberGenerator.GetHexString(24, lowercase: true)}", Status = "queued", CreatedAt = clock.GetUtcMilliseconds() };
        await jobs.AddAsync(job.JobId, request.Request, job.CreatedAt, cancellationToken);
        return job;
    }
}

internal sealed class GetProcessingHandler(IJobRepository jobs) : IRequestHandler<GetProcessing, JobBody>
{
    public Task<JobBody> Handle(GetProcessing request, CancellationToken cancellationToken) =>
        Lookup.GetAsync(jobs.FindAsync, request.JobId, "Job not found", cancellationToken);
}

internal sealed class RunJobsHandler(IJobRepository jobs, IMediator mediator, IAudioSource source, TimeProvider clock) : AsyncRequestHandler<RunJobs>
{
    // Short, so that another instance soon takes over from one that died; whoever is alive extends it.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private const int MostTries = 5;
    private const int MostTriesElsewhere = 20;

    protected override async Task Handle(RunJobs request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = clock.GetUtcMilliseconds();
            if (await jobs.TakeAsync(now, now + Lease, cancellationToken) is not { } job) return;
            await RunAsync(job, cancellationToken);
        }
    }

    private async Task RunAsync(TakenJob job, CancellationToken cancellationToken)
    {
        // The instance that took the upload in has its file, unless they share a folder. Its turn comes when the lease ends.
        if (job.Request.Upload is { } kept && !Path.Exists(kept.Path) && job.Tries < MostTriesElsewhere) return;
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var extending = ExtendAsync(job.JobId, done.Token);
        try
        {
            var contract = job.Request.Recording is { } recording
                ? await mediator.Send(recording, cancellationToken)
                : await mediator.Send(job.Request.Upload!, cancellationToken);
            await FinishAsync(job, contract.ContractId, null, cancellationToken);
        }
        catch (Exception exception) when (SentenceFor(exception) is { } sentence)
        {
            await FinishAsync(job, null, sentence, cancellationToken);
        }
        catch (Exception exception) when (job.Tries >= MostTries && exception is not OperationCanceledException)
        {
            await FinishAsync(job, null, "It failed several times on our side. Try again; if it stays, tell the operator.", cancellationToken);
            throw;
        }
        finally
        {
            await done.CancelAsync();
            await extending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FinishAsync(TakenJob job, string? contractId, string? failure, CancellationToken cancellationToken)
    {
        await jobs.FinishAsync(job.JobId, contractId, failure, cancellationToken);
        if (job.Request.Upload is { } upload && Path.Exists(upload.Path)) source.Open(upload.Path, upload.Sha256).Dispose();
    }

    // What no further try would change. Anything else is thrown: it is logged, and the job is due again when its lease ends.
    private static string? SentenceFor(Exception exception) => exception switch
    {
        ValidationException invalid => string.Join(' ', invalid.Errors.Select(error => error.ErrorMessage)),
        NotFoundException or ConflictException or ToolMissingException => exception.Message,
        _ => null,
    };

    private async Task ExtendAsync(string jobId, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(Lease / 3, clock, cancellationToken);
            try
            {
                await jobs.ExtendAsync(jobId, clock.GetUtcMilliseconds() + Lease, cancellationToken);
            }
            catch (DbException)
            {
                // The next one may succeed; if none does, another instance takes the job, which ends in the same contract.
            }
        }
    }
}
