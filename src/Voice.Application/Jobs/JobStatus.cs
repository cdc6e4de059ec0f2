using Voice.Domain;

namespace Voice.Application.Jobs;

/// <summary>How a job stands.</summary>
public enum JobStatus
{
    /// <summary>It waits for its recording to end.</summary>
    Waiting,

    /// <summary>It waits for its turn, or for its audio.</summary>
    Queued,

    /// <summary>Somebody works on it.</summary>
    Running,

    /// <summary>It came to a contract.</summary>
    Completed,

    /// <summary>It came to nothing; the failure says why.</summary>
    Failed,
}

/// <summary>What a running job is at.</summary>
public enum JobStep
{
    /// <summary>Getting the audio.</summary>
    Fetching,

    /// <summary>Making it what speech engines want.</summary>
    Decoding,

    /// <summary>Turning speech into words.</summary>
    Listening,

    /// <summary>Reading terms from words.</summary>
    Reading,
}

/// <summary>How far a running job is.</summary>
/// <param name="Step">The step.</param>
/// <param name="Done">The part of the step that is done, 0 to 1; 0 where that cannot be told.</param>
public sealed record JobProgress(JobStep Step, double Done = 0);

/// <summary>Whose fault a failure is, which tells what to do about it.</summary>
public enum JobFailureKind
{
    /// <summary>The audio cannot be used.</summary>
    Invalid,

    /// <summary>There is another contract of the same call.</summary>
    Conflict,

    /// <summary>A program that this needs is not installed on our side, which does not pass.</summary>
    NotInstalled,

    /// <summary>Something is broken on our side.</summary>
    Unavailable,
}

/// <summary>Why a job came to nothing.</summary>
/// <param name="Kind">Whose fault it is.</param>
/// <param name="Sentence">What went wrong and what to do next.</param>
public sealed record JobFailure(JobFailureKind Kind, string Sentence);

/// <summary>Statuses, steps and failures as the API and the database spell them.</summary>
public static class JobNames
{
    /// <summary>The name, such as <c>queued</c>.</summary>
    public static string Name(this JobStatus status) => status switch
    {
        JobStatus.Waiting => "waiting",
        JobStatus.Queued => "queued",
        JobStatus.Running => "running",
        JobStatus.Completed => "completed",
        JobStatus.Failed => "failed",
    };

    /// <summary>The name, such as <c>fetching</c>.</summary>
    public static string Name(this JobStep step) => step switch
    {
        JobStep.Fetching => "fetching",
        JobStep.Decoding => "decoding",
        JobStep.Listening => "listening",
        JobStep.Reading => "reading",
    };

    /// <summary>The name, such as <c>invalid</c>.</summary>
    public static string Name(this JobFailureKind kind) => kind switch
    {
        JobFailureKind.Invalid => "invalid",
        JobFailureKind.Conflict => "conflict",
        JobFailureKind.NotInstalled => "not_installed",
        JobFailureKind.Unavailable => "unavailable",
    };

    /// <summary>Reads the name of a status.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static JobStatus ParseStatus(string name) => Names.Parse<JobStatus>(name, Name);

    /// <summary>Reads the name of a step.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static JobStep ParseStep(string name) => Names.Parse<JobStep>(name, Name);

    /// <summary>Reads the name of a kind.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static JobFailureKind ParseFailureKind(string name) => Names.Parse<JobFailureKind>(name, Name);
}
