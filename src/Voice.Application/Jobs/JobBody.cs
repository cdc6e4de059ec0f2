namespace Voice.Application.Jobs;

/// <summary>A job as its caller polls it.</summary>
public sealed record JobBody
{
    /// <summary>The job.</summary>
    public required string JobId { get; init; }

    /// <summary>queued, running, completed or failed.</summary>
    public required string Status { get; init; }

    /// <summary>How far it is; null unless running.</summary>
    public JobProgressBody? Progress { get; init; }

    /// <summary>The contract, once completed.</summary>
    public string? ContractId { get; init; }

    /// <summary>What went wrong and what to do next, when failed.</summary>
    public string? Failure { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    internal static JobBody Of(Job job) => new()
    {
        JobId = job.JobId,
        Status = job.Status.Name(),
        Progress = job.Progress is { } progress ? new(progress.Step.Name(), progress.Done) : null,
        ContractId = job.ContractId,
        Failure = job.Failure?.Sentence,
        CreatedAt = job.CreatedAt,
    };
}

/// <summary>How far a running job is.</summary>
/// <param name="Step">fetching, decoding, listening or reading.</param>
/// <param name="Done">The part of the step that is done, 0 to 1; 0 where that cannot be told.</param>
public sealed record JobProgressBody(string Step, double Done);
