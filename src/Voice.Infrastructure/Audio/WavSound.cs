using System.Buffers.Binary;

namespace Voice.Infrastructure.Audio;

/// <summary>WAV: PCM of any width, floating point, and the two laws of telephony.</summary>
internal static class WavSound
{
    private const int RiffHeader = 12;
    private const int ChunkHeader = 8;
    private const int LongestFormat = 40;
    private const int Extensible = 0xFFFE; // Then the kind stands further back.
    private const int Block = 4096; // samples of a channel

    /// <summary>Whether it is of a kind that is read here. What says of no kind that it were it is broken.</summary>
    public static bool CanRead(Stream file) => Parse(file) is not { } wav || SampleOf(wav) is not null;

    /// <exception cref="InvalidDataException">It is broken.</exception>
    public static Sound Open(Stream file) => Parse(file) is { Channels: > 0 } wav && SampleOf(wav) is { } sample
        ? new(wav.Rate, wav.Channels, Decode(file, wav, sample))
        : throw new InvalidDataException("There is no sound in it.");

    private static IEnumerable<ReadOnlyMemory<float>> Decode(Stream file, Wav wav, Func<byte[], int, float> sample)
    {
        var width = wav.Bits / 8;
        var (raw, block) = (new byte[Block * width * wav.Channels], new float[Block * wav.Channels]);
        file.Position = wav.From;
        for (var left = wav.Length; left > 0;)
        {
            var read = file.ReadAtLeast(raw.AsSpan(0, (int)Math.Min(raw.Length, left)), 1, throwOnEndOfStream: false);
            var samples = read / (width * wav.Channels) * wav.Channels;
            if (samples == 0) yield break;
            for (var at = 0; at < samples; at++) block[at] = sample(raw, at * width);
            left -= read;
            yield return block.AsMemory(0, samples);
        }
    }

    private static Wav? Parse(Stream file)
    {
        file.Position = RiffHeader;
        var (chunk, format) = (new byte[ChunkHeader], new byte[LongestFormat]);
        var hasFormat = false;
        while (file.ReadAtLeast(chunk, ChunkHeader, throwOnEndOfStream: false) == ChunkHeader)
        {
            var (from, length) = (file.Position, BinaryPrimitives.ReadUInt32LittleEndian(chunk.AsSpan(4)));
            if (chunk.AsSpan().StartsWith("data"u8)) return hasFormat ? ToWav(format, from, LengthOfData(file, from, length)) : null;
            if (chunk.AsSpan().StartsWith("fmt "u8))
                hasFormat = file.ReadAtLeast(format.AsSpan(0, (int)Math.Min(length, LongestFormat)), 16, throwOnEndOfStream: false) >= 16;
            file.Position = from + length + (length & 1);
        }
        return null;
    }

    private static Wav ToWav(ReadOnlySpan<byte> format, long from, long length)
    {
        var kind = BinaryPrimitives.ReadUInt16LittleEndian(format);
        return new(
            kind == Extensible ? BinaryPrimitives.ReadUInt16LittleEndian(format[24..]) : kind,
            BinaryPrimitives.ReadUInt16LittleEndian(format[2..]), BinaryPrimitives.ReadInt32LittleEndian(format[4..]),
            BinaryPrimitives.ReadUInt16LittleEndian(format[14..]), from, length);
    }

    // Who wrote the file while it grew may have claimed too little, or nothing. A claim is good where it leads to another chunk or the end.
    private static long LengthOfData(Stream file, long from, uint claimed)
    {
        var rest = file.Length - from;
        var end = from + claimed + (claimed & 1);
        if (claimed == 0 || from + claimed > file.Length) return rest;
        if (end >= file.Length) return claimed;
        var chunk = new byte[ChunkHeader];
        file.Position = end;
        return file.ReadAtLeast(chunk, ChunkHeader, throwOnEndOfStream: false) == ChunkHeader
            && !chunk.AsSpan(0, 4).ContainsAnyExceptInRange((byte)' ', (byte)'~')
            && end + ChunkHeader + BinaryPrimitives.ReadUInt32LittleEndian(chunk.AsSpan(4)) <= file.Length
            ? claimed
            : rest;
    }

    private static Func<byte[], int, float>? SampleOf(Wav wav) => (wav.Kind, wav.Bits) switch
    {
        (1, 8) => (raw, at) => (raw[at] - 128) / 128f,
        (1, 16) => (raw, at) => BinaryPrimitives.ReadInt16LittleEndian(raw.AsSpan(at)) / 32768f,
        (1, 24) => (raw, at) => (raw[at] | raw[at + 1] << 8 | (sbyte)raw[at + 2] << 16) / 8388608f,
        (1, 32) => (raw, at) => BinaryPrimitives.ReadInt32LittleEndian(raw.AsSpan(at)) / 2147483648f,
        (3, 32) => (raw, at) => BinaryPrimitives.ReadSingleLittleEndian(raw.AsSpan(at)),
        (3, 64) => (raw, at) => (float)BinaryPrimitives.ReadDoubleLittleEndian(raw.AsSpan(at)),
        (6, 8) => (raw, at) => OfALaw(raw[at]) / 32768f,
        (7, 8) => (raw, at) => OfMuLaw(raw[at]) / 32768f,
        _ => null,
    };

    // ITU-T G.711: a sign, three bits that say how large, and four of the value. Every other bit is turned over.
    private static int OfALaw(byte coded)
    {
        var bits = coded ^ 0x55;
        var (size, value) = ((bits & 0x70) >> 4, (bits & 0x0F) << 4 | 8);
        var level = size == 0 ? value : (value | 0x100) << (size - 1);
        return (bits & 0x80) == 0 ? -level : level;
    }

    // The same with all bits turned over, and a bias.
    private static int OfMuLaw(byte coded)
    {
        const int bias = 0x84;
        var bits = ~coded;
        var level = (((bits & 0x0F) << 3) + bias << ((bits & 0x70) >> 4)) - bias;
        return (bits & 0x80) == 0 ? level : -level;
    }

    private sealed record Wav(int Kind, int Channels, int Rate, int Bits, long From, long Length);
}
