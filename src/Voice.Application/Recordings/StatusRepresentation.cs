using Voice.Domain.Recordings;

namespace Voice.Application.Recordings;

/// <summary>The body of a recording's status as it is sent.</summary>
public sealed class StatusRepresentation : Representation
{
    internal StatusRepresentation(RecordingStatusBody body, RecordingView recording)
        : base(body, recording.Outcome.Status is RecordingStatus.Completed or RecordingStatus.Failed) => Version = recording.Version;

    /// <summary>Grows whenever the recording is saved.</summary>
    public int Version { get; }
}
