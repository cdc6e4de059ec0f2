namespace Voice.Application.Webhooks;

/// <summary>
/// The raw callbacks: kept first and applied after, so that a crash between the two loses nothing.
/// Every method throws a <see cref="System.Data.Common.DbException"/> when the database is away.
/// </summary>
public interface IWebhookInbox
{
    /// <summary>Keeps a callback; one that is kept already stays as it is.</summary>
    /// <param name="callback">The callback as it came in.</param>
    /// <param name="content">What could be read from it.</param>
    /// <param name="applyBy">When the sweep takes it up unless it has been applied by then.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    Task<InboxPlace> KeepAsync(RawCallback callback, ReadCallback content, DateTimeOffset applyBy, CancellationToken cancellationToken);

    /// <summary>Whether, since that time, the provider was asked for a call whose session is not known yet.</summary>
    Task<bool> IsCallBeingPlacedAsync(DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>The callbacks of that session that are not applied yet.</summary>
    Task<IReadOnlyList<KeptCallback>> FindUnappliedAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>
    /// Callbacks that were left unapplied, each given to one caller only and then again after as long as it has already waited,
    /// until it has waited for a day.
    /// </summary>
    Task<IReadOnlyList<KeptCallback>> TakeUnappliedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);
}

/// <summary>Where a callback is kept.</summary>
/// <param name="InboxId">Its place.</param>
/// <param name="IsApplied">It had been applied before.</param>
public sealed record InboxPlace(long InboxId, bool IsApplied);

/// <summary>A kept callback.</summary>
public sealed record KeptCallback(long InboxId, RawCallback Callback);
