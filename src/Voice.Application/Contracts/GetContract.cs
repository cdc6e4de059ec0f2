using MediatR;

namespace Voice.Application.Contracts;

/// <summary>What was agreed, and what have the parties said to it?</summary>
/// <param name="ContractId">The identifier; any text.</param>
public sealed record GetContract(string ContractId) : IRequest<ContractBody>;

internal sealed class GetContractHandler(IContractRepository contracts, TimeProvider clock) : IRequestHandler<GetContract, ContractBody>
{
    public async Task<ContractBody> Handle(GetContract request, CancellationToken cancellationToken) =>
        ContractBody.Of(
            await Lookup.GetContractAsync(contracts.FindAsync, request.ContractId, cancellationToken), clock.GetUtcMilliseconds());
}
