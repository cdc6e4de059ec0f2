namespace Voice.Domain.Reading;

/// <summary>The terms that are words, and what follows from the figures that stand: unit and currency.</summary>
internal sealed class WordTerms(Talk talk, EvidenceWriter evidence, DateOnly callDay)
{
    private readonly PhraseReader _phrases = new(talk.Words, callDay);

    public string? Product() => evidence.Text("product", _phrases.Products().FirstOrDefault(), Reliability.OfWords);

    public string? Payment() => evidence.Text("payment_terms", _phrases.Payments().LastOrDefault(), Reliability.OfWords);

    public IReadOnlyList<string> Qualities() => evidence.Texts(
        "quality_requirements", [.. _phrases.Qualities().DistinctBy(quality => quality.Value.ToLowerInvariant())], Reliability.OfWords);

    public string? Place()
    {
        var places = _phrases.Places().ToList();
        return evidence.Choice("delivery_location", places, IsSettled(places), Reliability.OfWords) ? places[^1].Value : null;
    }

    public DateOnly? Day()
    {
        var days = _phrases.Days().ToList();
        return evidence.Choice("delivery_date", days, IsSettled(days), Reliability.OfWords) ? days[^1].Value : null;
    }

    public string? Unit(Proposal? quantity)
    {
        var named = talk.Figures.LastOrDefault(figure => figure is { Topic: Topic.Quantity, Unit: not null }
            && figure.Value == quantity?.Value)
            ?? talk.Figures.LastOrDefault(figure => figure is { Topic: Topic.Quantity, Unit: not null })
            ?? talk.Figures.LastOrDefault(figure => figure is { Topic: Topic.UnitPrice, Unit: not null });
        return evidence.Text("unit", named is null ? null : new(named.Unit!, named.From, named.To), Reliability.OfWords);
    }

    /// <summary>The currency of the money that stands; where none stands, of all that was named, if it is one.</summary>
    public string? Currency(IReadOnlyDictionary<Topic, Proposal> settled, string? phone)
    {
        var money = talk.Figures.Where(figure => figure.IsMoney).ToList();
        var standing = money.Where(figure => settled.TryGetValue(figure.Topic, out var proposal)
            && proposal.Value == figure.Value).ToList();
        var counted = standing.Count > 0 ? standing : money;
        if (counted.Count == 0) return settled.Count == 0 ? null : Alone(phone);
        var codes = counted.Select(figure => figure.Currency!).Distinct().ToList();
        var mentions = counted.Select(figure => new Mention<string>(Code(figure.Currency!), figure.From, figure.To)).ToList();
        var isOne = mentions[^1].Value != Region.Unknown && mentions.All(mention => mention.Value == mentions[^1].Value);
        return evidence.Choice("currency", mentions, isOne, settled.Count > 0 ? 0.98 : 0.9) ? mentions[^1].Value : null;

        // "Shillings" are those that were named beside them, or those of the country.
        string Code(string named) => named switch
        {
            "" => codes.Find(code => code is "KES" or "TZS" or "UGX" or "SOS") ?? Region.Shillings(phone),
            Vocabulary.Francs => codes.Find(code => code is "RWF" or "BIF" or "XOF" or "XAF") ?? Region.Francs(phone),
            Vocabulary.Kwacha => codes.Find(code => code is "ZMW" or "MWK") ?? Region.Kwacha(phone),
            _ => named,
        };
    }

    // "Two thousand four hundred. Shillings? Shillings."
    private string? Alone(string? phone)
    {
        var named = Enumerable.Range(0, talk.Words.Count).Where(at => Vocabulary.Currencies.TryGetValue(talk.Words.Lower(at), out var code)
            && code.Length == 0 && !talk.Words.SameClause(at, at + 1)).ToList();
        return evidence.Text("currency", named.Count == 0 ? null : new(Region.Shillings(phone), named[^1], named[^1] + 1), 0.9);
    }

    // One that was named, or the last, if the other agreed to it or somebody corrected himself.
    private bool IsSettled<T>(List<Mention<T>> mentions)
        where T : notnull
    {
        if (mentions.Count == 0 || mentions.All(mention => mention.Value.Equals(mentions[^1].Value))) return true;
        var last = mentions[^1];
        var words = talk.Words;
        var isCorrected = words.Between(Math.Max(words.TurnStart(last.From), last.From - 6), last.From).Any(word =>
            word is "make" or "no" or "sorry" or "rather" or "only" or "not" or "instead" or "mean");
        var isRepeated = mentions[^2].Value.Equals(last.Value);
        return isRepeated || isCorrected
            || talk.Acts.Between(words.TurnStart(last.From), words.Turn(Math.Min(words.TurnCount - 1, words[last.From].Turn + 1)).To,
            Deed.Accept, Deed.Close).Any();
    }
}
