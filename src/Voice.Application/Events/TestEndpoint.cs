using System.Security.Cryptography;
using MediatR;

namespace Voice.Application.Events;

/// <summary>Send an endpoint an event of which nothing follows, now and once, and tell what it answers.</summary>
/// <param name="EndpointId">The endpoint, disabled or not; an impossible id is simply not found.</param>
public sealed record TestEndpoint(string EndpointId) : IRequest<EndpointTest>;

/// <summary>What an endpoint answered to a test.</summary>
/// <param name="Delivered">It has taken it.</param>
/// <param name="EventId">What the event was called.</param>
/// <param name="Status">The status; null: it did not answer.</param>
/// <param name="Answer">The beginning of its answer, or why there is none.</param>
public sealed record EndpointTest(bool Delivered, string EventId, int? Status, string Answer);

internal sealed class TestEndpointHandler(IEndpointRepository endpoints, IEventSender sender, TimeProvider clock)
    : IRequestHandler<TestEndpoint, EndpointTest>
{
    public async Task<EndpointTest> Handle(TestEndpoint request, CancellationToken cancellationToken)
    {
        var endpoint = await Lookup.GetEndpointAsync(endpoints.FindAsync, request.EndpointId, cancellationToken);
        var eventId = $"evt_{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        var body = new EventBody(EventTypes.Test, clock.GetUtcMilliseconds(), new { endpoint.EndpointId });
        var answer = await sender.PostAsync(endpoint, eventId, body.ToJson(), cancellationToken);
        return new(answer.IsTaken, eventId, answer.Status, answer.Words);
    }
}
