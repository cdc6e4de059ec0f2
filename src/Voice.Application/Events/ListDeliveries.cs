using System.Globalization;
using FluentValidation;
using MediatR;

namespace Voice.Application.Events;

/// <summary>What an endpoint was, or will be, sent.</summary>
/// <param name="EndpointId">The endpoint; an impossible id is simply not found.</param>
/// <param name="Page">Which page of it.</param>
public sealed record ListDeliveries(string EndpointId, DeliveryPage Page) : IRequest<DeliveryList>;

/// <summary>A page of deliveries.</summary>
public sealed record DeliveryPage
{
    /// <summary>How many a page has, 1 to 100; 20 when null.</summary>
    public int? Limit { get; init; }

    /// <summary>Where to go on: the next_cursor of the page before.</summary>
    public string? Cursor { get; init; }

    /// <summary>The place that the cursor names; null without one.</summary>
    internal long? Before => PageRules.PlaceOf(Cursor);
}

internal sealed class DeliveryPageValidator : AbstractValidator<DeliveryPage>
{
    public DeliveryPageValidator()
    {
        RuleFor(page => page.Limit).MustBePageSize();
        RuleFor(page => page.Cursor).MustBeCursor(cursor => PageRules.PlaceOf(cursor) is not null);
    }
}

/// <summary>Deliveries to an endpoint.</summary>
/// <param name="Items">The deliveries, newest first.</param>
/// <param name="NextCursor">Where the next page begins; null on the last.</param>
public sealed record DeliveryList(IReadOnlyList<DeliveryBody> Items, string? NextCursor);

/// <summary>A delivery.</summary>
/// <param name="EventId">The event: the webhook-id header, the same however often it is sent.</param>
/// <param name="Type">What happened.</param>
/// <param name="RecordingId">The recording in whose order it goes; null: its contract has none.</param>
/// <param name="ContractId">The contract that it is about; null: it is about the recording.</param>
/// <param name="At">When it happened.</param>
/// <param name="State">waiting, retrying, delivered or missed (the endpoint is, or was, disabled).</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="TriedAt">When the last try ended.</param>
/// <param name="Status">What the endpoint answered to it; null: nothing.</param>
/// <param name="Answer">The beginning of its answer, or why there is none.</param>
/// <param name="NextTryAt">When it is tried (again); null: it is not.</param>
public sealed record DeliveryBody(
    string EventId, string Type, string? RecordingId, string? ContractId, DateTimeOffset At, string State, int Tries,
    DateTimeOffset? TriedAt, int? Status, string? Answer, DateTimeOffset? NextTryAt)
{
    internal static DeliveryBody Of(Delivery delivery) => new(
        delivery.EventId, delivery.Type, delivery.Subject == delivery.ContractId ? null : delivery.Subject, delivery.ContractId,
        delivery.At, delivery.State.Name(), delivery.Tries, delivery.TriedAt, delivery.Answer?.Status, delivery.Answer?.Words,
        delivery.DueAt);
}

internal sealed class ListDeliveriesHandler(IEndpointRepository endpoints, IEventOutbox outbox)
    : IRequestHandler<ListDeliveries, DeliveryList>
{
    public async Task<DeliveryList> Handle(ListDeliveries request, CancellationToken cancellationToken)
    {
        var endpoint = await Lookup.GetEndpointAsync(endpoints.FindAsync, request.EndpointId, cancellationToken);
        var limit = request.Page.Limit ?? 20;
        // One more than asked for tells whether there is another page.
        var found = await outbox.ListAsync(endpoint.EndpointId, request.Page.Before, limit + 1, cancellationToken);
        var page = found.Take(limit).ToList();
        return new(
            [.. page.Select(DeliveryBody.Of)],
            found.Count > limit ? page[^1].Place.ToString(CultureInfo.InvariantCulture) : null);
    }
}
