using System.Security.Cryptography;
using Voice.Application.Contracts;
using Voice.Domain.Recordings;

namespace Voice.Application.Jobs;

/// <summary>
/// Work on audio, which outlives its caller, a restart and an instance. Whoever takes a job holds it for a short lease and extends it; what
/// comes of a try is decided here.
/// </summary>
public sealed record Job
{
    /// <summary>How long a job belongs to its taker: short, so that another instance soon takes over from one that died.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    /// <summary>How often a job is tried. A try counts also when the process died of it.</summary>
    public const int MostTries = 5;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>The identifier.</summary>
    public required string JobId { get; init; }

    /// <summary>Who asked for it, by the name that callers are counted by.</summary>
    public string Caller { get; init; } = "";

    /// <summary>What is to be made.</summary>
    public required ContractOrder Order { get; init; }

    /// <summary>How it stands.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>How far it is, while it is worked on.</summary>
    public JobProgress? Progress { get; init; }

    /// <summary>The contract, once completed.</summary>
    public string? ContractId { get; init; }

    /// <summary>What went wrong, when failed.</summary>
    public JobFailure? Failure { get; init; }

    /// <summary>When it was asked for, UTC, whole milliseconds.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it may be taken (again); null once it has ended.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Since when its audio is waited for; null: it never was missing.</summary>
    public DateTimeOffset? MissingSince { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Tries { get; init; }

    /// <summary>How often it was taken: the guard against a taker whose lease is over.</summary>
    public int Version { get; init; }

    /// <summary>It has ended, one way or the other.</summary>
    public bool HasEnded => Status is JobStatus.Completed or JobStatus.Failed;

    /// <summary>A new job, due at once.</summary>
    public static Job New(ContractOrder order, string caller, DateTimeOffset now) => new()
    {
        Caller = caller,
        JobId = $"job_{RandomNumberGenerator.GetHexString(24, lowercase: true)}",
        Order = order,
        Status = JobStatus.Queued,
        CreatedAt = now,
        DueAt = now,
    };

    /// <summary>A new job that begins once its recording has ended.</summary>
    public static Job OnceRecorded(ContractOrder order, string caller, DateTimeOffset now) =>
        New(order, caller, now) with { Status = JobStatus.Waiting, DueAt = DateTimeOffset.MaxValue };

    /// <summary>What the timeline of its recording says of how it stands.</summary>
    /// <param name="now">Since when, UTC, whole milliseconds.</param>
    public TimelineEntry Line(DateTimeOffset now)
    {
        var (kind, words) = Status switch
        {
            JobStatus.Waiting => (TimelineKind.JobQueued, ": a contract is made once the call is recorded"),
            JobStatus.Queued => (TimelineKind.JobQueued, ""),
            JobStatus.Running => (TimelineKind.JobStarted, ""),
            JobStatus.Completed => (TimelineKind.JobDone, $": {ContractId}"),
            JobStatus.Failed => (TimelineKind.JobFailed, $": {Failure!.Sentence}"),
        };
        return new(now, kind, $"{JobId}{words}", RepeatOf: $"{kind} {JobId}"); // Of each try only the count grows.
    }

    /// <summary>It came to that contract.</summary>
    public Job Completed(string contractId) => Ended(JobStatus.Completed) with { ContractId = contractId };

    /// <summary>It cannot succeed, and no further try would change that.</summary>
    public Job Failed(JobFailureKind kind, string sentence) => Ended(JobStatus.Failed) with { Failure = new(kind, sentence) };

    /// <summary>
    /// Its audio is not there (yet). Waiting for it is no try, and is done again after as long as it has waited already, within bounds.
    /// </summary>
    /// <param name="now">The time, UTC, whole milliseconds.</param>
    /// <param name="atMost">How long it is worth waiting.</param>
    /// <param name="sentence">What to tell when that is over.</param>
    public Job AudioMissing(DateTimeOffset now, TimeSpan atMost, string sentence)
    {
        var since = MissingSince ?? now;
        if (now - since >= atMost) return Failed(JobFailureKind.Invalid, sentence);
        var pause = TimeSpan.FromTicks(Math.Clamp((now - since).Ticks, ShortestPause.Ticks, LongestPause.Ticks));
        return this with { Status = JobStatus.Queued, Progress = null, MissingSince = since, Tries = Tries - 1, DueAt = now + pause };
    }

    /// <summary>There is no room for its files: it waits until there is, however long, and that is no try.</summary>
    public Job WithoutRoom(DateTimeOffset now) =>
        this with { Status = JobStatus.Queued, Progress = null, Tries = Tries - 1, DueAt = now + Lease };

    /// <summary>Whoever works on it shuts down: another takes it up at once, and that was no try.</summary>
    public Job GivenBack(DateTimeOffset now) =>
        this with { Status = JobStatus.Queued, Progress = null, Tries = Tries - 1, DueAt = now };

    /// <summary>Something failed on our side, which may pass: it is tried again, but not for ever.</summary>
    public Job Troubled(DateTimeOffset now) => Tries >= MostTries
        ? Failed(JobFailureKind.Unavailable, "It failed several times on our side. Try again; if it stays, tell the operator.")
        : this with { Status = JobStatus.Queued, Progress = null, DueAt = now + Lease };

    private Job Ended(JobStatus status) => this with { Status = status, Progress = null, DueAt = null };
}
