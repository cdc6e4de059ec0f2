using MediatR;

namespace Voice.Application.Contracts;

/// <summary>What has become of a contract?</summary>
/// <param name="ContractId">The identifier; any text.</param>
public sealed record GetContract(string ContractId) : IRequest<StoredContract>;

internal sealed class GetContractHandler(IContractRepository contracts) : IRequestHandler<GetContract, StoredContract>
{
    public async Task<StoredContract> Handle(GetContract request, CancellationToken cancellationToken) =>
        (Recordings.RecordingIds.IsPossible(request.ContractId) ? await contracts.FindAsync(request.ContractId, cancellationToken) : null)
        ?? throw new NotFoundException("Contract not found");
}
