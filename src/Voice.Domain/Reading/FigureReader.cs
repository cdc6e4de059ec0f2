namespace Voice.Domain.Reading;

/// <summary>Finds the figures of a talk and tells from the words around each what it is about.</summary>
internal sealed class FigureReader(Words words, DateOnly callDay)
{
    private static readonly string[] TotalAfter =
        ["in total", "total", "altogether", "all together", "for everything", "for all", "for the whole", "for the lot", "in all", "all in"];

    private static readonly HashSet<string> TotalBefore = ["total", "altogether", "sum", "comes", "makes", "lend", "loan", "borrow", "lending"];

    private static readonly string[] UpfrontAfter =
        ["upfront", "up front", "in advance", "advance", "deposit", "as a deposit", "as deposit", "as advance", "as an advance", "down payment", "down", "first", "now", "today", "before delivery"];

    private static readonly HashSet<string> UpfrontBefore = ["deposit", "advance", "upfront", "downpayment"];

    private static readonly HashSet<string> SideCosts =
        ["transport", "fare", "loading", "offloading", "fee", "penalty", "commission", "tax", "change", "airtime", "insurance", "packing", "balance", "remaining", "rest", "interest", "storage"];

    private static readonly HashSet<string> PriceBefore = ["price", "cost", "costs", "rate", "sell", "selling", "buy", "buying", "charge", "pay", "goes", "going", "at", "offer"];

    // Prices of other days and other people.
    private static readonly string[] Hearsay =
        ["last year", "last month", "last week", "last season", "last time", "yesterday", "others", "other people", "used to", "in the market", "elsewhere", "neighbour", "somebody else", "someone else"];

    private readonly List<Mention<decimal>> _found = [];
    private readonly List<decimal> _said = [];

    /// <summary>How often a figure was said, whatever it was about.</summary>
    public int TimesSaid(decimal value) => _said.Count(said => said == value);

    public IReadOnlyList<Mention<decimal>> Read()
    {
        var at = 0;
        while (at < words.Count)
        {
            // The figures of a day are none of these.
            at += SpokenDate.Read(words, at, callDay)?.Length ?? ReadShare(at) ?? ReadNumber(at) ?? 1;
        }
        return [.. Assign()];
    }

    private int? ReadShare(int at)
    {
        decimal share;
        int length;
        if (SpokenNumber.Read(words, at) is { } number && PercentLength(at + number.Length) is > 0 and var sign) (share, length) = (number.Value / 100, number.Length + sign);
        else if (words.Are(at, "a quarter") || words.Are(at, "a third")) (share, length) = (words.Lower(at + 1) == "third" ? 1m / 3 : 0.25m, 2);
        else if (words.Lower(at) is "half") (share, length) = (0.5m, 1);
        else return null;
        if (SpokenNumber.Read(words, at) is { } whole && whole.Length > length) return null; // "half a million"
        _said.Add(share);
        var isUpfront = UpfrontAfter.Any(phrase => Follows(phrase, at + length, 3)) || Precedes(UpfrontBefore, at, 4);
        if (isUpfront && !Precedes(["half", "rest", "balance"], at, 3) && !Follows("on delivery", at + length, 1)) Add(Topic.UpfrontShare, share, at, at + length);
        return length;
    }

    private int PercentLength(int at) => words.Lower(at) is "%" or "percent" ? 1 : words.Are(at, "per cent") ? 2 : 0;

    private int? ReadNumber(int at)
    {
        var start = at;
        var currency = CurrencyAt(ref at);
        if (SpokenNumber.Read(words, at) is not { } number) return null;
        _said.Add(number.Value);
        var end = at + number.Length;
        if (currency is null) currency = CurrencyAt(ref end);
        if (words.Lower(end) == "/" && !Vocabulary.Units.ContainsKey(words.Lower(end + 1))) end++; // 3,200/=
        if (PercentLength(end) > 0) return null;

        if (currency is null && QuantityEnd(start, end) is { } quantity)
        {
            if (!IsPackageSize(start)) Add(Topic.Quantity, number.Value, start, quantity.To, quantity.Unit);
            return quantity.To - start;
        }
        if (currency is null && Vocabulary.Uncounted.Contains(words.Lower(end))) return end - start;
        if (currency is null && AnswersHowMany(start) is { } counted)
        {
            Add(Topic.Quantity, number.Value, start, end, counted);
            return end - start;
        }
        var (topic, to, unit) = TopicOf(start, end, currency is not null);
        if (currency is null && topic == Topic.Open && number is { Value: 1, Length: 1 }) return number.Length; // "this one"
        Add(topic, number.Value, start, to, unit, currency);
        return to - start;
    }

