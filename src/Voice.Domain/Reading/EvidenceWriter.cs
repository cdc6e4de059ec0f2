using Voice.Domain.Contracts;

namespace Voice.Domain.Reading;

/// <summary>Writes down what each term was read from, and how sure the reading is.</summary>
internal sealed class EvidenceWriter(Talk talk)
{
    private readonly Dictionary<string, Evidence> _entries = [];

    public IReadOnlyDictionary<string, Evidence> Entries => _entries;

    public bool IsDisputed(string term) => _entries.TryGetValue(term, out var entry) && entry.Disputed;

    /// <summary>A figure that stands or is disputed, with the others that were named for its term or that another reader takes for
    /// it.</summary>
    public void Figure(Proposal proposal, bool isDisputed, double confidence, IReadOnlyList<Figure> rivals)
    {
        var isShare = proposal.Topic == Topic.UpfrontShare;
        var others = talk.Figures.Where(figure => figure.Topic == proposal.Topic).Concat(rivals)
            .Where(figure => figure.Value != proposal.Value).DistinctBy(figure => figure.Value)
            .Select(figure => Alternative(figure, Named(figure.Value), superseded: !isDisputed)).ToList();
        var chosen = new Mention<decimal>(proposal.Value, proposal.From, proposal.To);
        Write(proposal.Term, chosen, confidence, isDisputed, isDisputed
            ? [Alternative(chosen, Named(proposal.Value), superseded: false), .. others] : others);

        object Named(decimal value) => isShare && value <= 1 ? $"{value * 100:0.##}%" : value;
    }

    /// <summary>Figures that may be of a term, of which none stands.</summary>
    public void Open(string term, IReadOnlyList<Figure> figures) => Write(term, figures[^1], 0, disputed: true,
        [.. figures.DistinctBy(figure => figure.Value).Select(figure => Alternative(figure, figure.Value, superseded: false))]);

    /// <summary>A term that is words.</summary>
    public string? Text(string term, Mention<string>? mention, double confidence)
    {
        if (mention is null) return null;
        Write(term, mention, confidence, disputed: false, []);
        return mention.Value;
    }

    public IReadOnlyList<string> Texts(string term, IReadOnlyList<Mention<string>> mentions, double confidence)
    {
        if (mentions.Count > 0) Write(term, mentions[0] with { To = mentions.Max(mention => mention.To) }, confidence, disputed: false, []);
        return [.. mentions.Select(mention => mention.Value)];
    }

    /// <summary>A place or a day: the last that was named stands where it is the only one, or was agreed to.</summary>
    public bool Choice<T>(string term, IReadOnlyList<Mention<T>> mentions, bool isSettled, double confidence)
        where T : notnull
    {
        if (mentions.Count == 0) return false;
        var last = mentions[^1];
        var others = mentions.Where(mention => !mention.Value.Equals(last.Value)).DistinctBy(mention => mention.Value).Select(mention =>
            Alternative(mention, mention.Value, isSettled)).ToList();
        Write(term, last, confidence, !isSettled, isSettled ? others : [Alternative(last, last.Value, superseded: false), .. others]);
        return isSettled;
    }

    private void Write<T>(string term, Mention<T> mention, double confidence, bool disputed, IReadOnlyList<Alternative> alternatives)
    {
        var (quote, start, end) = talk.Words.Quote(mention.From, mention.To);
        _entries[term] = new(quote, start, end, talk.Transcript.SecondsAt(start),
            Math.Round(confidence * talk.Transcript.ConfidenceOf(start, end), 2), disputed, alternatives);
    }

    private Alternative Alternative<T>(Mention<T> mention, object value, bool superseded)
    {
        var (quote, start, end) = talk.Words.Quote(mention.From, mention.To);
        return new(value, quote, start, end, superseded);
    }
}
