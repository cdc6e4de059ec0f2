using System.Runtime.InteropServices;
using Voice.Infrastructure.Speech;

namespace Voice.Infrastructure.Audio;

/// <summary>Tells two legs of a call that were recorded apart from one sound in two channels.</summary>
internal static class Legs
{
    private const int Block = 1600 * 2; // bytes: 100 ms at 16 kHz
    private const double EchoShare = 0.25; // What is that much softer than the other leg at the time is its echo.
    private const double PauseShare = 0.1; // of the loud parts: less is nobody's voice
    private const double LeastApart = 0.7; // of the talk: people also speak at the same time
    private const double LeastTold = 0.05; // of the talk is said by who says least

    /// <summary>Whether each channel has a voice of its own; then each is freed from the echo of the other.</summary>
    /// <param name="left">A WAV file, 16 kHz, mono, 16 bit.</param>
    /// <param name="right">The other, of the same length.</param>
    public static bool AreApart(string left, string right)
    {
        var (one, other) = (Levels(left), Levels(right));
        var both = one.Zip(other).ToList();
        if (Utterances.LevelOfSpeech([.. both.Select(levels => Math.Max(levels.First, levels.Second))]) is not { } loud) return false;
        var talk = both.Where(levels => Math.Max(levels.First, levels.Second) > loud * PauseShare).ToList();
        var (lefts, rights) = (talk.Count(levels => IsEcho(levels.Second, levels.First)), talk.Count(levels =>
            IsEcho(levels.First, levels.Second)));
        if (lefts + rights < talk.Count * LeastApart || Math.Min(lefts, rights) < talk.Count * LeastTold) return false;
        Silence(left, one, other);
        Silence(right, other, one);
        return true;
    }

    private static bool IsEcho(double level, double other) => level < other * EchoShare;

    private static List<double> Levels(string path)
    {
        using var file = File.OpenRead(path);
        file.Position = WavFile.HeaderLength;
        var levels = new List<double>();
        var block = new byte[Block];
        while (file.ReadAtLeast(block, Block, throwOnEndOfStream: false) == Block)
            levels.Add(Utterances.Level(MemoryMarshal.Cast<byte, short>(block.AsSpan())));
        return levels;
    }

    private static void Silence(string path, List<double> levels, List<double> others)
    {
        using var file = File.OpenWrite(path);
        var silence = new byte[Block];
        for (var at = 0; at < Math.Min(levels.Count, others.Count); at++)
        {
            if (!IsEcho(levels[at], others[at])) continue;
            file.Position = WavFile.HeaderLength + ((long)at * Block);
            file.Write(silence);
        }
    }
}
