namespace Voice.Application.Contracts;

/// <summary>Where audio comes from.</summary>
public interface IAudioSource
{
    /// <summary>Fetches audio into a file.</summary>
    /// <exception cref="AudioException">The address is not one that we fetch from, or nothing usable came from it.</exception>
    /// <exception cref="AudioNotThereException">Its host does not have it (yet).</exception>
    /// <exception cref="StorageException">There is no room for it.</exception>
    Task<AudioFile> FetchAsync(Uri address, CancellationToken cancellationToken);

    /// <summary>Keeps audio that is sent to us.</summary>
    /// <exception cref="AudioException">It is too large.</exception>
    /// <exception cref="StorageException">There is no room for it.</exception>
    Task<AudioFile> KeepAsync(Stream audio, CancellationToken cancellationToken);

    /// <summary>Looks for audio that was kept before.</summary>
    /// <exception cref="AudioNotThereException">It is not on this machine.</exception>
    AudioFile Open(string path, string sha256);
}
