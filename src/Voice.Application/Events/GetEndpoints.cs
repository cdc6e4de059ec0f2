using MediatR;

namespace Voice.Application.Events;

/// <summary>The back-ends that are told of events, oldest first.</summary>
public sealed record ListEndpoints : IRequest<EndpointList>;

/// <summary>The back-ends that are told of events.</summary>
/// <param name="Items">All of them, oldest first.</param>
public sealed record EndpointList(IReadOnlyList<EndpointBody> Items);

/// <summary>One of them.</summary>
/// <param name="EndpointId">The endpoint; an impossible id is simply not found.</param>
public sealed record GetEndpoint(string EndpointId) : IRequest<EndpointBody>;

internal sealed class GetEndpointsHandler(IEndpointRepository endpoints)
    : IRequestHandler<ListEndpoints, EndpointList>, IRequestHandler<GetEndpoint, EndpointBody>
{
    public async Task<EndpointList> Handle(ListEndpoints request, CancellationToken cancellationToken) =>
        new([.. (await endpoints.ListAsync(cancellationToken)).Select(EndpointBody.Of)]);

    public async Task<EndpointBody> Handle(GetEndpoint request, CancellationToken cancellationToken) =>
        EndpointBody.Of(await Lookup.GetEndpointAsync(endpoints.FindAsync, request.EndpointId, cancellationToken));
}
