namespace Voice.Application.Contracts;

/// <summary>Makes audio of any common format what speech engines want.</summary>
public interface IAudioDecoder
{
    /// <summary>Writes WAV files, 16 kHz, mono, 16 bit, beside the audio; they go away with the audio.</summary>
    /// <exception cref="AudioException">It is not audio, or too long.</exception>
    /// <exception cref="ToolMissingException">The decoder is not installed.</exception>
    Task<DecodedAudio> DecodeAsync(AudioFile audio, CancellationToken cancellationToken);
}

/// <summary>Audio as speech engines want it.</summary>
/// <param name="Mixed">The file with everybody's voice.</param>
/// <param name="Legs">A file with each party's voice, where they were recorded apart; otherwise none.</param>
public sealed record DecodedAudio(string Mixed, IReadOnlyList<string> Legs);
