namespace Voice.Infrastructure.Speech;

/// <summary>Cuts audio at its pauses: short pieces are heard better and faster than a whole call.</summary>
internal static class Utterances
{
    private const int Frame = 160; // 10 ms at 16 kHz
    private const int Pause = 25; // frames
    private const double Hiss = 60; // Below that nobody speaks.
    private const int Margin = 12;
    private const int Longest = 2000;
    private const double FloorShare = 0.06; // of the loud parts

    /// <summary>Whether that much silence between two words ends an utterance.</summary>
    /// <param name="seconds">The time from the end of one to the start of the next; null when the engine does not say.</param>
    public static bool IsPause(double? seconds) => seconds >= Pause * Frame / 16_000.0;

    /// <summary>The level of the loud parts, where somebody speaks; null where nobody does.</summary>
    /// <param name="levels">Root mean squares of the samples.</param>
    public static double? LevelOfSpeech(IReadOnlyCollection<double> levels) =>
        levels.Count > 0 && levels.Order().ElementAt((int)(levels.Count * 0.95)) is >= Hiss and var loud ? loud : null;

    /// <summary>From where to where somebody speaks, in samples. Nothing where nobody does.</summary>
    public static IEnumerable<(int From, int To)> In(short[] samples)
    {
        var levels = Enumerable.Range(0, samples.Length / Frame)
            .Select(frame => Level(samples.AsSpan(frame * Frame, Frame))).ToArray();
        if (LevelOfSpeech(levels) is not { } loud) yield break;
        var floor = loud * FloorShare;
        var (start, quiet) = (-1, 0);
        for (var frame = 0; frame <= levels.Length; frame++)
        {
            var isSpeech = frame < levels.Length && levels[frame] > floor;
            if (isSpeech)
            {
                if (start < 0) start = frame;
                quiet = 0;
            }
            else quiet++;
            if (start < 0 || (frame < levels.Length && quiet < Pause && frame - start < Longest)) continue;
            var end = frame - quiet + 1;
            if (end - start > 10) yield return (Math.Max(0, start - Margin) * Frame, Math.Min(levels.Length, end + Margin) * Frame);
            (start, quiet) = (-1, 0);
        }
    }

    /// <summary>Root mean square.</summary>
    public static double Level(ReadOnlySpan<short> samples)
    {
        double sum = 0;
        foreach (var sample in samples) sum += (double)sample * sample;
        return Math.Sqrt(sum / samples.Length);
    }
}
