namespace Voice.Application.Recordings;

/// <summary>Tells at once when a recording looks different, on whichever instance it was changed.</summary>
public interface IChangeFeed
{
    /// <summary>The changes of every instance reach this one; while false, only its own do.</summary>
    bool IsUp { get; }

    /// <summary>The service is shutting down: whoever waits should answer with what there is.</summary>
    bool IsClosing { get; }

    /// <summary>A number that is not the same before and after a change of that recording.</summary>
    long Generation(string recordingId);

    /// <summary>Starts to watch a recording; dispose of it to stop.</summary>
    IChangeWatch Watch(string recordingId);
}

/// <summary>A watch over one recording.</summary>
public interface IChangeWatch : IDisposable
{
    /// <summary>
    /// Ends at the next change, or when the feed goes down, comes up or closes. Take it before you read, so that no change falls between.
    /// </summary>
    Task Change { get; }
}
