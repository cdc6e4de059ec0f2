namespace Voice.Application.Contracts;

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

/// <summary>Decoded audio, which is large and soon gone.</summary>
/// <param name="Path">The WAV file.</param>
public sealed record DecodedAudio(string Path) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => File.Delete(Path);
}

/// <summary>The audio cannot be used; the sentence tells the caller why.</summary>
public sealed class AudioException(string sentence) : Exception(sentence);

/// <summary>The audio is not there (yet): often it is, seconds after the call. Asking again later may help.</summary>
/// <param name="waitAtMost">How long it is worth waiting for it.</param>
/// <param name="sentence">What to tell the caller when that is over.</param>
public sealed class AudioNotThereException(TimeSpan waitAtMost, string sentence) : Exception(sentence)
{
    /// <summary>How long it is worth waiting for it.</summary>
    public TimeSpan WaitAtMost { get; } = waitAtMost;
}
