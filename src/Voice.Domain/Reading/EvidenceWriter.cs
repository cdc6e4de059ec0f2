using Voice.Domain.Contracts;

namespace Voice.Domain.Reading;

/// <summary>Writes down what each term was read from.</summary>
/// <param name="words">The talk.</param>
/// <param name="transcript">The same as it was heard.</param>
/// <param name="timesSaid">How often a figure was said.</param>
internal sealed class EvidenceWriter(Words words, Transcript transcript, Func<decimal, int> timesSaid)
{
    private const double Said = 0.85;
    private const double Confirmed = 0.93;
    private const double BorneOut = 0.98;

    private readonly Dictionary<string, Evidence> _entries = [];
    private readonly Dictionary<string, Settled<decimal>> _figures = [];
    private readonly HashSet<string> _borneOut = [];

    public IReadOnlyDictionary<string, Evidence> Entries => _entries;

    public bool IsDisputed(string term) => _entries.TryGetValue(term, out var entry) && entry.Disputed;

    public Figure Figure(string term, Settled<decimal>? settled)
    {
        if (settled is null) return default;
        _figures[term] = settled;
        return new(Settled(term, settled) is { } && settled.IsSettled ? settled.Chosen.Value : null);
    }

    /// <summary>The value that stands; the type's default where none does.</summary>
    public T? Settled<T>(string term, Settled<T>? settled)
        where T : notnull
    {
        if (settled is null) return default;
        var others = settled.IsSettled ? settled.Others : [settled.Chosen, .. settled.Others];
        Write(term, settled.Chosen, settled.IsConfirmed ? Confirmed : Said, disputed: !settled.IsSettled,
            [.. others.DistinctBy(other => other.Value).Select(other => Alternative(other, other.Value, settled.IsSettled))]);
        return settled.IsSettled ? settled.Chosen.Value : default;
    }

    public decimal? Share(string term, Settled<decimal> share, decimal? whole)
    {
        var amount = share.IsSettled && whole is { } all ? decimal.Round(share.Chosen.Value * all, 2) : (decimal?)null;
        // The share is known but not what it is a share of: that is open, not nothing.
        Write(term, share.Chosen, share.IsConfirmed ? Confirmed : Said, disputed: amount is null,
            [.. (amount is null ? [share.Chosen, .. share.Others] : share.Others).DistinctBy(other => other.Value)
                .Select(other => Alternative(other, $"{other.Value * 100:0.##}%", superseded: amount is not null))]);
        return amount is { } rounded && rounded == decimal.Truncate(rounded) ? decimal.Truncate(rounded) : amount;
    }

    public string? Text(string term, Mention<string>? mention)
    {
        if (mention is null) return null;
        Write(term, mention, Said, disputed: false, []);
        return mention.Value;
    }

    public IReadOnlyList<string> Texts(string term, IReadOnlyList<Mention<string>> mentions)
    {
        if (mentions.Count > 0) Write(term, mentions[0] with { To = mentions.Max(mention => mention.To) }, Said, disputed: false, []);
        return [.. mentions.Select(mention => mention.Value)];
    }

    /// <summary>The figures agree with each other, which is the best there is to say of them.</summary>
    public void BearOut(params string[] terms)
    {
        foreach (var term in terms)
        {
            _borneOut.Add(term);
            _entries[term] = _entries[term] with { Confidence = BorneOut };
        }
    }

    public void Dispute(params string[] terms)
    {
        foreach (var term in terms)
        {
            var settled = _figures[term];
            _entries[term] = _entries[term] with
            {
                Disputed = true,
                Alternatives = [Alternative(settled.Chosen, settled.Chosen.Value, superseded: false), .. _entries[term].Alternatives],
            };
        }
    }

    /// <summary>Takes that value for an unsettled term, if somebody named it.</summary>
    public decimal? Choose(string term, decimal value)
    {
        if (!_figures.TryGetValue(term, out var settled) || settled.IsSettled) return null;
        var named = new[] { settled.Chosen }.Concat(settled.Others).LastOrDefault(mention => mention.Value == value);
        if (named is null) return null;
        _borneOut.Add(term);
        Settled(term, settled with
        {
            Chosen = named,
            IsSettled = true,
            Others = [.. new[] { settled.Chosen }.Concat(settled.Others).Where(mention => mention.Value != value)],
        });
        return value;
    }

    /// <summary>Disputes figures that were heard badly, unless arithmetic or a repetition bears them out.</summary>
    public IReadOnlyList<string> DisputeUnsure(double sure, params string[] terms)
    {
        var unsure = terms.Where(term => _figures.TryGetValue(term, out var settled) && settled.IsSettled && !IsDisputed(term) && !_borneOut.Contains(term)
            && IsUnsure(settled, sure)).ToArray();
        Dispute(unsure);
        return unsure;
    }

    /// <summary>Whether it was heard badly, and only once. That the other side agreed does not help: it heard better than the engine.</summary>
    public bool IsUnsure(Settled<decimal> settled, double sure) => Hearing(settled.Chosen, around: 2) < sure && timesSaid(settled.Chosen.Value) < 2;

    // The words around a figure count, too, where they decide what it is: "seventy five thousand", "per bag".
    private double Hearing<T>(Mention<T> mention, int around = 0)
    {
        var (_, start, end) = words.Quote(Math.Max(0, mention.From - around), Math.Min(words.Count, mention.To + around));
        return transcript.ConfidenceOf(start, end);
    }

    private void Write<T>(string term, Mention<T> mention, double confidence, bool disputed, IReadOnlyList<Alternative> alternatives)
    {
        var (quote, start, end) = words.Quote(mention.From, mention.To);
        _entries[term] = new(quote, start, end, transcript.SecondsAt(start), Math.Round(confidence * Hearing(mention), 2), disputed, alternatives);
    }

    private Alternative Alternative<T>(Mention<T> mention, object value, bool superseded)
    {
        var (quote, start, end) = words.Quote(mention.From, mention.To);
        return new(value, quote, start, end, superseded);
    }
}