    /// <summary>The currency at that word, empty where the country is not named; moves past it.</summary>
    private string? CurrencyAt(ref int at)
    {
        var nation = Vocabulary.Nations.GetValueOrDefault(words.Lower(at));
        var place = nation is null ? at : at + 1;
        if (!Vocabulary.Currencies.TryGetValue(words.Lower(place), out var code)) return null;
        at = place + 1;
        return nation ?? code ?? "";
    }

    private (int To, string Unit)? QuantityEnd(int start, int end)
    {
        var at = end;
        // "one hundred and fifty ninety kilo bags": a measure before the package is its size.
        if (SpokenNumber.Read(words, at) is { } size && Measure(at + size.Length) is not null && Unit(at + size.Length + 1) is not null) at += size.Length + 1;
        else if (Measure(at) is not null && Unit(at + 1) is { } package && !Vocabulary.Measures.Contains(package)) return null; // "ninety kilo bags" without a number
        if (Unit(at) is { } unit)
        {
            if (Vocabulary.TimeUnits.Contains(unit) && !IsWork(start, at + 1)) return null;
            return unit == "dozen" ? null : (at + 1, unit);
        }
        // "twelve goats", "two dozen plastic chairs"
        for (var noun = at; noun < at + 3 && noun < words.Count && words.SameClause(start, noun); noun++)
        {
            var word = words.Lower(noun);
            if (Vocabulary.Stops.Contains(word) || Vocabulary.Currencies.ContainsKey(word) || SpokenNumber.Read(words, noun) is not null) return null;
            if (Vocabulary.IsGoods(word) && !Vocabulary.IsGoods(words.Lower(noun + 1))) return (noun + 1, "piece");
            var isLast = !words.SameClause(noun, noun + 1) || Vocabulary.Stops.Contains(words.Lower(noun + 1));
            if (isLast && word.EndsWith('s') && word.Length > 4 && !SpokenDate.IsCalendarWord(word) && !Vocabulary.Uncounted.Contains(word) && IsTraded(start))
                return (noun + 1, "piece");
        }
        return null;
    }

    private bool IsTraded(int start) => Precedes(Vocabulary.Trading, start, 5);

    private bool IsWork(int start, int end) =>
        words.Between(end, end + 2).Any(word => word is "work" or "labour" or "labor") || Precedes(["take", "takes", "took", "work"], start, 3);

    private string? Unit(int at) => Vocabulary.Units.GetValueOrDefault(words.Lower(at));

    private string? Measure(int at) => Unit(at) is { } unit && Vocabulary.Measures.Contains(unit) ? unit : null;

    // "bags of fifty kilos", "per ninety kilo bag"
    private bool IsPackageSize(int start) =>
        words.Lower(start - 1) is "per" || (words.Lower(start - 1) == "of" && Unit(start - 2) is not null);

    private (Topic Topic, int To, string? Unit) TopicOf(int start, int end, bool isMoney)
    {
        var sentenceStart = words.SentenceStart(start);
        if (Hearsay.Any(phrase => Stands(phrase, Math.Max(sentenceStart, start - 12), start) || Follows(phrase, end, 6))) return (Topic.Other, end, null);
        if (words.Between(Math.Max(sentenceStart, start - 3), start).Contains("between")) return (Topic.Other, end, null);
        if (PerUnit(end) is { } per) return (Topic.UnitPrice, per.To, per.Unit);
        if (UpfrontAfter.Any(phrase => Follows(phrase, end, 2))) return (Topic.Upfront, end, null);
        if (TotalAfter.Any(phrase => Follows(phrase, end, 3))) return (Topic.Total, end, null);
        if (Follows("for transport", end, 3) || SideCosts.Any(cost => Follows($"for {cost}", end, 3)) || Precedes(SideCosts, start, 4)) return (Topic.Other, end, null);
        if (Precedes(UpfrontBefore, start, 5)) return (Topic.Upfront, end, null);
        if (Precedes(TotalBefore, start, 6) && !Precedes(["price"], start, 3)) return (Topic.Total, end, null);
        if (words.Lower(end) == "for" && IsTheGoods(end + 1)) return (Topic.Total, end, null);
        // "fifty goats for three hundred thousand"
        if (words.Lower(start - 1) == "for" && _found.Count > 0 && _found[^1].Topic == Topic.Quantity && words.SameClause(_found[^1].From, start)) return (Topic.Total, end, null);
        if (UnitBefore(sentenceStart, start) is { } unit) return (Topic.UnitPrice, end, unit);
        if (isMoney && Precedes(PriceBefore, start, 3) && words.Lower(start - 1) != "for") return (AskedForAll(start) ? Topic.Open : Topic.UnitPrice, end, null);
        if (AnswersPriceOfOne(start) is { } asked) return (Topic.UnitPrice, end, asked);
        return (Topic.Open, end, null);
    }

    // "100,000 for the three cows"
    private bool IsTheGoods(int at) => words.Lower(at) is "the" or "all" or "these" or "them";

