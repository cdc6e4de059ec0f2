using MediatR;
using Microsoft.AspNetCore.Mvc;
using Voice.Api.Security;
using Voice.Application.Access;
using Voice.Application.Events;

namespace Voice.Api.Controllers;

/// <summary>Webhook endpoints: back-ends that are told what happens to recordings and contracts.</summary>
[ApiController]
[RequireApiKey(Scope.Admin)]
[Route(Route)]
[Produces("application/json")]
public sealed class EndpointsController(IMediator mediator) : ControllerBase
{
    private const string Route = "/api/v1/webhook-endpoints";

    /// <summary>Create webhook endpoint</summary>
    /// <remarks>
    /// From now on events are posted there, signed by the Standard Webhooks specification with the secret that this answer shows, once.
    /// Those of one recording come in order, under an id that stays the same however often one is sent.
    /// </remarks>
    /// <param name="request">Where to post, and what.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpPost]
    [Consumes("application/json")]
    [ProducesResponseType<NewEndpointBody>(StatusCodes.Status201Created)]
    public async Task<IActionResult> CreateEndpoint(CreateEndpoint request, CancellationToken cancellationToken)
    {
        var endpoint = await mediator.Send(request, cancellationToken);
        return Created($"{Route}/{endpoint.Id}", endpoint);
    }

    /// <summary>List webhook endpoints</summary>
    /// <remarks>All of them, oldest first, without their secrets.</remarks>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpGet]
    public Task<EndpointList> ListEndpoints(CancellationToken cancellationToken) => mediator.Send(new ListEndpoints(), cancellationToken);

    /// <summary>Get webhook endpoint</summary>
    /// <param name="endpointId">The endpoint.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpGet("{endpoint_id}")]
    public Task<EndpointBody> GetEndpoint([FromRoute(Name = "endpoint_id")] string endpointId, CancellationToken cancellationToken) =>
        mediator.Send(new GetEndpoint(endpointId), cancellationToken);

    /// <summary>Delete webhook endpoint</summary>
    /// <remarks>Nothing is sent there any more, and what was is forgotten.</remarks>
    /// <param name="endpointId">The endpoint.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpDelete("{endpoint_id}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<IActionResult> DeleteEndpoint(
        [FromRoute(Name = "endpoint_id")] string endpointId, CancellationToken cancellationToken)
    {
        await mediator.Send(new DeleteEndpoint(endpointId), cancellationToken);
        return NoContent();
    }

    /// <summary>Test webhook endpoint</summary>
    /// <remarks>
    /// Sends an event of type endpoint.test, now and once, also to an endpoint that is disabled, and tells what it answered.
    /// </remarks>
    /// <param name="endpointId">The endpoint.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpPost("{endpoint_id}/test")]
    public Task<EndpointTest> TestEndpoint([FromRoute(Name = "endpoint_id")] string endpointId, CancellationToken cancellationToken) =>
        mediator.Send(new TestEndpoint(endpointId), cancellationToken);

    /// <summary>Replay events</summary>
    /// <remarks>
    /// Sends all events of a time again, delivered or not, under the ids they had. An endpoint that is disabled is enabled by it.
    /// </remarks>
    /// <param name="endpointId">The endpoint.</param>
    /// <param name="range">Which events.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpPost("{endpoint_id}/replay")]
    [Consumes("application/json")]
    public Task<EventReplay> ReplayEvents(
        [FromRoute(Name = "endpoint_id")] string endpointId, EventRange range, CancellationToken cancellationToken) =>
        mediator.Send(new ReplayEvents(endpointId, range), cancellationToken);

    /// <summary>List deliveries</summary>
    /// <remarks>What the endpoint was, or will be, sent, newest first, with its answers.</remarks>
    /// <param name="endpointId">The endpoint.</param>
    /// <param name="page">How much, and from where.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpGet("{endpoint_id}/deliveries")]
    public Task<DeliveryList> ListDeliveries(
        [FromRoute(Name = "endpoint_id")] string endpointId, [FromQuery] DeliveryPage page, CancellationToken cancellationToken) =>
        mediator.Send(new ListDeliveries(endpointId, page), cancellationToken);
}
