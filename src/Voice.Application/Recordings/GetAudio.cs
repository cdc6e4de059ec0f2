using MediatR;
using Voice.Application.Contracts;

namespace Voice.Application.Recordings;

/// <summary>The audio of a completed recording, fetched from wherever it is; dispose of it when it was used.</summary>
/// <param name="RecordingId">The recording; an impossible id is simply not found.</param>
public sealed record GetAudio(string RecordingId) : IRequest<AudioFile>;

internal sealed class GetAudioHandler(IRecordingRepository recordings, IAudioSource source) : IRequestHandler<GetAudio, AudioFile>
{
    /// <exception cref="NotFoundException">There is no such recording, it has no audio, or the audio cannot be had.</exception>
    public async Task<AudioFile> Handle(GetAudio request, CancellationToken cancellationToken)
    {
        var recording = await Lookup.GetRecordingAsync(recordings.FindViewAsync, request.RecordingId, cancellationToken);
        if (recording.Outcome.ShownUrl is not { } address) throw new NotFoundException("This recording has no audio.");
        try
        {
            return await source.FetchAsync(new Uri(address), cancellationToken);
        }
        catch (Exception exception) when (exception is AudioException or AudioNotThereException)
        {
            throw new NotFoundException(exception.Message);
        }
    }
}
