namespace Voice.Application.Recordings;

/// <summary>Bodies of recordings that are final, for as long as the change feed can tell that they still are what they were.</summary>
public interface IStatusCache
{
    /// <summary>The body; null when it is not held or cannot be trusted.</summary>
    StatusRepresentation? Find(string recordingId);

    /// <summary>Holds a body that was read after its generation was taken from the change feed.</summary>
    void Keep(string recordingId, StatusRepresentation representation, long generation);
}
