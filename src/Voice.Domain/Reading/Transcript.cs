namespace Voice.Domain.Reading;

/// <summary>What was said in a call.</summary>
/// <param name="Text">The words, as the speech engine wrote them.</param>
/// <param name="Segments">Where in the audio its parts were heard, in order; empty when the engine does not say.</param>
public sealed record Transcript(string Text, IReadOnlyList<TranscriptSegment> Segments)
{
    /// <summary>A transcript without times, such as a written one.</summary>
    public static Transcript Of(string text) => new(text, []);

    /// <summary>The talk of parties who were recorded apart: their turns in the order of time, each with its speaker.</summary>
    /// <param name="legs">What was said on each leg; all of them timed.</param>
    public static Transcript OfLegs(IReadOnlyList<Transcript> legs)
    {
        var turns = legs.SelectMany((leg, index) => leg.InTurns().Select(turn => (Leg: leg, Speaker: $"{index + 1}", turn.From, turn.To)));
        var text = new System.Text.StringBuilder();
        var segments = new List<TranscriptSegment>();
        foreach (var (leg, speaker, from, to) in turns.OrderBy(turn => turn.Leg.Segments[turn.From].FromSeconds))
        {
            if (text.Length > 0) text.Append(' ');
            var start = leg.Segments[from].Start;
            var moved = text.Length - start;
            for (var at = from; at < to; at++)
            {
                var segment = leg.Segments[at];
                segments.Add(segment with
                {
                    Start = segment.Start + moved,
                    End = segment.End + moved,
                    StartsTurn = at == from && text.Length > 0,
                    Speaker = speaker,
                });
            }
            text.Append(leg.Text[start..(to < leg.Segments.Count ? leg.Segments[to].Start : leg.Text.Length)].TrimEnd());
        }
        return new(text.ToString(), segments);
    }

    /// <summary>Something was said, and all of it has its time.</summary>
    public bool IsTimed => Segments.Count > 0 && Segments.All(segment => segment.FromSeconds is not null);

    /// <summary>When the words at that place were said, in seconds from the start; null when unknown.</summary>
    public double? SecondsAt(int start) => Segments.LastOrDefault(segment => segment.Start <= start && start < segment.End)?.FromSeconds;

    /// <summary>Who said the words at that place; null when unknown.</summary>
    public string? SpeakerAt(int start) => Segments.LastOrDefault(segment => segment.Start <= start && start < segment.End)?.Speaker;

    /// <summary>How sure the engine is of the words between two places, 0 to 1: as sure as of the least sure part; 1 where it does not
    /// say.</summary>
    public double ConfidenceOf(int start, int end) => Segments
        .Where(segment => segment.Start < end && start < segment.End)
        .Select(segment => segment.Confidence ?? 1).DefaultIfEmpty(1).Min();

    // The first segment of each turn, and the one after its last.
    private IEnumerable<(int From, int To)> InTurns()
    {
        for (var from = 0; from < Segments.Count;)
        {
            var to = from + 1;
            while (to < Segments.Count && !Segments[to].StartsTurn) to++;
            yield return (from, to);
            from = to;
        }
    }
}

/// <summary>A part of a transcript: a word or a sentence, as fine as the engine gives it.</summary>
/// <param name="Start">First character.</param>
/// <param name="End">The character after the last.</param>
/// <param name="FromSeconds">Start in the audio, in seconds.</param>
/// <param name="ToSeconds">End in the audio, in seconds.</param>
/// <param name="Confidence">How sure the engine is, 0 to 1; null when it does not say.</param>
/// <param name="StartsTurn">A pause or another speaker comes before it.</param>
/// <param name="Speaker">Who speaks, by any name that is the same throughout the call; null when the engine does not say.</param>
public sealed record TranscriptSegment(
    int Start, int End, double? FromSeconds, double? ToSeconds, double? Confidence, bool StartsTurn = false, string? Speaker = null);
