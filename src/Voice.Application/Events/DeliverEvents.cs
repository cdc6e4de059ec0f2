using MediatR;

namespace Voice.Application.Events;

/// <summary>Sends the events that are due, to all endpoints side by side. Safe on any number of instances at once.</summary>
public sealed record DeliverEvents : IRequest;

internal sealed class DeliverEventsHandler(IEventOutbox outbox, EventCourier courier, TimeProvider clock)
    : AsyncRequestHandler<DeliverEvents>
{
    protected override async Task Handle(DeliverEvents request, CancellationToken cancellationToken)
    {
        var due = await outbox.FindDueAsync(clock.GetUtcMilliseconds(), cancellationToken);
        await Task.WhenAll(due.Select(endpoint => courier.ServeAsync(endpoint, cancellationToken)));
    }
}