    private bool AskedForAll(int start) => Precedes(["total", "all", "everything"], start, 6);

    private (int To, string? Unit)? PerUnit(int end)
    {
        var at = end;
        if (words.Lower(at) == "each" && Unit(at + 1) is null) return (at + 1, null);
        if (words.Lower(at) == "for" && words.Lower(at + 1) is "each" or "every" or "one" or "a") at++;
        if (words.Lower(at) is not ("per" or "each" or "every" or "a" or "an" or "one" or "/")) return null;
        at++;
        if (SpokenNumber.Read(words, at) is { } size && Measure(at + size.Length) is not null && Unit(at + size.Length + 1) is { } package)
            return (at + size.Length + 2, package);
        if (Unit(at) is { } unit) return (at + 1, unit);
        var isNamed = Vocabulary.IsGoods(words.Lower(at)) || (words.Lower(at - 1) == "per" && words.SameClause(at - 1, at));
        return isNamed ? (at + 1, null) : null;
    }

    // "each bag is", "a tray of eggs costs", "one of them at"
    private string? UnitBefore(int from, int start)
    {
        for (var at = start - 1; at >= Math.Max(from, start - 9); at--)
            if (words.Lower(at) is "each" or "per" or "a" or "one" or "every")
            {
                if (Unit(at + 1) is { } unit && words.Between(at, start).Any(word => word is "is" or "costs" or "cost" or "goes" or "at" or "for" or "price")) return unit;
                if (words.Lower(at) is "each" or "every" && words.Between(at + 2, start).Any(word => word is "is" or "costs" or "goes")) return "piece";
            }
        return null;
    }

    private string? AnswersPriceOfOne(int start) => UnitAskedFor(start, word => word is "much" or "price" or "cost");

    private string? AnswersHowMany(int start) => UnitAskedFor(start, word => word == "many");

    // The unit of the question that a figure answers, empty where it names none; null where it answers no such question.
    private string? UnitAskedFor(int start, Func<string, bool> asks)
    {
        var sentence = words.SentenceStart(start);
        if (sentence == 0 || start - sentence > 3) return null;
        var question = words.SentenceStart(sentence - 1);
        if (!words.IsQuestion(question) || !words.Between(question, sentence).Any(asks)) return null;
        return words.Between(question, sentence).Select(word => Vocabulary.Units.GetValueOrDefault(word)).FirstOrDefault(unit => unit is not null) ?? "";
    }

    private bool Follows(string phrase, int at, int within) =>
        Enumerable.Range(at, within + 1).TakeWhile(place => place == at || (words.SameSentence(at - 1, place) && SpokenNumber.Read(words, place - 1) is null))
            .Any(place => words.Are(place, phrase) && words.SameSentence(at - 1, place));

    private bool Stands(string phrase, int from, int to) => Enumerable.Range(from, Math.Max(0, to - from)).Any(place => words.Are(place, phrase));

    private bool Precedes(IEnumerable<string> cues, int start, int within)
    {
        for (var at = start - 1; at >= start - within && words.SameSentence(at, start); at--)
        {
            if (_found.Count > 0 && at < _found[^1].To) return false; // Behind another figure, a word speaks of that.
            if (cues.Contains(words.Lower(at))) return true;
        }
        return false;
    }

    private void Add(Topic topic, decimal value, int from, int to, string? unit = null, string? currency = null) =>
        _found.Add(new(topic, value, from, to, string.IsNullOrEmpty(unit) ? null : unit, currency));

    // An amount without words of its own speaks of what was spoken of before in that order of size: "make it three thousand".
    private IEnumerable<Mention<decimal>> Assign()
    {
        var latest = new Dictionary<Topic, decimal>();
        foreach (var mention in _found)
        {
            var assigned = mention;
            if (mention.Topic == Topic.Open)
            {
                var quantity = latest.GetValueOrDefault(Topic.Quantity);
                var isProduct = mention.IsMoney && quantity > 1 && latest.GetValueOrDefault(Topic.UnitPrice) * quantity == mention.Value;
                var alike = latest
                    .Where(known => known.Value > 0 && (mention.IsMoney ? known.Key != Topic.Quantity : true) && mention.Value / known.Value is >= 0.5m and <= 2m)
                    .OrderBy(known => Math.Abs(Math.Log((double)(mention.Value / known.Value)))).Select(known => (Topic?)known.Key).FirstOrDefault();
                var topic = isProduct ? Topic.Total : alike ?? Topic.Open;
                assigned = mention with { Topic = topic };
            }
            if (assigned.Topic is not (Topic.Other or Topic.UpfrontShare or Topic.Open)) latest[assigned.Topic] = assigned.Value;
            if (assigned.Topic != Topic.Other) yield return assigned;
        }
    }
}
