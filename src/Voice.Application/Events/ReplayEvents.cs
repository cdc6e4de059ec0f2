using FluentValidation;
using MediatR;

namespace Voice.Application.Events;

/// <summary>Send an endpoint the events of a time again, delivered or not, and all that come from now on.</summary>
/// <param name="EndpointId">The endpoint; an impossible id is simply not found.</param>
/// <param name="Range">Which events.</param>
public sealed record ReplayEvents(string EndpointId, EventRange Range) : IRequest<EventReplay>;

/// <summary>A time in which events happened.</summary>
public sealed record EventRange
{
    /// <summary>Only those after this time, ISO 8601, UTC unless it says otherwise; null: from the oldest that is kept.</summary>
    public string? After { get; init; }

    /// <summary>Only those before this time; null: to the newest.</summary>
    public string? Before { get; init; }
}

/// <summary>What is sent again.</summary>
/// <param name="Events">How many events.</param>
public sealed record EventReplay(int Events);

internal sealed class EventRangeValidator : AbstractValidator<EventRange>
{
    public EventRangeValidator()
    {
        RuleFor(range => range.After).MustBeTime();
        RuleFor(range => range.Before).MustBeTime();
    }
}

internal sealed class ReplayEventsHandler(IEndpointRepository endpoints, IEventOutbox outbox, TimeProvider clock)
    : IRequestHandler<ReplayEvents, EventReplay>
{
    public async Task<EventReplay> Handle(ReplayEvents request, CancellationToken cancellationToken)
    {
        var endpoint = await Lookup.GetEndpointAsync(endpoints.FindAsync, request.EndpointId, cancellationToken);
        return new(await outbox.ReplayAsync(
            endpoint.EndpointId, Iso8601.Read(request.Range.After), Iso8601.UpToMillisecond(Iso8601.Read(request.Range.Before)),
            clock.GetUtcMilliseconds(), cancellationToken));
    }
}
