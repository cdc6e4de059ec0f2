using Voice.Domain.Contracts;
using Voice.Domain.Reading;

namespace Voice.Application.Contracts;

/// <summary>Turns speech into text.</summary>
public interface ITranscriber
{
    /// <summary>Which engine it is.</summary>
    SpeechEngine Engine { get; }

    /// <summary>Transcribes audio.</summary>
    /// <param name="audio">The audio as it came.</param>
    /// <param name="wavFile">What of it is to be heard: a WAV file, 16 kHz, mono, 16 bit.</param>
    /// <param name="heard">Hears which part of the audio has been heard, 0 to 1, where the engine can tell.</param>
    /// <param name="cancellationToken">Stops the engine.</param>
    /// <exception cref="ToolMissingException">The engine is not installed, or not configured.</exception>
    /// <exception cref="EngineFailedException">The engine could not be reached, or gave up.</exception>
    Task<Transcript> TranscribeAsync(AudioFile audio, string wavFile, IProgress<double> heard, CancellationToken cancellationToken);
}
