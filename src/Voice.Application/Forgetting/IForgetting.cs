using Voice.Application.Recordings;

namespace Voice.Application.Forgetting;

/// <summary>
/// Throws away what was kept for long enough, and what is not to be kept any longer. Every method throws a
/// <see cref="System.Data.Common.DbException"/> when the database is away. Safe on any number of instances at once.
/// </summary>
public interface IForgetting
{
    /// <summary>How many things of that kind are from before that time, and could go.</summary>
    Task<int> CountAsync(Aged kind, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Throws them away, in small batches.</summary>
    Task ForgetAsync(Aged kind, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Recordings from before that time, oldest first.</summary>
    /// <param name="before">Exclusive.</param>
    /// <param name="after">The last one of the page before; null: from the oldest.</param>
    /// <param name="now">The time, at which a contract may hold one.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    Task<IReadOnlyList<OldRecording>> FindRecordingsAsync(
        DateTimeOffset before, PagePosition? after, DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Erases a recording with its timeline, its raw callbacks, its contracts and their messages, and its jobs; what stays is a tombstone
    /// for itself, for each contract and for each session, so that nothing that is still under way brings any of it back.
    /// </summary>
    /// <param name="recording">The recording as it was read.</param>
    /// <param name="hash">What its tombstone is to say of it: SHA-256, hexadecimal.</param>
    /// <param name="now">The time, UTC, whole milliseconds.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    Task<Erasure> EraseAsync(RecordingView recording, string hash, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>What goes by its age alone.</summary>
public enum Aged
{
    /// <summary>Audio in the folder that it is worked on in.</summary>
    Audio,

    /// <summary>Raw callbacks, and jobs that have ended.</summary>
    Inbox,

    /// <summary>Contracts of audio without a recording that nobody confirmed.</summary>
    Contracts,

    /// <summary>Idempotency keys.</summary>
    IdempotencyKeys,
}

/// <summary>What came of erasing a recording.</summary>
public enum Erasure
{
    /// <summary>It is gone.</summary>
    Done,

    /// <summary>A contract that is confirmed, or may still be, holds it.</summary>
    Held,

    /// <summary>Somebody else changed or erased it in the meantime: look again.</summary>
    Changed,
}

/// <summary>A recording that is old.</summary>
/// <param name="Recording">The recording.</param>
/// <param name="IsHeld">A contract that is confirmed, or may still be, holds it.</param>
public sealed record OldRecording(RecordingView Recording, bool IsHeld);
