using System.Buffers.Binary;

namespace Voice.Infrastructure.Audio;

/// <summary>The packets of an Ogg file (RFC 3533).</summary>
internal static class OggPackets
{
    /// <summary>How many bytes a page has before it tells the lengths of its pieces; the last of them is how many there are.</summary>
    public const int Header = 27;

    private const int Whole = 255; // A piece of that length goes on in the next.
    private const int LargestPacket = 256 * 1024;

    /// <summary>The packets of the stream that comes first, and of those that begin after its end.</summary>
    /// <exception cref="InvalidDataException">It is broken, or ends too soon.</exception>
    public static IEnumerable<byte[]> Of(Stream file)
    {
        var header = new byte[Header];
        var stream = (uint?)null;
        using var packet = new MemoryStream();
        while (file.ReadAtLeast(header, Header, throwOnEndOfStream: false) is var read && read > 0)
        {
            if (read < Header || !header.AsSpan().StartsWith("OggS"u8)) throw new InvalidDataException("This is no page.");
            var pieces = new byte[header[Header - 1]];
            file.ReadExactly(pieces);
            var number = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(14));
            stream ??= number;
            var body = new byte[pieces.Sum(piece => piece)];
            file.ReadExactly(body);
            if (number != stream) continue;
            var at = 0;
            foreach (var piece in pieces)
            {
                if (packet.Length > LargestPacket) throw new InvalidDataException("A packet has no end.");
                packet.Write(body, at, piece);
                at += piece;
                if (piece == Whole) continue;
                yield return packet.ToArray();
                packet.SetLength(0);
            }
            if ((header[5] & 4) != 0) stream = null; // It was the last page of this one.
        }
    }
}
