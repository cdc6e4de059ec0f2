namespace Voice.Domain.Recordings;

/// <summary>
/// What a recording has come to, in rising order: it takes the highest status that its facts imply and never goes back.
/// <see cref="Failed"/> stands below <see cref="Completed"/> because a recording that turns up late is a recording.
/// </summary>
public enum RecordingStatus
{
    /// <summary>The call is being set up, is active, and is being recorded.</summary>
    Recording,

    /// <summary>The call is over; the audio is not available yet.</summary>
    Processing,

    /// <summary>No recording will come; the failure says why.</summary>
    Failed,

    /// <summary>The audio is available.</summary>
    Completed,
}

/// <summary>The statuses as the API and the database spell them.</summary>
public static class RecordingStatuses
{
    /// <summary>The name, such as <c>recording</c>.</summary>
    public static string Name(this RecordingStatus status) => status switch
    {
        RecordingStatus.Recording => "recording",
        RecordingStatus.Processing => "processing",
        RecordingStatus.Failed => "failed",
        RecordingStatus.Completed => "completed",
    };

    /// <summary>Reads such a name.</summary>
    public static bool TryParse(string? name, out RecordingStatus status) => Names.TryParse(name, Name, out status);
}
