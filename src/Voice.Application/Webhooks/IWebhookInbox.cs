using Voice.Domain.Recordings;

namespace Voice.Application.Webhooks;

/// <summary>
/// The raw callbacks: kept first and applied after, so that a crash between the two loses nothing.
/// Every method throws a <see cref="System.Data.Common.DbException"/> when the database is away.
/// </summary>
public interface IWebhookInbox
{
    /// <summary>
    /// Keeps callbacks, on disk once this returns; one that is kept already stays as it is. One of which no recording is known is kept only
    /// while there is room for such (<see cref="Limits.UnknownEvents"/>).
    /// </summary>
    /// <param name="callbacks">The callbacks.</param>
    /// <param name="applyWithin">After that time the sweep takes up what can be read and has not been applied.</param>
    /// <returns>What is known of each, in their order.</returns>
    Task<IReadOnlyList<CallbackContext>> KeepAsync(IReadOnlyList<Callback> callbacks, TimeSpan applyWithin);

    /// <summary>What is known of a session, which may be that of a call which the provider was asked for since that time.</summary>
    Task<SessionNews> LookForSessionAsync(string sessionId, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>The callbacks of that session that are not applied yet, oldest first.</summary>
    Task<IReadOnlyList<RawCallback>> FindUnappliedAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>The callbacks of that recording, by its session or its own id, oldest first.</summary>
    Task<IReadOnlyList<RawCallback>> FindOfRecordingAsync(string recordingId, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Callbacks that were left unapplied, oldest first, each given to one caller only and then again after as long as it has already
    /// waited, until it has waited for a day.
    /// </summary>
    Task<IReadOnlyList<RawCallback>> TakeUnappliedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);
}

/// <summary>What is known of a session.</summary>
public enum SessionNews
{
    /// <summary>It is none of ours.</summary>
    None,

    /// <summary>A call is being placed whose session is not known yet.</summary>
    MayCome,

    /// <summary>Its recording is known.</summary>
    Known,
}

/// <summary>What is known of a callback.</summary>
/// <param name="IsKept">
/// It is kept, or is not to be because its recording was erased; false: no recording is known for it, and there was no room for more of
/// that kind.
/// </param>
/// <param name="IsApplied">The same report has been applied before.</param>
/// <param name="Recording">
/// The recording that it is about: by the provider's session, by the recording's own id in its place, or by the id that the provider
/// echoed, as long as no other session is known for it. Null when there is none (yet).
/// </param>
public sealed record CallbackContext(bool IsApplied, Recording? Recording, bool IsKept = true);
