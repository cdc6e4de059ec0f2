using Voice.Domain.Recordings;

namespace Voice.Application.Recordings;

/// <summary>The one way to change a recording that others may be changing too.</summary>
public static class RecordingChanges
{
    /// <summary>Loads, changes and saves; when somebody else saved in between, does it again on what they left.</summary>
    /// <returns>The recording as saved; null when there is none with that id.</returns>
    public static async Task<Recording?> ChangeAsync(
        this IRecordingRepository recordings, string recordingId, Action<Recording> change, CancellationToken cancellationToken)
    {
        while (await recordings.FindAsync(recordingId, cancellationToken) is { } recording)
        {
            change(recording);
            if (recording.News.Count == 0 || await recordings.SaveAsync([recording], [], cancellationToken)) return recording;
        }
        return null;
    }
}
