using Voice.Domain.Recordings;

namespace Voice.Application.Webhooks;

/// <summary>
/// The raw callbacks: each is kept in the transaction that applies it or, where nothing can be applied (yet), kept alone.
/// Every method throws a <see cref="System.Data.Common.DbException"/> when the database is away.
/// </summary>
public interface IWebhookInbox
{
    /// <summary>What is known of each of these callbacks, in their order.</summary>
    Task<IReadOnlyList<CallbackContext>> FindContextsAsync(IReadOnlyList<Callback> callbacks, CancellationToken cancellationToken);

    /// <summary>Whether, since that time, the provider was asked for a call whose session is not known yet.</summary>
    Task<bool> IsCallBeingPlacedAsync(DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>The callbacks of that session that are not applied yet, oldest first.</summary>
    Task<IReadOnlyList<RawCallback>> FindUnappliedAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>
    /// Callbacks that were left unapplied, oldest first, each given to one caller only and then again after as long as it has already waited,
    /// until it has waited for a day.
    /// </summary>
    Task<IReadOnlyList<RawCallback>> TakeUnappliedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);
}

/// <summary>What is known of a callback before it is taken in.</summary>
/// <param name="IsKept">The same report is in the inbox.</param>
/// <param name="IsApplied">It has been applied, too.</param>
/// <param name="Recording">
/// The recording that it is about: by the provider's session, by the recording's own id in its place, or by the id that the provider echoed,
/// as long as no other session is known for it. Null when there is none (yet).
/// </param>
public sealed record CallbackContext(bool IsKept, bool IsApplied, Recording? Recording);

/// <summary>A callback to keep.</summary>
/// <param name="Callback">The callback.</param>
/// <param name="AppliedAt">When it was applied; null when it was not.</param>
/// <param name="DueAt">When the sweep takes it up; null when there is nothing more to do with it.</param>
public sealed record KeptCallback(Callback Callback, DateTimeOffset? AppliedAt, DateTimeOffset? DueAt);
