using MediatR;
using Voice.Domain.Contracts;

namespace Voice.Application.Contracts;

/// <summary>The contract as it is sent, with its tag.</summary>
/// <param name="ContractId">The identifier; any text.</param>
/// <param name="Known">Tags of the bodies that the caller has seen; null or empty: none.</param>
/// <param name="Wait">
/// How long to hold the answer until it differs from what is known or, where nothing is known, until its status is final.
/// </param>
public sealed record GetContractRepresentation(
    string ContractId, IReadOnlyCollection<string>? Known = null, TimeSpan Wait = default) : IRequest<Representation>;

internal sealed class GetContractRepresentationHandler(IContractRepository contracts, Waiter waiter, TimeProvider clock)
    : IRequestHandler<GetContractRepresentation, Representation>
{
    public Task<Representation> Handle(GetContractRepresentation request, CancellationToken cancellationToken) => waiter.WaitAsync(
        request.ContractId, cancelled => ReadAsync(request.ContractId, cancelled), request.Known, request.Wait, cancellationToken);

    private async Task<Representation> ReadAsync(string contractId, CancellationToken cancellationToken)
    {
        var stored = await Lookup.GetContractAsync(contracts.FindAsync, contractId, cancellationToken);
        var now = clock.GetUtcMilliseconds();
        var isPending = stored.Agreement.StatusAt(now) == AgreementStatus.Pending;
        return new(ContractBody.Of(stored, now), isFinal: !isPending, isPending ? stored.Agreement.ConfirmBy : null);
    }
}
