using MediatR;

namespace Voice.Application.Contracts;

/// <summary>What has become of a contract?</summary>
/// <param name="ContractId">The identifier; any text.</param>
public sealed record GetContract(string ContractId) : IRequest<StoredContract>;

internal sealed class GetContractHandler(IContractRepository contracts) : IRequestHandler<GetContract, StoredContract>
{
    public Task<StoredContract> Handle(GetContract request, CancellationToken cancellationToken) =>
        Lookup.GetAsync(contracts.FindAsync, request.ContractId, "Contract not found", cancellationToken);
}
