using AutoMapper;
using MediatR;

namespace Voice.Application.Jobs;

/// <summary>What has become of a job?</summary>
/// <param name="JobId">The job; any text.</param>
public sealed record GetJob(string JobId) : IRequest<JobBody>;

internal sealed class GetJobHandler(IJobRepository jobs, IMapper mapper) : IRequestHandler<GetJob, JobBody>
{
    public async Task<JobBody> Handle(GetJob request, CancellationToken cancellationToken) =>
        mapper.Map<JobBody>(await Lookup.GetAsync(jobs.FindAsync, request.JobId, "Job not found", cancellationToken));
}
