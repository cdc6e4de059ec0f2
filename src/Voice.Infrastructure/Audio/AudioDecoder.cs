using System.ComponentModel;
using System.Runtime.InteropServices;
using Voice.Application;
using Voice.Application.Contracts;

namespace Voice.Infrastructure.Audio;

/// <summary>
/// Decodes audio in a process of its own, because the bytes are anybody's: what this program can decode itself in a worker, the rest with
/// ffmpeg, which may read that one file and nothing else.
/// </summary>
/// <param name="limits">How long it may take.</param>
/// <param name="ffmpeg">The program.</param>
internal sealed class AudioDecoder(Limits limits, string ffmpeg = "ffmpeg") : IAudioDecoder
{
    private static readonly TimeSpan LongestAudio = TimeSpan.FromMinutes(20);

    public async Task<DecodedAudio> DecodeAsync(AudioFile audio, CancellationToken cancellationToken)
    {
        var format = AudioFormats.Of(audio.Path);
        string[] legs = [Path.Combine(audio.Folder, "left.wav"), Path.Combine(audio.Folder, "right.wav")];
        var decoded = new DecodedAudio(Path.Combine(audio.Folder, "decoded.wav"), legs);
        try
        {
            await using (var mixed = await WavFile.CreateAsync(decoded.Mixed, cancellationToken))
            await using (var left = await WavFile.CreateAsync(legs[0], cancellationToken))
            await using (var right = await WavFile.CreateAsync(legs[1], cancellationToken))
            {
                var exitCode = await RunAsync(
                    format, audio.Path, (output, cancelled) => SplitAsync(output, mixed, left, right, cancelled), cancellationToken);
                if (Tool.IsKilled(exitCode)) throw new AudioException("The audio takes too long to decode.");
                if (exitCode != 0 || mixed.Length == 0) throw NoAudio();
                foreach (var file in (WavFile[])[mixed, left, right]) await file.CompleteAsync(cancellationToken);
            }
            if (Legs.AreApart(legs[0], legs[1])) return decoded;
            foreach (var leg in legs) File.Delete(leg);
            return decoded with { Legs = [] };
        }
        catch
        {
            decoded.Dispose();
            throw;
        }
    }

    private static AudioException NoAudio() => new("This is not audio that we can read: wav, mp3, m4a, ogg, webm or flac.");

    // The output is samples of two channels, 16 kHz, 16 bit: what we write ourselves cannot fail for want of room and look like bad audio.
    private async Task<int> RunAsync(
        AudioFormat format, string file, Func<Stream, CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        if (format is not (AudioFormat.Foreign or AudioFormat.Unknown))
            return await Tool.RunWorkerAsync(DecodeWorker.Argument, file, input: null, read, limits.DecodingTime, cancellationToken);
        string[] arguments =
        [
            "-nostdin", "-v", "error", "-protocol_whitelist", "file",
            "-format_whitelist", "wav,mp3,mov,mp4,m4a,aac,ogg,flac,w64,aiff,amr,matroska,webm",
            "-i", file, "-map", "0:a:0", "-vn", "-ac", "2", "-ar", $"{WavFile.Rate}", "-f", "s16le", "pipe:1",
        ];
        try
        {
            return await Tool.RunAsync(ffmpeg, arguments, input: null, read, limits.DecodingTime, cancellationToken);
        }
        catch (Win32Exception)
        {
            throw format == AudioFormat.Unknown ? NoAudio() : new ToolMissingException(
                "Audio of this format is decoded with ffmpeg, which is not installed. On Debian: apt-get install ffmpeg; "
                + "or send wav, mp3 or ogg.");
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
            if (mixed.Length + length > (LongestAudio.TotalSeconds * WavFile.BytesPerSecond) + (WavFile.BytesPerSecond / 2))
                throw new AudioException($"The audio is longer than {LongestAudio.TotalMinutes:0} minutes.");
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
}
