using MediatR;
using Voice.Application.Recordings;

namespace Voice.Application.Contracts;

/// <summary>The audio that a contract was read from; dispose of it when it was used.</summary>
/// <param name="ContractId">The identifier; any text.</param>
public sealed record GetContractAudio(string ContractId) : IRequest<AudioFile>;

internal sealed class GetContractAudioHandler(IContractRepository contracts, IMediator mediator)
    : IRequestHandler<GetContractAudio, AudioFile>
{
    /// <exception cref="NotFoundException">There is no such contract, or its audio is not kept.</exception>
    public async Task<AudioFile> Handle(GetContractAudio request, CancellationToken cancellationToken)
    {
        var (contract, _, _) = await Lookup.GetContractAsync(contracts.FindAsync, request.ContractId, cancellationToken);
        return contract.RecordingId is { } recordingId
            ? await mediator.Send(new GetAudio(recordingId), cancellationToken)
            : throw new NotFoundException("The audio of this contract is not kept: it is not a recording of this service.");
    }
}
