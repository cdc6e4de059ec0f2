using MediatR;

namespace Voice.Application.Events;

/// <summary>Tell a back-end nothing any more, and forget what it was told.</summary>
/// <param name="EndpointId">The endpoint; an impossible id is simply not found.</param>
public sealed record DeleteEndpoint(string EndpointId) : IRequest;

internal sealed class DeleteEndpointHandler(IEndpointRepository endpoints) : AsyncRequestHandler<DeleteEndpoint>
{
    protected override async Task Handle(DeleteEndpoint request, CancellationToken cancellationToken)
    {
        var endpoint = await Lookup.GetEndpointAsync(endpoints.FindAsync, request.EndpointId, cancellationToken);
        await endpoints.DeleteAsync(endpoint.EndpointId, cancellationToken);
    }
}
