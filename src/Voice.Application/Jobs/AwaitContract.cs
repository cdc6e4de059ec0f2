using FluentValidation;
using MediatR;
using Voice.Application.Contracts;
using Voice.Application.Recordings;

namespace Voice.Application.Jobs;

/// <summary>Wait for a job to end, and take the contract that it came to.</summary>
/// <param name="JobId">The job.</param>
public sealed record AwaitContract(string JobId) : IRequest<ContractBody>;

internal sealed class AwaitContractHandler(IJobRepository jobs, IMediator mediator, IChangeFeed changes, TimeProvider clock)
    : IRequestHandler<AwaitContract, ContractBody>
{
    // A job that ends on another instance is found by looking.
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(1);

    /// <exception cref="ValidationException">The audio cannot be used.</exception>
    /// <exception cref="ConflictException">There is another contract of the same call.</exception>
    /// <exception cref="ToolMissingException">Something is not installed on our side.</exception>
    /// <exception cref="EngineFailedException">Something is broken on our side, or the service is shutting down.</exception>
    public async Task<ContractBody> Handle(AwaitContract request, CancellationToken cancellationToken)
    {
        var job = await EndAsync(request.JobId, cancellationToken);
        if (job.ContractId is { } contractId) return await mediator.Send(new GetContract(contractId), cancellationToken);
        if (job.Failure is not { } failure) throw new EngineFailedException(
            "The service is restarting; the work goes on. Send the same request again.");
        throw failure.Kind switch
        {
            JobFailureKind.Invalid => new ValidationException([new(job.Order.AudioMember, failure.Sentence)]),
            JobFailureKind.Conflict => new ConflictException(failure.Sentence),
            JobFailureKind.NotInstalled => new ToolMissingException(failure.Sentence),
            JobFailureKind.Unavailable => new EngineFailedException(failure.Sentence),
        };
    }

    private async Task<Job> EndAsync(string jobId, CancellationToken cancellationToken)
    {
        using var watch = changes.Watch(jobId);
        while (true)
        {
            var next = watch.Change;
            var job = await Lookup.GetAsync(jobs.FindAsync, jobId, "Job not found", cancellationToken);
            if (job.HasEnded || changes.IsClosing) return job;
            await next.WaitAsync(LookAgainAfter, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
