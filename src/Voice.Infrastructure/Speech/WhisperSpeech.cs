using Whisper.net;

namespace Voice.Infrastructure.Speech;

/// <summary>What Whisper heard: pieces of words with their times in hundredths of a second, which may lie outside the audio.</summary>
internal static class WhisperSpeech
{
    /// <summary>A sentence or so, with its words; null where it only tells what else is to be heard, as <c>[MUSIC]</c>.</summary>
    /// <param name="segment">As it was heard.</param>
    /// <param name="length">Of the audio, in seconds.</param>
    public static OpenAiSegment? ToSegment(SegmentData segment, double length)
    {
        var said = segment.Text.Trim();
        if (said.Length == 0 || ("[(*♪".Contains(said[0]) && "])*♪".Contains(said[^1]))) return null;
        var (start, end) = Within(segment.Start.TotalSeconds, segment.End.TotalSeconds, 0);
        var words = new List<OpenAiWord>();
        foreach (var token in segment.Tokens)
        {
            if (token.Text is not { Length: > 0 } text || text.StartsWith("[_", StringComparison.Ordinal)
                || text.StartsWith("<|", StringComparison.Ordinal)) continue;
            var (from, to) = Within(token.Start / 100.0, token.End / 100.0, words.Count == 0 ? start : words[^1].Start!.Value);
            if (words.Count == 0 || text[0] == ' ')
                words.Add(new() { Word = text.Trim(), Start = from, End = to, Probability = Sure(token.Probability) });
            else words[^1] = words[^1] with
            {
                Word = words[^1].Word + text,
                End = Math.Max(to, words[^1].End!.Value),
                Probability = Math.Min(words[^1].Probability!.Value, Sure(token.Probability)),
            };
        }
        return new() { Text = segment.Text, Start = start, End = end, Words = words };

        (double From, double To) Within(double from, double to, double atLeast)
        {
            from = Math.Clamp(from, atLeast, Math.Max(atLeast, length));
            return (from, Math.Clamp(to, from, Math.Max(from, length)));
        }
    }

    private static double Sure(float probability) => Math.Round(Math.Clamp(float.IsNaN(probability) ? 0 : probability, 0, 1), 3);
}
