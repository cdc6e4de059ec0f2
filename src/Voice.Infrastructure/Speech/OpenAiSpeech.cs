using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Voice.Domain.Reading;

namespace Voice.Infrastructure.Speech;

/// <summary>
/// What such a server heard. The marks stand in the text and the segments, the finest times in the words, beside the segments or inside
/// them; a server that tells voices apart names the speaker at either.
/// </summary>
internal sealed record OpenAiSpeech
{
    private const int Reach = 60; // characters that a word may lie behind the one before, where the text writes some otherwise

    public string? Text { get; init; }

    public IReadOnlyList<OpenAiSegment>? Segments { get; init; }

    public IReadOnlyList<OpenAiWord>? Words { get; init; }

    public Transcript ToTranscript()
    {
        var text = new StringBuilder();
        var parts = new List<TranscriptSegment>();
        foreach (var segment in Segments is { Count: > 0 } ? Segments : [new() { Text = Text }])
        {
            if (segment.Text?.Trim() is not { Length: > 0 } said) continue;
            if (text.Length > 0) text.Append(' ');
            parts.Add(new(text.Length, text.Length + said.Length, segment.Start, segment.End, segment.Confidence,
                Speaker: segment.SpeakerName));
            text.Append(said);
        }
        var heard = text.ToString();
        var words = Place(Words ?? [.. (Segments ?? []).SelectMany(segment => segment.Words ?? [])], heard);
        var pieces = parts.SelectMany(part => Split(part, words)).ToList();
        return new(heard, pieces.Exists(piece => piece.FromSeconds is not null || piece.Speaker is not null)
            ? WithTurns(pieces, words) : []);
    }

    /// <summary>Each word at its place in the text, and whether a pause is before it; those that the text writes otherwise have
    /// none.</summary>
    private static Dictionary<int, (OpenAiWord Word, bool IsAfterPause)> Place(IReadOnlyList<OpenAiWord> words, string text)
    {
        var placed = new Dictionary<int, (OpenAiWord, bool)>();
        var (from, end) = (0, (double?)null);
        foreach (var word in words)
        {
            var isAfterPause = Utterances.IsPause(word.Start - end);
            end = word.End;
            var letters = (word.Word ?? "").Trim(' ', '.', ',', '?', '!', ';', ':', '"', '“', '”', '…', '-');
            if (letters.Length == 0 || Find(text, letters, from) is not { } start) continue;
            placed[start] = (word, isAfterPause);
            from = start + letters.Length;
        }
        return placed;
    }

    // As a whole word, and near.
    private static int? Find(string text, string letters, int from)
    {
        for (var at = from; at <= Math.Min(from + Reach, text.Length); at++)
        {
            at = text.IndexOf(letters, at, StringComparison.OrdinalIgnoreCase);
            if (at < 0 || at > from + Reach) return null;
            var end = at + letters.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end]))) return at;
        }
        return null;
    }

    /// <summary>A segment as its words, each up to the next; what a word does not tell, its segment does.</summary>
    private static IEnumerable<TranscriptSegment> Split(
        TranscriptSegment part, Dictionary<int, (OpenAiWord Word, bool IsAfterPause)> words)
    {
        var starts = words.Keys.Where(start => part.Start <= start && start < part.End).Order().ToList();
        if (starts.Count == 0 || starts[0] > part.Start) yield return part with { End = starts.Count == 0 ? part.End : starts[0] };
        for (var at = 0; at < starts.Count; at++)
        {
            var word = words[starts[at]].Word;
            yield return new(starts[at], at + 1 < starts.Count ? starts[at + 1] : part.End, word.Start, word.End,
                word.Probability ?? part.Confidence, Speaker: word.SpeakerName ?? part.Speaker);
        }
    }

    // Between words a pause tells; before a segment whose words have no times there may be one.
    private static List<TranscriptSegment> WithTurns(
        List<TranscriptSegment> pieces, Dictionary<int, (OpenAiWord Word, bool IsAfterPause)> words) =>
    [
        .. pieces.Select((piece, at) => piece with
        {
            StartsTurn = at > 0 && (!words.TryGetValue(piece.Start, out var word) || word.IsAfterPause || (piece.Speaker is not null
                && pieces[at - 1].Speaker is { } before && piece.Speaker != before)),
        }),
    ];
}

/// <summary>A sentence or so.</summary>
internal sealed record OpenAiSegment
{
    public string? Text { get; init; }

    public double? Start { get; init; }

    public double? End { get; init; }

    [JsonPropertyName("avg_logprob")]
    public double? AverageLogProbability { get; init; }

    public JsonElement Speaker { get; init; }

    public IReadOnlyList<OpenAiWord>? Words { get; init; }

    public double? Confidence => AverageLogProbability is { } log ? Math.Round(Math.Min(1, Math.Exp(log)), 3) : null;

    public string? SpeakerName => OpenAiWord.Name(Speaker);
}

/// <summary>A word.</summary>
internal sealed record OpenAiWord
{
    public string? Word { get; init; }

    public double? Start { get; init; }

    public double? End { get; init; }

    public double? Probability { get; init; }

    public JsonElement Speaker { get; init; }

    public string? SpeakerName => Name(Speaker);

    // A name or a number.
    public static string? Name(JsonElement speaker) =>
        speaker.ValueKind is JsonValueKind.String or JsonValueKind.Number ? speaker.ToString() : null;
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(OpenAiSpeech))]
internal sealed partial class OpenAiSpeechJson : JsonSerializerContext;
