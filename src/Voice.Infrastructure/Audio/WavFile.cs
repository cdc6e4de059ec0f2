using System.Runtime.InteropServices;

namespace Voice.Infrastructure.Audio;

/// <summary>A new WAV file of ours, 16 kHz, mono, 16 bit.</summary>
internal sealed class WavFile : IAsyncDisposable
{
    public const int Rate = 16_000;
    public const int BytesPerSecond = Rate * 2;
    public const int HeaderLength = 44;
    private readonly OwnFile _file;

    private WavFile(OwnFile file) => _file = file;

    /// <summary>How many bytes of sound it has.</summary>
    public long Length => _file.Length - HeaderLength;

    /// <exception cref="Voice.Application.StorageException">There is no room for it.</exception>
    public static async Task<WavFile> CreateAsync(string path, CancellationToken cancellationToken)
    {
        var file = OwnFile.Create(path);
        await file.WriteAsync(new byte[HeaderLength], cancellationToken);
        return new(file);
    }

    /// <summary>The samples of one that is complete.</summary>
    public static async Task<short[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        return MemoryMarshal.Cast<byte, short>(bytes.AsSpan(HeaderLength)).ToArray();
    }

    /// <exception cref="Voice.Application.StorageException">There is no room for it.</exception>
    public ValueTask AppendAsync(ReadOnlyMemory<byte> samples, CancellationToken cancellationToken) =>
        _file.WriteAsync(samples, cancellationToken);

    /// <summary>Writes the header, which tells the length.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        var header = Header((int)Length);
        _file.Position = 0;
        await _file.WriteAsync(header, cancellationToken);
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private static byte[] Header(int length)
    {
        using var header = new MemoryStream(HeaderLength);
        using var writer = new BinaryWriter(header);
        writer.Write("RIFF"u8);
        writer.Write(HeaderLength - 8 + length);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1); // PCM
        writer.Write((short)1); // Channels
        writer.Write(Rate);
        writer.Write(BytesPerSecond);
        writer.Write((short)2); // Bytes for a sample
        writer.Write((short)16); // Bits for a sample
        writer.Write("data"u8);
        writer.Write(length);
        return header.ToArray();
    }
}
