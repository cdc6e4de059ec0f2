using System.Data.Common;
using Voice.Domain.Recordings;

namespace Voice.Application;

/// <summary>The thing asked for does not exist.</summary>
/// <param name="sentence">What is missing, for the caller.</param>
public sealed class NotFoundException(string sentence) : Exception(sentence);

/// <summary>The request cannot be carried out in the current state.</summary>
/// <param name="sentence">Why not, for the caller.</param>
public sealed class ConflictException(string sentence) : Exception(sentence);

/// <summary>The caller's key belongs to another request than this.</summary>
public sealed class KeyUsedException() : Exception("This key was used for another request. Send a new key with a new request.");

/// <summary>The provider did not take the call, or did not say whether it did; the recording is kept and tells why.</summary>
/// <param name="recordingId">The recording that failed.</param>
/// <param name="placement">What came of asking the provider.</param>
/// <param name="reason">Why, for the caller.</param>
/// <param name="replayed">The request was a repeat: this is the first one's outcome.</param>
public sealed class CallNotPlacedException(string recordingId, Placement placement, string? reason, bool replayed) : Exception(reason)
{
    /// <summary>The recording that tells what became of the call.</summary>
    public string RecordingId { get; } = recordingId;

    /// <summary>The request was a repeat and asked nobody again.</summary>
    public bool Replayed { get; } = replayed;

    /// <summary>The provider could not be reached or did not answer in time, as opposed to having answered.</summary>
    public bool ProviderWasAway { get; } = placement is not (Placement.Refused or Placement.Garbled);
}

/// <summary>A program that this needs is not there; the message says how to get it.</summary>
public sealed class ToolMissingException(string message) : Exception(message);

/// <summary>A program or service that this needs failed; asking again may help.</summary>
public sealed class EngineFailedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>There are as many of these as there may be (<see cref="Limits"/>); later there is room again.</summary>
/// <param name="sentence">Of what, for the caller.</param>
public sealed class TooManyException(string sentence) : Exception(sentence);

/// <summary>A file of ours could not be written, most likely because the disk is full; later there may be room.</summary>
public sealed class StorageException(Exception cause) : Exception("There is no room on the disk at the moment. Try again later.", cause);

/// <summary>Tells what the database does not take, which is a mistake of ours, from a database that is away, which passes.</summary>
public interface IDatabaseErrors
{
    /// <summary>A value was refused: trying again would not help.</summary>
    bool IsAboutData(DbException exception);

    /// <summary>
    /// Whether the database is away, whatever that cut short. If so it is logged here, in one line and then one a minute, and whoever met
    /// it says no more of it.
    /// </summary>
    bool TellsAway(Exception exception);

    /// <summary>
    /// The database did what was asked; where it was away that is logged, once nobody has met it away for some seconds.
    /// </summary>
    void TellAnswers();
}
