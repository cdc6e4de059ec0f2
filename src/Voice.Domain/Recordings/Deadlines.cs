namespace Voice.Domain.Recordings;

/// <summary>
/// How long a recording may stay in a status that is not final. Every rule is a pure function of the recording and the time.
/// </summary>
/// <param name="Setup">How long a call that is being set up may go without news.</param>
/// <param name="Processing">How long the audio may take to arrive after the call.</param>
public sealed record Deadlines(TimeSpan Setup, TimeSpan Processing)
{
    /// <summary>When the recording fails unless something is heard; null once its status is final.</summary>
    public DateTimeOffset? Of(Recording recording)
    {
        var facts = recording.Facts;
        return recording.Status switch
        {
            RecordingStatus.Recording when facts.ConnectedAt is { } connected => connected + recording.LongestCall + Setup,
            RecordingStatus.Recording => (facts.HeardAt ?? recording.CreatedAt) + Setup,
            RecordingStatus.Processing => facts.OverAt + Processing,
            RecordingStatus.Failed or RecordingStatus.Completed => null,
        };
    }

    /// <summary>What the recording has failed of at that time; null while it may still wait.</summary>
    public FailureCode? Missed(Recording recording, DateTimeOffset now) => Of(recording) is not { } due || now < due ? null
        : recording.Status == RecordingStatus.Processing
            ? recording.Facts.AddressWasRefused ? FailureCode.AudioUnavailable : FailureCode.AudioMissing
        : recording.Facts.ConnectedAt is not null ? FailureCode.CallTooLong
        : recording.Facts.Placement is null && recording.Facts.HeardAt is null ? FailureCode.OutcomeUnknown
        : FailureCode.ProviderSilent;
}
