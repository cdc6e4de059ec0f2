using Voice.Application.Contracts;
using Voice.Application.Recordings;

namespace Voice.Application.Events;

/// <summary>
/// Events on their way to endpoints. They are written with the changes that they tell of, by whoever writes those. Every method throws a
/// <see cref="System.Data.Common.DbException"/> when the database is away. Safe on any number of instances at once.
/// </summary>
public interface IEventOutbox
{
    /// <summary>Endpoints that something is due to be sent to.</summary>
    Task<IReadOnlyList<WebhookEndpoint>> FindDueAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Deliveries to an endpoint that are due, each given to one caller only until <paramref name="until"/>: of each recording the first
    /// that is not delivered yet.
    /// </summary>
    Task<IReadOnlyList<DueDelivery>> TakeAsync(
        string endpointId, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Stores what came of taken deliveries. Where one is given up, its endpoint is disabled for that reason, and nothing is due to it.
    /// </summary>
    Task SaveAsync(IReadOnlyList<Delivery> deliveries, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Deliveries to an endpoint, newest first.</summary>
    /// <param name="endpointId">The endpoint.</param>
    /// <param name="before">The place of the last one of the page before; null: from the newest.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    Task<IReadOnlyList<Delivery>> ListAsync(string endpointId, long? before, int limit, CancellationToken cancellationToken);

    /// <summary>Makes all events of a time due again, delivered or not, and enables the endpoint.</summary>
    /// <returns>How many they are.</returns>
    Task<int> ReplayAsync(
        string endpointId, DateTimeOffset? after, DateTimeOffset? before, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>A delivery and what it tells of, as that was when it happened.</summary>
/// <param name="Delivery">The delivery.</param>
/// <param name="Recording">The recording, where it is about one.</param>
/// <param name="Contract">The contract, where it is about one.</param>
public sealed record DueDelivery(Delivery Delivery, RecordingView? Recording, StoredContract? Contract);
