namespace Voice.Application.Contracts;

/// <summary>Whose turn it is to listen: decoding and transcribing take the machine, so only so many do either at the same time.</summary>
public interface ITurns
{
    /// <summary>Waits for a turn, which lasts until it is disposed of.</summary>
    Task<IDisposable> TakeAsync(CancellationToken cancellationToken);
}
