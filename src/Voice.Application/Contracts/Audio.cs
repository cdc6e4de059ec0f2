namespace Voice.Application.Contracts;

/// <summary>Where audio comes from.</summary>
public interface IAudioSource
{
    /// <summary>Fetches audio into a file, waiting for audio that is not there yet.</summary>
    /// <exception cref="AudioException">The address is not one that we fetch from, or nothing usable came from it.</exception>
    Task<AudioFile> FetchAsync(Uri address, CancellationToken cancellationToken);

    /// <summary>Keeps audio that is sent to us.</summary>
    /// <exception cref="AudioException">It is too large.</exception>
    Task<AudioFile> KeepAsync(Stream audio, CancellationToken cancellationToken);

    /// <summary>A file that was kept before.</summary>
    AudioFile Open(string path, string sha256);
}

/// <summary>Makes audio of any common format what speech engines want.</summary>
public interface IAudioDecoder
{
    /// <summary>Writes a WAV file, 16 kHz, mono, 16 bit, beside the audio; it goes away with the audio.</summary>
    /// <exception cref="AudioException">It is not audio, or too long.</exception>
    /// <exception cref="ToolMissingException">The decoder is not installed.</exception>
    Task<string> DecodeAsync(AudioFile audio, CancellationToken cancellationToken);
}

/// <summary>Audio in a folder of its own, which goes away with it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Sha256">SHA-256 of its bytes, hexadecimal.</param>
public sealed record AudioFile(string Path, string Sha256) : IDisposable
{
    /// <summary>The folder to work in.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>The audio cannot be used; the sentence tells the caller why.</summary>
public sealed class AudioException(string sentence) : Exception(sentence);
