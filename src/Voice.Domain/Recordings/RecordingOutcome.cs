namespace Voice.Domain.Recordings;

/// <summary>What a recording has come to: the few facts that decide what a caller sees, and what it sees of them.</summary>
/// <param name="OverAt">When the call was first known (or, past a deadline, taken) to be over.</param>
/// <param name="Url">Address of the audio.</param>
/// <param name="Seconds">Length in whole seconds.</param>
/// <param name="Failure">Why the call failed, as far as anybody said.</param>
/// <param name="CompletedAt">When the recording became completed.</param>
public readonly record struct RecordingOutcome(
    DateTimeOffset? OverAt, string? Url, int? Seconds, FailureCode? Failure, DateTimeOffset? CompletedAt)
{
    /// <summary>The status that these facts imply.</summary>
    public RecordingStatus Status =>
        OverAt is null ? RecordingStatus.Recording
        : Url is not null ? RecordingStatus.Completed
        : Failure is not null ? RecordingStatus.Failed
        : RecordingStatus.Processing;

    /// <summary>Length of the recording in whole seconds; null while there is none to measure.</summary>
    public int? ShownSeconds => Status is RecordingStatus.Processing or RecordingStatus.Completed ? Seconds : null;

    /// <summary>Address of the audio; null unless the recording is completed.</summary>
    public string? ShownUrl => Status == RecordingStatus.Completed ? Url : null;

    /// <summary>Why no recording will come; null unless the recording failed.</summary>
    public FailureCode? ShownFailure => Status == RecordingStatus.Failed ? Failure : null;

    /// <summary>Whether a caller sees the same.</summary>
    public bool LooksLike(RecordingOutcome other) =>
        (Status, ShownSeconds, ShownUrl, ShownFailure, CompletedAt)
        == (other.Status, other.ShownSeconds, other.ShownUrl, other.ShownFailure, other.CompletedAt);
}
