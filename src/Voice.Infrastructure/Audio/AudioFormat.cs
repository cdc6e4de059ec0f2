using NLayer;

namespace Voice.Infrastructure.Audio;

/// <summary>What audio is, by its bytes: names and labels are whatever the sender wrote.</summary>
internal enum AudioFormat
{
    Wav,

    /// <summary>And the older layers of MPEG audio.</summary>
    Mp3,

    /// <summary>In Ogg.</summary>
    Vorbis,

    /// <summary>In Ogg.</summary>
    Opus,

    /// <summary>Audio that this program cannot decode itself.</summary>
    Foreign,

    Unknown,
}

/// <summary>Tells formats apart.</summary>
internal static class AudioFormats
{
    private const int Start = 64 * 1024; // An mp3 may begin with as much of something else.
    private const int Id3Header = 10;

    /// <summary>What the file is.</summary>
    public static AudioFormat Of(string path)
    {
        using var file = File.OpenRead(path);
        return Of(file);
    }

    /// <summary>What the file is. It is read from its beginning.</summary>
    public static AudioFormat Of(Stream file)
    {
        var at = 0L;
        var start = Read(file, at);
        // A tag may stand before anything, and be large because of its pictures.
        while (start.Length > Id3Header && start.StartsWith("ID3"u8))
            start = Read(file, at += Id3Header + (start[6] << 21 | start[7] << 14 | start[8] << 7 | start[9]));
        if (at == 0 && IsRiff(start)) return WavSound.CanRead(file) ? AudioFormat.Wav : AudioFormat.Foreign;
        if (at == 0 && start.StartsWith("OggS"u8)) return InOgg(start);
        if (IsForeign(start)) return AudioFormat.Foreign;
        return IsMpeg(start) ? AudioFormat.Mp3 : AudioFormat.Unknown;
    }

    private static ReadOnlySpan<byte> Read(Stream file, long at)
    {
        file.Position = at;
        var start = new byte[Start];
        return start.AsSpan(0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
    }

    private static bool IsRiff(ReadOnlySpan<byte> start) =>
        (start.StartsWith("RIFF"u8) || start.StartsWith("RF64"u8)) && start.Length >= 12 && start[8..12].SequenceEqual("WAVE"u8);

    // The first packet stands in the first page, alone, and says what the others are.
    private static AudioFormat InOgg(ReadOnlySpan<byte> page)
    {
        var first = page.Length > OggPackets.Header ? page[Math.Min(page.Length, OggPackets.Header + page[OggPackets.Header - 1])..] : [];
        if (first.StartsWith("\u0001vorbis"u8)) return AudioFormat.Vorbis;
        return OpusSound.CanRead(first) ? AudioFormat.Opus : AudioFormat.Foreign;
    }

    // FLAC, AMR, AIFF, Wave64, Matroska and WebM, MP4 and its kin, AAC.
    private static bool IsForeign(ReadOnlySpan<byte> start) =>
        start.StartsWith("fLaC"u8) || start.StartsWith("#!AMR"u8) || start.StartsWith("FORM"u8)
        || start.StartsWith((ReadOnlySpan<byte>)[0x72, 0x69, 0x66, 0x66, 0x2E, 0x91, 0xCF, 0x11])
        || start.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3])
        || (start.Length > 8 && start[4..8].SequenceEqual("ftyp"u8))
        || (start.Length > 2 && start[0] == 0xFF && (start[1] & 0xF6) == 0xF0);

    // No mark says so: there are frames, one right behind the other.
    private static bool IsMpeg(ReadOnlySpan<byte> start)
    {
        try
        {
            using var mpeg = new MpegFile(new MemoryStream(start.ToArray()));
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
