using Voice.Application.Jobs;
using Voice.Domain.Recordings;

namespace Voice.Application.Recordings;

/// <summary>
/// Reads and updates recordings. Every method throws a <see cref="System.Data.Common.DbException"/> when the database is away.
/// </summary>
public interface IRecordingRepository
{
    /// <summary>The recording with that id; null when there is none.</summary>
    Task<Recording?> FindAsync(string recordingId, CancellationToken cancellationToken);

    /// <summary>The same as a caller sees it, without what only the rules need.</summary>
    Task<RecordingView?> FindViewAsync(string recordingId, CancellationToken cancellationToken);

    /// <summary>What happened to that recording, oldest first.</summary>
    /// <param name="recordingId">The recording.</param>
    /// <param name="after">The place of the last line of the page before; 0: from the beginning.</param>
    /// <param name="limit">How many lines at most.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    Task<IReadOnlyList<TimelineLine>> FindTimelineAsync(string recordingId, long after, int limit, CancellationToken cancellationToken);

    /// <summary>Recordings that fit, newest first; as fast on the last page as on the first.</summary>
    Task<IReadOnlyList<RecordingView>> ListAsync(RecordingFilter filter, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a new recording and, in the same transaction, the idempotency key it was created under and the job that waits for it.
    /// </summary>
    /// <returns>What the key was used for before, in which case nothing is stored; null when the recording was stored.</returns>
    /// <exception cref="TooManyException">Too many jobs have not ended, of this caller or of all: nothing is stored.</exception>
    Task<UsedKey?> AddAsync(Recording recording, IdempotencyKey? key, Job? job, CancellationToken cancellationToken);

    /// <summary>Keeps what the request came to that took this key, for those that repeat it.</summary>
    Task KeepAnswerAsync(IdempotencyKey key, Placement placement, string? refusalReason, CancellationToken cancellationToken);

    /// <summary>
    /// Stores the facts and the news of loaded recordings, and marks the callbacks that brought them as applied: all, or nothing when
    /// somebody else saved one of these recordings or applied one of these callbacks since.
    /// </summary>
    /// <param name="recordings">The recordings.</param>
    /// <param name="appliedCallbacks">
    /// Digests of kept callbacks. With them the save need not be on disk at once: they would be applied again.
    /// </param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    /// <returns>Whether the caller's view is now the stored one; false: load again and re-apply.</returns>
    Task<bool> SaveAsync(
        IReadOnlyCollection<Recording> recordings, IReadOnlyCollection<string> appliedCallbacks, CancellationToken cancellationToken);

    /// <summary>Recordings whose deadline has come, each given to one caller only until <paramref name="nextTry"/>.</summary>
    Task<IReadOnlyList<string>> TakeOverdueAsync(
        DateTimeOffset now, DateTimeOffset nextTry, int limit, CancellationToken cancellationToken);
}

/// <summary>A recording as a caller sees it.</summary>
public sealed class RecordingView
{
    /// <summary>The identifier that callers poll.</summary>
    public required string RecordingId { get; init; }

    /// <summary>When the conference was created, UTC, whole milliseconds.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What it has come to.</summary>
    public required RecordingOutcome Outcome { get; init; }

    /// <summary>How often it was saved.</summary>
    public int Version { get; init; }

    /// <summary>The parties in dialling order; in lists only, empty elsewhere.</summary>
    public IReadOnlyList<PhoneNumber> Phones { get; init; } = [];

    /// <summary>Reports on its end contradict each other; in lists only, false elsewhere.</summary>
    public bool IsContradicted { get; init; }
}

/// <summary>A timeline entry and its place.</summary>
/// <param name="Place">Grows from line to line.</param>
/// <param name="Entry">What happened.</param>
public sealed record TimelineLine(long Place, TimelineEntry Entry);

/// <summary>The caller's key for a request that must have one effect however often it is sent.</summary>
/// <param name="Key">The key as sent, behind the API key it belongs to.</param>
/// <param name="RequestDigest">Digest of what was asked, to tell a repeat from another request under the same key.</param>
/// <param name="ForgottenBefore">Keys used before this time are free again.</param>
public sealed record IdempotencyKey(string Key, string RequestDigest, DateTimeOffset ForgottenBefore)
{
    /// <summary>The key alone, as the version before this one kept it: what was started under it is not started again.</summary>
    public string KeyAlone => Key[(Key.IndexOf('\n') + 1)..];
}

/// <summary>What an idempotency key was used for.</summary>
/// <param name="RecordingId">The recording that was created under it.</param>
/// <param name="RequestDigest">Digest of what was asked.</param>
/// <param name="Placement">What asking the provider came to; null while nobody has written it down.</param>
/// <param name="RefusalReason">Why the call was not placed, as the first answer said it.</param>
public sealed record UsedKey(string RecordingId, string RequestDigest, Placement? Placement = null, string? RefusalReason = null);
