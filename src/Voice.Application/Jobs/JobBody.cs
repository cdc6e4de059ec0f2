using System.ComponentModel.DataAnnotations;
using AutoMapper;

namespace Voice.Application.Jobs;

/// <summary>A job as its caller polls it.</summary>
public sealed record JobBody
{
    /// <summary>The job.</summary>
    public required string JobId { get; init; }

    /// <summary>waiting (for its recording to end), queued, running, completed or failed.</summary>
    [OneOf(typeof(JobStatus))]
    public required string Status { get; init; }

    /// <summary>How far it is; null unless running.</summary>
    public JobProgressBody? Progress { get; init; }

    /// <summary>The contract, once completed.</summary>
    public string? ContractId { get; init; }

    /// <summary>What went wrong and what to do next, when failed.</summary>
    public string? Failure { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>How far a running job is.</summary>
/// <param name="Step">fetching, decoding, listening or reading.</param>
/// <param name="Done">The part of the step that is done, 0 to 1; 0 where that cannot be told.</param>
public sealed record JobProgressBody([property: OneOf(typeof(JobStep))] string Step, [property: Range(0, 1)] double Done);

internal sealed class JobProfile : Profile
{
    public JobProfile()
    {
        CreateMap<Job, JobBody>()
            .ForMember(body => body.Status, map => map.MapFrom(job => job.Status.Name()))
            .ForMember(body => body.Failure, map => map.MapFrom(job => job.Failure == null ? null : job.Failure.Sentence));
        CreateMap<JobProgress, JobProgressBody>()
            .ForCtorParam(nameof(JobProgressBody.Step), map => map.MapFrom(progress => progress.Step.Name()));
    }
}
