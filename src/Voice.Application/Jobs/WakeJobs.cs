using MediatR;

namespace Voice.Application.Jobs;

/// <summary>Lets the jobs begin whose recording has ended. Safe on any number of instances at once.</summary>
public sealed record WakeJobs : IRequest;

internal sealed class WakeJobsHandler(IJobRepository jobs, TimeProvider clock) : AsyncRequestHandler<WakeJobs>
{
    protected override Task Handle(WakeJobs request, CancellationToken cancellationToken) =>
        jobs.WakeAsync(clock.GetUtcMilliseconds(), cancellationToken);
}
