using System.ComponentModel;
using Voice.Application;
using Voice.Application.Contracts;

namespace Voice.Infrastructure.Audio;

/// <summary>Decodes audio with ffmpeg, which may read that one file and nothing else.</summary>
internal sealed class FfmpegDecoder(Limits limits) : IAudioDecoder
{
    private static readonly TimeSpan LongestAudio = TimeSpan.FromMinutes(20);
    private const int Rate = 16_000;
    private const int BytesPerSecond = Rate * 2;
    private const int HeaderLength = 44;

    public async Task<DecodedAudio> DecodeAsync(AudioFile audio, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "-nostdin", "-v", "error", "-protocol_whitelist", "file",
            "-format_whitelist", "wav,mp3,mov,mp4,m4a,aac,ogg,flac,w64,aiff,amr,matroska,webm",
            // Who wrote the file while it grew may have claimed too little in its header.
            .. await IsWavAsync(audio, cancellationToken) ? (string[])["-ignore_length", "1"] : [],
            "-t", $"{LongestAudio.TotalSeconds + 1}", "-i", audio.Path, "-map", "0:a:0", "-vn", "-ac", "1", "-ar", "16000",
            "-f", "s16le", "pipe:1", // What we write ourselves cannot fail for want of room and look like bad audio.
        ];
        var decoded = new DecodedAudio(Path.Combine(audio.Folder, "decoded.wav"));
        try
        {
            await using var wav = OwnFile.Create(decoded.Path);
            await wav.WriteAsync(new byte[HeaderLength], cancellationToken);
            var exitCode = await Tool.RunAsync("ffmpeg", arguments, input: null, wav, limits.DecodingTime, cancellationToken);
            if (exitCode >= Tool.Killed) throw new AudioException("The audio takes too long to decode.");
            if (exitCode != 0 || wav.Length <= HeaderLength)
                throw new AudioException("This is not audio that we can read: wav, mp3, m4a, ogg, webm or flac.");
            if (wav.Length > HeaderLength + (LongestAudio.TotalSeconds * BytesPerSecond) + BytesPerSecond / 2)
                throw new AudioException($"The audio is longer than {LongestAudio.TotalMinutes:0} minutes.");
            wav.Position = 0;
            await wav.WriteAsync(Header((int)wav.Length - HeaderLength), cancellationToken);
            return decoded;
        }
        catch (Exception exception)
        {
            decoded.Dispose();
            if (exception is Win32Exception) throw new ToolMissingException(
                "Audio cannot be decoded because ffmpeg is not installed. On Debian: apt-get install ffmpeg.");
            throw;
        }
    }

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

    private static async Task<bool> IsWavAsync(AudioFile audio, CancellationToken cancellationToken)
    {
        var start = new byte[12];
        await using var file = File.OpenRead(audio.Path);
        return await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken) == start.Length
            && start.AsSpan(0, 4).SequenceEqual("RIFF"u8) && start.AsSpan(8).SequenceEqual("WAVE"u8);
    }
}
