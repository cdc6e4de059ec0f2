using System.Buffers.Binary;
using Concentus;

namespace Voice.Infrastructure.Audio;

/// <summary>Opus in Ogg (RFC 7845), one channel or two.</summary>
internal static class OpusSound
{
    private const int Channels = 2; // A decoder makes two of one.
    private const int LongestPacket = WavFile.Rate * 120 / 1000;
    private const int HeadLength = 19;

    /// <summary>Whether this first packet says that it is such audio.</summary>
    public static bool CanRead(ReadOnlySpan<byte> packet) =>
        packet.Length >= HeadLength && packet.StartsWith("OpusHead"u8) && packet[18] == 0; // Not more channels, and no other order of them.

    public static Sound Open(Stream file) => new(WavFile.Rate, Channels, Decode(file));

    private static IEnumerable<ReadOnlyMemory<float>> Decode(Stream file)
    {
        OpusCodecFactory.AttemptToUseNativeLibrary = false; // The same everywhere.
        IOpusDecoder? decoder = null;
        var block = new float[LongestPacket * Channels];
        var skipped = 0;
        foreach (var packet in OggPackets.Of(file))
        {
            if (CanRead(packet))
            {
                decoder = OpusCodecFactory.CreateDecoder(WavFile.Rate, Channels);
                decoder.Gain = BinaryPrimitives.ReadInt16LittleEndian(packet.AsSpan(16));
                skipped = BinaryPrimitives.ReadUInt16LittleEndian(packet.AsSpan(10)) / (48_000 / WavFile.Rate);
            }
            else if (!packet.AsSpan().StartsWith("OpusTags"u8))
            {
                if (decoder is null) throw new InvalidDataException("This is something else than it began as.");
                var length = decoder.Decode(packet, block, LongestPacket);
                var skip = Math.Min(skipped, length);
                skipped -= skip;
                yield return block.AsMemory(skip * Channels, (length - skip) * Channels);
            }
        }
    }
}
