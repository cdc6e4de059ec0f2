using Voice.Domain.Contracts;

namespace Voice.Api.Pages;

/// <summary>A piece of a transcript, and the terms that were read from it.</summary>
/// <param name="Text">The words.</param>
/// <param name="Terms">The terms' names; none for what only stands between them.</param>
/// <param name="Begins">Those of them whose words begin here.</param>
internal sealed record Passage(string Text, IReadOnlyList<string> Terms, IReadOnlyList<string> Begins)
{
    /// <summary>The whole transcript, cut wherever the words of a term begin or end; terms may share words.</summary>
    public static IReadOnlyList<Passage> Of(string transcript, IReadOnlyDictionary<string, Evidence> evidence)
    {
        var length = transcript.Length;
        var spans = evidence
            .SelectMany(term => term.Value.Alternatives.Select(other => (term.Key, other.Start, other.End))
                .Prepend((term.Key, term.Value.Start, term.Value.End)))
            .Select(span => (Term: span.Key, Start: Math.Clamp(span.Start, 0, length), End: Math.Clamp(span.End, 0, length)))
            .Where(span => span.Start < span.End).ToList();
        var firsts = spans.GroupBy(span => span.Term).ToDictionary(term => term.Key, term => evidence[term.Key].Start);
        var cuts = spans.SelectMany(span => new[] { span.Start, span.End }).Append(0).Append(length).Distinct().Order().ToList();
        return [.. cuts.Zip(cuts.Skip(1), (start, end) => new Passage(
            transcript[start..end],
            [.. spans.Where(span => span.Start <= start && end <= span.End).Select(span => span.Term).Distinct()],
            [.. firsts.Where(first => first.Value == start).Select(first => first.Key)]))];
    }
}
