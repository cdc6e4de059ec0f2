namespace Voice.Application.Contracts;

/// <summary>Makes audio of any common format what speech engines want.</summary>
public interface IAudioDecoder
{
    /// <summary>Writes WAV files, 16 kHz, mono, 16 bit, beside the audio.</summary>
    /// <exception cref="AudioException">It is not audio, or too long.</exception>
    /// <exception cref="StorageException">There is no room for it.</exception>
    /// <exception cref="ToolMissingException">It is of a format whose decoder is not installed.</exception>
    Task<DecodedAudio> DecodeAsync(AudioFile audio, CancellationToken cancellationToken);
}
