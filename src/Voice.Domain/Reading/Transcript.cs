namespace Voice.Domain.Reading;

/// <summary>What was said in a call.</summary>
/// <param name="Text">The words, as the speech engine wrote them.</param>
/// <param name="Segments">Where in the audio its parts were heard, in order; empty when the engine does not say.</param>
public sealed record Transcript(string Text, IReadOnlyList<TranscriptSegment> Segments)
{
    /// <summary>A transcript without times, such as a written one.</summary>
    public static Transcript Of(string text) => new(text, []);

    /// <summary>When the words at that place were said, in seconds from the start; null when unknown.</summary>
    public double? SecondsAt(int start) => Segments.LastOrDefault(segment => segment.Start <= start && start < segment.End)?.FromSeconds;

    /// <summary>Who said the words at that place; null when unknown.</summary>
    public string? SpeakerAt(int start) => Segments.LastOrDefault(segment => segment.Start <= start && start < segment.End)?.Speaker;

    /// <summary>How sure the engine is of the words between two places, 0 to 1: as sure as of the least sure part; 1 where it does not
    /// say.</summary>
    public double ConfidenceOf(int start, int end) => Segments
        .Where(segment => segment.Start < end && start < segment.End)
        .Select(segment => segment.Confidence ?? 1).DefaultIfEmpty(1).Min();
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
