namespace Voice.Application.Events;

/// <summary>
/// The back-ends that are told of events. Every method throws a <see cref="System.Data.Common.DbException"/> when the database is away.
/// </summary>
public interface IEndpointRepository
{
    /// <summary>Stores a new one, unless there are <paramref name="most"/> already.</summary>
    Task<bool> AddAsync(WebhookEndpoint endpoint, int most, CancellationToken cancellationToken);

    /// <summary>The one with that id; null when there is none.</summary>
    Task<WebhookEndpoint?> FindAsync(string endpointId, CancellationToken cancellationToken);

    /// <summary>All of them, oldest first.</summary>
    Task<IReadOnlyList<WebhookEndpoint>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Deletes it with its deliveries.</summary>
    Task DeleteAsync(string endpointId, CancellationToken cancellationToken);
}
