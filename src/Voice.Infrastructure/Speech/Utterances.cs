namespace Voice.Infrastructure.Speech;

/// <summary>Cuts audio at its pauses: short pieces are heard better and faster than a whole call.</summary>
internal static class Utterances
{
    private const int Frame = 160; // 10 ms at 16 kHz
    private const int Pause = 25; // frames
    private const int Margin = 12;
    private const int Longest = 2000;
    private const double FloorShare = 0.06; // of the loud parts

    /// <summary>From where to where somebody speaks, in samples. Nothing where nobody does.</summary>
    public static IEnumerable<(int From, int To)> In(short[] samples)
    {
        var levels = Enumerable.Range(0, samples.Length / Frame)
            .Select(frame => Math.Sqrt(MeanSquare(samples, frame * Frame))).ToArray();
        if (levels.Length == 0) yield break;
        var loud = levels.Order().ElementAt((int)(levels.Length * 0.95));
        if (loud < 60) yield break; // Below that it is hiss.
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

    private static double MeanSquare(short[] samples, int from)
    {
        double sum = 0;
        for (var at = from; at < from + Frame; at++) sum += (double)samples[at] * samples[at];
        return sum / Frame;
    }
}
