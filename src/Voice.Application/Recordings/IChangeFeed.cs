namespace Voice.Application.Recordings;

/// <summary>Tells at once when a recording, a contract or a job looks different, on whichever instance it was changed.</summary>
public interface IChangeFeed
{
    /// <summary>The changes of every instance reach this one; while false, only its own do.</summary>
    bool IsUp { get; }

    /// <summary>The service is shutting down: whoever waits should answer with what there is.</summary>
    bool IsClosing { get; }

    /// <summary>A number that is not the same before and after a change of that.</summary>
    long Generation(string id);

    /// <summary>Starts to watch that; dispose of the watch to stop.</summary>
    IChangeWatch Watch(string id);
}

/// <summary>A watch over one thing.</summary>
public interface IChangeWatch : IDisposable
{
    /// <summary>
    /// Ends at the next change, or when the feed goes down, comes up or closes. Take it before you read, so that no change falls between.
    /// </summary>
    Task Change { get; }
}
