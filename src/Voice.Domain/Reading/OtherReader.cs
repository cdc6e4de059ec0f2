namespace Voice.Domain.Reading;

/// <summary>
/// Weighs what another reader proposes beside the rules. A quote that does not stand in the transcript, or does not hold that number whole,
/// is nothing. Another figure than that of the rules disputes the term. A figure that only the other reader can place stands if the words
/// by which the other side accepts it follow, and the verifier finds nothing against it.
/// </summary>
internal sealed class OtherReader
{
    private readonly Talk _talk;
    private readonly List<(ProposedTerm Said, Figure Figure)> _found = [];

    public OtherReader(Talk talk, IReadOnlyList<ProposedTerm> proposed)
    {
        _talk = talk;
        foreach (var said in proposed) if (Find(said) is { } figure) _found.Add((said, figure));
    }

    /// <summary>The figures that it takes for a term of which the rules read another.</summary>
    public IReadOnlyList<Figure> Rivals(Proposal rules, IReadOnlyList<Proposal> all) =>
        [.. _found.Where(other => other.Said.Term == rules.Term && !IsSame(rules, other.Figure, all)).Select(other => other.Figure)];

    /// <summary>The talk with the figures that it places, and a proposal for each; the talk as it was where it places none.</summary>
    /// <param name="rules">What the rules propose.</param>
    /// <param name="known">What is held against that already.</param>
    public (Talk Talk, IReadOnlyList<Proposal> Added) Add(
        IReadOnlyList<Proposal> rules, IReadOnlyDictionary<string, Objection> known)
    {
        var placed = _found.Where(other => other.Figure.Topic == Topic.Open && rules.All(proposal => proposal.Term != other.Said.Term)
                && IsAccepted(other.Figure, other.Said.AcceptingQuote))
            .GroupBy(other => other.Said.Term)
            .Where(same => same.All(other => other.Figure.Value == same.First().Figure.Value))
            .Select(same => same.First().Figure with { Topic = TopicOf(same.Key) })
            .Where(figure => figure.Topic == Topic.Quantity ? !figure.IsMoney : figure.Value >= 1).ToList();
        while (placed.Count > 0)
        {
            var talk = _talk.With(placed);
            var added = placed.ConvertAll(figure =>
                new Proposal(Settlement.Term(figure.Topic), figure.Topic, figure.Value, figure.From, figure.To));
            var objections = new Verifier(talk).Objections([.. rules, .. added]);
            // It may not speak against what the rules read and nobody disputes.
            if (rules.Any(proposal => objections.ContainsKey(proposal.Term) && !known.ContainsKey(proposal.Term))) break;
            if (placed.RemoveAll(figure => objections.ContainsKey(Settlement.Term(figure.Topic))) == 0) return (talk, added);
        }
        return (_talk, []);
    }

    private static Topic TopicOf(string term) => ProposedTerm.Topics.First(topic => Settlement.Term(topic) == term);

    // A share and the amount that it comes to are the same.
    private static bool IsSame(Proposal rules, Figure other, IReadOnlyList<Proposal> all) => rules.Value == other.Value
        || (rules.Topic is Topic.Upfront or Topic.UpfrontShare && all.FirstOrDefault(proposal => proposal.Topic == Topic.Total) is { } total
        && (rules.Value * total.Value == other.Value || other.Value * total.Value == rules.Value));

    /// <summary>The figure that is quoted, the last such; one that is about the term rather than another.</summary>
    private Figure? Find(ProposedTerm said) => Occurrences(said.Quote, 0)
        .SelectMany(quote => _talk.Figures.Where(figure => figure.Value == said.Value && IsWithin(figure, quote.From, quote.To)))
        .OrderBy(figure => figure.Topic is not (Topic.Open or Topic.Explained) && Settlement.Term(figure.Topic) == said.Term)
        .ThenBy(figure => figure.Topic == Topic.Open).ThenBy(figure => figure.From).LastOrDefault();

    // No word of the number lies outside.
    private bool IsWithin(Figure figure, int from, int to) => figure.From < to && figure.To > from
        && !Enumerable.Range(figure.From, figure.To - figure.From).Any(at =>
            (at < from || at >= to) && SpokenNumber.IsNumberWord(_talk.Words.Lower(at)));

    private bool IsAccepted(Figure figure, string? quote) => quote is not null && Occurrences(quote, figure.To).Any(answer =>
        _talk.Words[answer.From].Turn > _talk.Words[figure.From].Turn
        && (_talk.Words[answer.From].Speaker is not { } speaker || speaker != _talk.Words[figure.From].Speaker));

    /// <summary>Where those words stand, whatever their marks and capitals.</summary>
    private IEnumerable<(int From, int To)> Occurrences(string quote, int from)
    {
        var quoted = new Words(quote);
        string[] words = [.. quoted.Between(0, quoted.Count)];
        for (var at = from; words.Length > 0 && at + words.Length <= _talk.Words.Count; at++)
            if (_talk.Words.Between(at, at + words.Length).SequenceEqual(words)) yield return (at, at + words.Length);
    }
}
