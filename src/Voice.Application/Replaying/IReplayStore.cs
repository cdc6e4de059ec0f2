using Voice.Application.Webhooks;
using Voice.Domain.Recordings;

namespace Voice.Application.Replaying;

/// <summary>
/// Recordings and the raw callbacks that made them what they are. Every method throws a <see cref="System.Data.Common.DbException"/> when
/// the database is away.
/// </summary>
public interface IReplayStore
{
    /// <summary>Recordings in the order of their ids, each with the callbacks of its sessions in the order in which they came.</summary>
    /// <param name="after">The last one of the page before; empty: from the beginning.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    Task<IReadOnlyList<KeptRecording>> FindPageAsync(string after, int limit, CancellationToken cancellationToken);

    /// <summary>Callbacks that were never applied, in the order in which they came: nobody knew what they were about.</summary>
    /// <param name="after">The place of the last one of the page before; 0: from the beginning.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    Task<IReadOnlyList<KeptCallback>> FindUnappliedAsync(long after, int limit, CancellationToken cancellationToken);

    /// <summary>The recording that each of these is about, as <see cref="IWebhookInbox.KeepAsync"/> finds it; null: none.</summary>
    Task<IReadOnlyList<string?>> FindRecordingIdsAsync(IReadOnlyList<Callback> callbacks, CancellationToken cancellationToken);

    /// <summary>Notes the session that a callback names as it is read now, so that it is found with its recording.</summary>
    Task NoteSessionAsync(string digest, string sessionId, CancellationToken cancellationToken);
}

/// <summary>A callback as it is kept.</summary>
/// <param name="Place">Grows from one to the next.</param>
/// <param name="Digest">What it is known by, whatever it would be today.</param>
/// <param name="SessionId">The session it named as it was read then.</param>
/// <param name="IsApplied">It has been applied.</param>
/// <param name="Raw">How it came in.</param>
public sealed record KeptCallback(long Place, string Digest, string? SessionId, bool IsApplied, RawCallback Raw);

/// <summary>A recording and what is kept of it.</summary>
/// <param name="Recording">The recording.</param>
/// <param name="Callbacks">Its callbacks.</param>
/// <param name="ReportsTold">How many reports its timeline tells of; where fewer are kept, some are gone.</param>
public sealed record KeptRecording(Recording Recording, IReadOnlyList<KeptCallback> Callbacks, int ReportsTold);
