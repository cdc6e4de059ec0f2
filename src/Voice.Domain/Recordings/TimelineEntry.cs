namespace Voice.Domain.Recordings;

/// <summary>One thing that happened to a recording.</summary>
/// <param name="At">When, UTC, whole milliseconds.</param>
/// <param name="Kind">What sort of thing: see <see cref="TimelineKind"/>.</param>
/// <param name="Detail">A few words for a person, with nothing personal in them.</param>
/// <param name="RepeatOf">
/// Identity of what a report says that changed nothing: all that say the same are one entry. Null for everything else.
/// </param>
/// <param name="Times">How often it happened.</param>
public sealed record TimelineEntry(DateTimeOffset At, string Kind, string Detail, string? RepeatOf = null, int Times = 1)
{
    /// <summary>What happened, and how often where that is more than once.</summary>
    public string Words => Times == 1 ? Detail : $"{Detail} ({Times} times)";
}

/// <summary>The sorts of timeline entry, as the API spells them.</summary>
public static class TimelineKind
{
    /// <summary>The conference was created.</summary>
    public const string Created = "created";

    /// <summary>The provider took the call.</summary>
    public const string Dialled = "dialled";

    /// <summary>The provider did not take the call.</summary>
    public const string NotDialled = "not_dialled";

    /// <summary>The provider reported something.</summary>
    public const string ProviderEvent = "provider_event";

    /// <summary>The provider reported something that contradicts what is settled; it changed nothing.</summary>
    public const string Contradiction = "contradiction";

    /// <summary>The recording took another status.</summary>
    public const string StatusChanged = "status_changed";

    /// <summary>Reports of the past are read better now, and the recording is what it would have been.</summary>
    public const string Mended = "mended";

    /// <summary>Nothing was heard for too long.</summary>
    public const string Deadline = "deadline";

    /// <summary>Work on the audio was asked for, or waits for another try.</summary>
    public const string JobQueued = "job_queued";

    /// <summary>The work began.</summary>
    public const string JobStarted = "job_started";

    /// <summary>The work came to a contract.</summary>
    public const string JobDone = "job_done";

    /// <summary>The work came to nothing.</summary>
    public const string JobFailed = "job_failed";

    /// <summary>There is a contract.</summary>
    public const string ContractMade = "contract_made";

    /// <summary>A party was sent a code to confirm it with.</summary>
    public const string CodeSent = "code_sent";

    /// <summary>The code did not, or may not have, reached the party.</summary>
    public const string CodeNotSent = "code_not_sent";

    /// <summary>A party said yes.</summary>
    public const string ContractConfirmed = "contract_confirmed";

    /// <summary>A party said no.</summary>
    public const string ContractRejected = "contract_rejected";

    /// <summary>Not every party had confirmed it in time.</summary>
    public const string ContractExpired = "contract_expired";
}
