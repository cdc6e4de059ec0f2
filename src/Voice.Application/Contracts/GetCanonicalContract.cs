using MediatR;

namespace Voice.Application.Contracts;

/// <summary>The text (RFC 8785) whose SHA-256 is the contract's hash.</summary>
/// <param name="ContractId">The identifier; any text.</param>
public sealed record GetCanonicalContract(string ContractId) : IRequest<string>;

internal sealed class GetCanonicalContractHandler(IContractRepository contracts) : IRequestHandler<GetCanonicalContract, string>
{
    public async Task<string> Handle(GetCanonicalContract request, CancellationToken cancellationToken) =>
        (await Lookup.GetContractAsync(contracts.FindAsync, request.ContractId, cancellationToken)).Contract.Canonical;
}
