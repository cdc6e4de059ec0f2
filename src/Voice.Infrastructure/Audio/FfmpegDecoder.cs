using System.ComponentModel;
using System.Runtime.InteropServices;
using Voice.Application;
using Voice.Application.Contracts;

namespace Voice.Infrastructure.Audio;

/// <summary>Decodes audio with ffmpeg, which may read that one file and nothing else.</summary>
internal sealed class FfmpegDecoder(Limits limits) : IAudioDecoder
{
    private static readonly TimeSpan LongestAudio = TimeSpan.FromMinutes(20);

    public async Task<DecodedAudio> DecodeAsync(AudioFile audio, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "-nostdin", "-v", "error", "-protocol_whitelist", "file",
            "-format_whitelist", "wav,mp3,mov,mp4,m4a,aac,ogg,flac,w64,aiff,amr,matroska,webm",
            // Who wrote the file while it grew may have claimed too little in its header.
            .. await IsWavAsync(audio, cancellationToken) ? (string[])["-ignore_length", "1"] : [],
            "-t", $"{LongestAudio.TotalSeconds + 1}", "-i", audio.Path, "-map", "0:a:0", "-vn", "-ac", "2", "-ar", $"{WavFile.Rate}",
            "-f", "s16le", "pipe:1", // What we write ourselves cannot fail for want of room and look like bad audio.
        ];
        string[] legs = [Path.Combine(audio.Folder, "left.wav"), Path.Combine(audio.Folder, "right.wav")];
        var decoded = new DecodedAudio(Path.Combine(audio.Folder, "decoded.wav"), legs);
        try
        {
            await using (var mixed = await WavFile.CreateAsync(decoded.Mixed, cancellationToken))
            await using (var left = await WavFile.CreateAsync(legs[0], cancellationToken))
            await using (var right = await WavFile.CreateAsync(legs[1], cancellationToken))
            {
                var exitCode = await Tool.RunAsync("ffmpeg", arguments, input: null,
                    (output, cancelled) => SplitAsync(output, mixed, left, right, cancelled), limits.DecodingTime, cancellationToken);
                if (exitCode >= Tool.Killed) throw new AudioException("The audio takes too long to decode.");
                if (exitCode != 0 || mixed.Length == 0)
                    throw new AudioException("This is not audio that we can read: wav, mp3, m4a, ogg, webm or flac.");
                if (mixed.Length > (LongestAudio.TotalSeconds * WavFile.BytesPerSecond) + WavFile.BytesPerSecond / 2)
                    throw new AudioException($"The audio is longer than {LongestAudio.TotalMinutes:0} minutes.");
                foreach (var file in (WavFile[])[mixed, left, right]) await file.CompleteAsync(cancellationToken);
            }
            if (Legs.AreApart(legs[0], legs[1])) return decoded;
            foreach (var leg in legs) File.Delete(leg);
            return decoded with { Legs = [] };
        }
        catch (Exception exception)
        {
            decoded.Dispose();
            if (exception is Win32Exception) throw new ToolMissingException(
                "Audio cannot be decoded because ffmpeg is not installed. On Debian: apt-get install ffmpeg.");
            throw;
        }
    }

    // Samples of two channels, one by one.
    private static async Task SplitAsync(Stream output, WavFile mixed, WavFile left, WavFile right, CancellationToken cancellationToken)
    {
        var both = new byte[WavFile.BytesPerSecond];
        var (mono, one, other) = (new byte[both.Length / 2], new byte[both.Length / 2], new byte[both.Length / 2]);
        int read;
        do
        {
            read = await output.ReadAtLeastAsync(both, both.Length, throwOnEndOfStream: false, cancellationToken);
            var length = Split(both.AsSpan(0, read), mono, one, other);
            await mixed.AppendAsync(mono.AsMemory(0, length), cancellationToken);
            await left.AppendAsync(one.AsMemory(0, length), cancellationToken);
            await right.AppendAsync(other.AsMemory(0, length), cancellationToken);
        }
        while (read == both.Length);
    }

    private static int Split(ReadOnlySpan<byte> both, Span<byte> mono, Span<byte> left, Span<byte> right)
    {
        var samples = MemoryMarshal.Cast<byte, short>(both);
        var mixed = MemoryMarshal.Cast<byte, short>(mono);
        var one = MemoryMarshal.Cast<byte, short>(left);
        var other = MemoryMarshal.Cast<byte, short>(right);
        for (var at = 0; at < samples.Length / 2; at++)
            (one[at], other[at], mixed[at]) = (samples[at * 2], samples[at * 2 + 1], (short)((samples[at * 2] + samples[at * 2 + 1]) / 2));
        return samples.Length / 2 * sizeof(short);
    }

    private static async Task<bool> IsWavAsync(AudioFile audio, CancellationToken cancellationToken)
    {
        var start = new byte[12];
        await using var file = File.OpenRead(audio.Path);
        return await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken) == start.Length
            && start.AsSpan(0, 4).SequenceEqual("RIFF"u8) && start.AsSpan(8).SequenceEqual("WAVE"u8);
    }
}
