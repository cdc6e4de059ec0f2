using System.Runtime.InteropServices;
using Concentus;

namespace Voice.Infrastructure.Audio;

/// <summary>
/// A process of its own around the decoders: bytes that make one of them run for ever, or want all memory, cost that process and no other.
/// Writes samples of two channels, 16 kHz, 16 bit, to its output.
/// </summary>
public static class DecodeWorker
{
    /// <summary>The argument that makes the program this worker.</summary>
    public const string Argument = "decode-worker";

    private const int Channels = 2;
    private const int Quality = 5; // of 10
    private const int LowestRate = 1_000;
    private const int HighestRate = 768_000;

    /// <summary>Does one piece of work.</summary>
    /// <param name="file">The audio.</param>
    /// <returns>0; anything else where it is broken.</returns>
    public static int Run(string file)
    {
        using var output = Console.OpenStandardOutput();
        try
        {
            using var input = File.OpenRead(file);
            Write(Sound.Open(input), output);
            return 0;
        }
        catch (Exception exception) // Each decoder has exceptions of its own for broken bytes, or none.
        {
            Console.Error.WriteLine(exception.GetType());
            return 1;
        }
    }

    /// <summary>Writes it as the service wants it.</summary>
    internal static void Write(Sound sound, Stream output)
    {
        if (sound.Rate is < LowestRate or > HighestRate) throw new InvalidDataException("Nobody has such ears.");
        var resampler = ResamplerFactory.CreateResampler(Channels, sound.Rate, WavFile.Rate, Quality);
        resampler.SkipZeroes();
        foreach (var block in sound.Blocks) Write(ToStereo(block.Span, sound.Channels));
        Write(new float[resampler.InputLatency * Channels]); // What it still holds back.

        void Write(float[] samples)
        {
            var resampled = new float[(int)((long)samples.Length * WavFile.Rate / sound.Rate) + (64 * Channels)];
            for (var at = 0; at < samples.Length;)
            {
                var (read, written) = ((samples.Length - at) / Channels, resampled.Length / Channels);
                resampler.ProcessInterleaved(samples.AsSpan(at), ref read, resampled, ref written);
                if (read == 0 && written == 0) return;
                at += read * Channels;
                output.Write(MemoryMarshal.AsBytes(Array.ConvertAll(resampled[..(written * Channels)], ToShort).AsSpan()));
            }
        }
    }

    // Of more channels nobody knows who speaks on which.
    private static float[] ToStereo(ReadOnlySpan<float> samples, int channels)
    {
        var stereo = new float[samples.Length / channels * Channels];
        for (var at = 0; at < stereo.Length / Channels; at++)
        {
            var frame = samples.Slice(at * channels, channels);
            var (left, right) = channels == Channels ? (frame[0], frame[1]) : (Mean(frame), Mean(frame));
            (stereo[at * Channels], stereo[(at * Channels) + 1]) = (Sane(left), Sane(right));
        }
        return stereo;
    }

    private static float Mean(ReadOnlySpan<float> frame)
    {
        var sum = 0f;
        foreach (var sample in frame) sum += sample;
        return sum / frame.Length;
    }

    private static float Sane(float sample) => float.IsNaN(sample) ? 0 : Math.Clamp(sample, -1, 1);

    private static short ToShort(float sample) => (short)Math.Round(Math.Clamp(sample, -1, 1) * short.MaxValue);
}
