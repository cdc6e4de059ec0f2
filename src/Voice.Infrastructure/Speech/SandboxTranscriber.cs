using Voice.Application;
using Voice.Application.Contracts;
using Voice.Domain.Contracts;
using Voice.Domain.Reading;
using Voice.Infrastructure.AfricasTalking.Sandbox;

namespace Voice.Infrastructure.Speech;

/// <summary>Where no engine is set up: knows what is said in the sandbox's own recording, and of any other how an engine is got.</summary>
/// <param name="hasSandbox">The sandbox stands in for the provider.</param>
internal sealed class SandboxTranscriber(bool hasSandbox) : ITranscriber
{
    public SpeechEngine Engine => SpeechEngine.Sandbox;

    public Task<Transcript> TranscribeAsync(
        AudioFile audio, string wavFile, IProgress<double> heard, CancellationToken cancellationToken) =>
        hasSandbox && audio.Sha256 == Conversation.Sha256
            ? Task.FromResult(Conversation.Transcript)
            : throw new ToolMissingException(
                "No speech engine is set up. Set Transcription:ModelFile to a Whisper model (the README says where one is had), or "
                + $"Transcription:BaseUrl to a server that transcribes; or {SphinxTranscriber.Installation}.");
}
