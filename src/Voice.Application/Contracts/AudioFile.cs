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

/// <summary>Audio as speech engines want it, which is large and soon gone.</summary>
/// <param name="Mixed">The file with everybody's voice.</param>
/// <param name="Legs">A file with each party's voice, where they were recorded apart; otherwise none.</param>
public sealed record DecodedAudio(string Mixed, IReadOnlyList<string> Legs) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in Legs.Prepend(Mixed)) File.Delete(file);
    }
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
