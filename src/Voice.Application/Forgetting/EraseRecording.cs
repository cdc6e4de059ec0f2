using System.Security.Cryptography;
using AutoMapper;
using MediatR;
using Voice.Application.Recordings;
using Voice.Domain.Recordings;

namespace Voice.Application.Forgetting;

/// <summary>Forget a recording and everybody in it.</summary>
/// <param name="RecordingId">The recording; an impossible id is simply not found.</param>
public sealed record EraseRecording(string RecordingId) : IRequest;

internal sealed class EraseRecordingHandler(
    IRecordingRepository recordings, IForgetting forgetting, IMapper mapper, TimeProvider clock) : AsyncRequestHandler<EraseRecording>
{
    /// <exception cref="NotFoundException">There is none, or none any more.</exception>
    /// <exception cref="ConflictException">The call is running, or a contract holds it.</exception>
    protected override async Task Handle(EraseRecording request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var recording = await Lookup.GetRecordingAsync(recordings.FindViewAsync, request.RecordingId, cancellationToken);
            if (recording.Outcome.Status == RecordingStatus.Recording)
                throw new ConflictException("The call is still running. Erase the recording once it is over.");
            // Who kept the last answer can show by this that it was one.
            var body = new StatusRepresentation(mapper.Map<RecordingStatusBody>(recording), recording).Json;
            var hash = Convert.ToHexStringLower(SHA256.HashData(body));
            switch (await forgetting.EraseAsync(recording, hash, clock.GetUtcMilliseconds(), cancellationToken))
            {
                case Erasure.Done:
                    return;
                case Erasure.Held:
                    throw new ConflictException(
                        "A contract holds this recording. It can be erased once the contract is rejected or expired.");
                case Erasure.Changed:
                    break;
            }
        }
    }
}
