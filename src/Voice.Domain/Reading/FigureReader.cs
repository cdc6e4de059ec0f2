namespace Voice.Domain.Reading;

/// <summary>Finds the figures of a talk and tells from the words around each what it is about.</summary>
internal sealed class FigureReader(Words words, TalkUnits units, NumberLattice numbers, DateOnly callDay)
{
    private static readonly string[] PaidBack = ["pay back", "repay", "pay me back", "pay you back", "pay it back", "return", "give back",
        "give me back", "give you back", "bring back", "bring it back", "return it", "comes back", "pays back", "paying back", "refund"];
    private static readonly HashSet<string> Fines = ["charge", "fine", "remove", "deduct", "cut", "lose", "forfeit", "penalty"];
    private readonly Labels _labels = new(words);
    private readonly Hearsay _hearsay = new(words);
    private readonly Money _money = new(words, numbers, units);
    private readonly List<Figure> _found = [];
    private Asked _asked = null!;
    private SideScope? _side;

    /// <summary>Every figure, in order.</summary>
    public IReadOnlyList<Figure> Read()
    {
        (_side, _asked) = (new SideScope(words, numbers), new Asked(words, units, numbers, _found));
        for (var at = 0; at < words.Count;) at += SpokenDate.Read(words, at,
            callDay)?.Length ?? ReadShare(at) ?? ReadNumber(at) ?? 1; // The figures of a day are none of these.
        return _found;
    }

    private int? ReadShare(int at)
    {
        decimal share;
        int length;
        if (numbers.At(at) is { } number)
        {
            if (PercentLength(number.To) is not (> 0 and var sign)) return null;
            if (number.Value == 0) return number.To + sign - at;
            (share, length) = (number.Value / 100, number.To + sign - at);
        }
        else if (words.Are(at, "a quarter") || words.Are(at, "a third")) (share, length) = (words.Lower(at + 1) == "third" ? 1m / 3
            : 0.25m, 2);
        else if (words.Lower(at) is "half" && words.Lower(at + 1) is "a" or "an" && Unit(at + 2) is { } halved)
            return Add(Counted(new Figure(Topic.Open, 0.5m, at, at + 2), at + 3, halved));
        else if (words.Lower(at) is "half" && words.Lower(at - 1) is not "a") (share, length) = (0.5m, 1);
        else return null;
        var isUpfront = share <= 1 && (Follows(Cues.UpfrontAfter, at + length, 3) || Follows(Cues.NowAfter, at + length, 3)
            || Precedes(Cues.UpfrontBefore, at, 4) || IsBooking(at) || RestFollows(at + length)
            || words.Lower(at + length) is "before");
        var isOff = Follows(["discount", "off", "less"], at + length, 1) || words.Lower(at - 1) is "off"
            || words.Are(at - 2, "discount of");
        isUpfront &= !Precedes(["half", "rest", "balance"], at, 3) && !words.Are(at + length, "on delivery")
            && !isOff && !Follows(["moisture", "interest"], at + length, 2);
        _found.Add(new(isUpfront ? Topic.UpfrontShare : Topic.Explained, share, at, at + length) { IsOff = isOff });
        return length;
    }

    private int PercentLength(int at) => words.Lower(at) is "%" or "percent" ? 1 : words.Are(at, "per cent") ? 2 : 0;

    private int? ReadNumber(int at)
    {
        var start = at;
        var currency = _money.CurrencyAt(ref at);
        if (numbers.At(at) is not { } number) return null;
        // "one day is four hundred": the price of one, said first.
        if (currency is null && number.Value == 1 && Unit(number.To) is not null
            && (words.Lower(start - 1) is "for" || words.Between(Math.Max(words.TurnStart(start), start - 4), start).Contains("much")
                || words.Lower(number.To + (words.Lower(number.To + 1) is "of" ? 3 : 1)) is "is" or "costs" or "goes" or "at"))
            return number.To - start;
        var (end, value) = (number.To, number.Value);
        if (currency is null) currency = _money.CurrencyAt(ref end);
        if (currency is not null && (value < 100 || currency is not ("" or "KES"))) value += _money.Cents(value, ref end);
        if (words.Lower(end) == "/" && units.At(end + 1) is null) end++; // 3,200/=
        if (value == 0) return end - start; // "Transport is zero": nothing is named.
        if (PercentLength(end) > 0
            || (currency is null && (_labels.Is(start, end, number, Unit(end) is not null || PerUnit(end) is not null)
                || IsSizeOf(start) || IsDozen(end)))) return Add(new(Topic.Explained, value, start, end));
        var doubt = number.Doubt != Doubt.None ? number.Doubt : IsVague(start, end) ? Doubt.Vague : Doubt.None;
        var figure = new Figure(Topic.Open, value, start, end) { Currency = currency, Doubt = doubt, CanSplit = number.CanSplit };
        // "gunia kumi", "kilo mia mbili": in Swahili the number stands behind.
        if (currency is null && SwahiliNumber.IsNumberWord(words.Lower(start)) && value > 1 && Unit(start - 1) is { } counting
            && words.SameClause(start - 1, start) && words.Lower(start - 2) is not ("kwa" or "per" or "kila")
            && (_found.Count == 0 || _found[^1].To < start))
            return Add(Counted(figure, end, counting));
        if (currency is null && QuantityEnd(start, end) is { } quantity) return Add(Counted(figure, quantity.To, quantity.Unit));
        if (currency is null && Vocabulary.Uncounted.Contains(words.Lower(end))) return Add(figure with { Topic = Topic.Explained });
        if (currency is null && _asked.HowMany(start) is { } counted && PerUnit(end) is null)
            return Add(
                figure with
                {
                    Topic = Vocabulary.Extents.Contains(counted) ? Topic.Explained : Topic.Quantity,
                    Unit = counted.Length > 0
                ? counted : null
                });
        var (topic, to, unit) = TopicOf(start, end, currency is not null);
        // "this one"
        if (currency is null && topic is Topic.Open or Topic.Total && value == 1 && number.To - number.From == 1) return number.To - start;
        return Add(figure with
        {
            Topic = topic,
            To = to,
            Unit = unit,
            Goods = GoodsOf(start, to),
            IsConditional = _hearsay.IsOfACase(start),
            IsHearsay = _hearsay.Is(start, end),
            IsSideCost = topic == Topic.Explained && IsSideCost(start, end),
            IsDelta = topic == Topic.Explained && IsChange(start, end)
        });
    }

    private int Add(Figure figure)
    {
        _found.Add(figure);
        return figure.To - figure.From;
    }

    private Figure Counted(Figure figure, int to, string unit)
    {
        var isExplained = IsNegated(figure.From) || IsChange(figure.From, to) || IsPackageSize(figure.From) || _hearsay.Is(figure.From, to)
            || Limits.Bound(words, figure.From) || words.Lower(to) is "free"
            || Vocabulary.Extents.Contains(unit) || Vocabulary.TimeUnits.Contains(unit) && !IsWork(figure.From, to)
            || words.Lower(to) is "per"
            || (words.Lower(to) is "each" && Vocabulary.Measures.Contains(unit) && !words.SameClause(to, to + 1));
        var goods = words.Lower(to) == "of" && words.SameClause(to, to + 1) ? Goods(to + 1) ?? Goods(to + 2) : unit == "piece"
            ? Goods(to - 1) : null;
        var isStock = words.Between(words.TurnStart(figure.From), figure.From).Any(Cues.StockWords.Contains)
            || words.Between(to, Math.Min(to + 3, words.TurnEnd(figure.From))).Any(Cues.StockWords.Contains);
        var isWanted = words.Between(words.TurnStart(figure.From), figure.From).Any(word =>
            word is "want" or "need" or "take" or "give" or "buy" or "order");
        return figure with
        {
            Topic = isExplained ? Topic.Explained : Topic.Quantity,
            To = to,
            Unit = unit,
            Goods = goods,
            IsStock = isStock
                && !isWanted,
            IsConditional = _hearsay.IsOfACase(figure.From),
        };
    }

    private (int To, string Unit)? QuantityEnd(int start, int end)
    {
        var at = end;
        if (!words.SameTurn(start, end)) return null;
        // "one hundred and fifty ninety kilo bags": a measure before the package is its size.
        if (numbers.At(at) is { } size && Measure(size.To) is not null && Unit(size.To + 1) is not null) at = size.To + 1;
        else if (Measure(at) is not null && Unit(at + 1) is { } package
            && !Vocabulary.Measures.Contains(package)) return (at + 1, Unit(at)!); // "ninety kilo bags" without a number: a size.
        if (words.Lower(at) is "square" or "cubic") at++;
        if (Unit(at) is { } unit) return unit == "dozen" ? null : (at + 1, unit);
        // "twelve goats", "two dozen plastic chairs"
        for (var noun = at; noun < at + 3 && noun < words.Count && words.SameClause(start, noun); noun++)
        {
            var word = words.Lower(noun);
            if (Vocabulary.Stops.Contains(word) || Vocabulary.Currencies.ContainsKey(word) || numbers.At(noun) is not null
                || Vocabulary.Uncounted.Contains(word)) return null;
            if (Vocabulary.IsGoods(word) && !Vocabulary.IsGoods(words.Lower(noun + 1))) return (noun + 1, "piece");
            var isLast = !words.SameClause(noun, noun + 1) || Vocabulary.Stops.Contains(words.Lower(noun + 1))
                || numbers.At(noun + 1) is not null;
            if (isLast && word.EndsWith('s') && word.Length > 3 && Vocabulary.Singular(word) != word && !SpokenDate.IsCalendarWord(word)
                && (Precedes(Vocabulary.Trading, start, 5) || IsNamedTwice(noun))) return (noun + 1, "piece");
        }
        return null;
    }

    private bool IsNamedTwice(int noun) => Enumerable.Range(0, words.Count).Any(at => at != noun
        && Vocabulary.Singular(words.Lower(at)) == Vocabulary.Singular(words.Lower(noun)));

    private bool IsWork(int start, int end) =>
        words.Between(end, end + 2).Any(word => word is "work" or "labour" or "labor")
            || Precedes(["take", "takes", "took", "work"], start, 3) || _asked.HowMany(start) is not null;

    private string? Unit(int at) => units.At(at);

    private string? Measure(int at) => Unit(at) is { } unit && Vocabulary.Measures.Contains(unit) ? unit : null;

    // The last of its words names the goods: "sunflower seeds".
    private string? Goods(int at)
    {
        if (!Vocabulary.IsGoods(words.Lower(at))) return null;
        while (Vocabulary.IsGoods(words.Lower(at + 1)) && words.SameClause(at, at + 1)) at++;
        return Vocabulary.Singular(words.Lower(at));
    }

    // "bags of fifty kilos", "per ninety kilo bag", "in 90 kg bags"
    private bool IsPackageSize(int start) => words.Lower(start - 1) is "per"
        || IsSizeOf(start)
        || (numbers.At(start) is { } held && Measure(held.To) is not null && (words.Lower(start - 1) is "of" && Goods(start - 2) is not null
            || (words.Lower(start - 1) is "is" or "are" or "hold" or "holds" or "weigh" or "weighs" && Unit(start - 2) is not null)))
        || (words.Lower(start - 1) == "the" && numbers.At(start) is { Value: > 1 } the
            && words.Lower(the.To) is "kilo" or "litre" or "liter"
            or "foot" or "metre" or "meter" or "inch" or "kg")
        || (numbers.At(start) is { } number && Measure(number.To) is not null && Unit(number.To + 1) is { } package
        && !Vocabulary.Measures.Contains(package));

    private (Topic Topic, int To, string? Unit) TopicOf(int start, int end, bool isMoney)
    {
        if (_hearsay.Is(start, end) || IsNegated(start)
            || words.Has(Cues.Exchange, words.TurnStart(start), words.TurnEnd(start)))
            return (Topic.Explained, PerUnit(end)?.To ?? end, null);
        if (IsChange(start, end) || words.Has(PaidBack, Math.Max(words.TurnStart(start), start - 5), start)) return (Topic.Explained, end,
            null);
        if (PerUnit(end) is { } per)
            return (IsSideCost(start, end) || Follows(["as a deposit", "as deposit", "deposit"], per.To, 1)
                || Vocabulary.TimeUnits.Contains(per.Unit ?? "")
                && words.Has(["penalty", "late", "fine of", "if"], words.TurnStart(start), start)
                && !words.Between(words.TurnStart(start), start).Any(Cues.UpfrontBefore.Contains)
                ? Topic.Explained : Topic.UnitPrice, per.To, per.Unit);
        // "Forty bags at three thousand now and sixty in December": a price.
        if ((words.Lower(start - 1) is not "at" && (words.LengthOf(Cues.UpfrontAfter, end) > 0 || Follows(Cues.UpfrontAfter, end, 2)
            || (Follows(Cues.NowAfter, end, 2) && IsPaidNow(start, end)))) || IsBooking(start) || RestFollows(end))
            return (Topic.Upfront, end, null);
        if ((Precedes(Cues.Remainder, start, 4) && !words.Are(start - 2, "price remains"))
            || Follows(["on delivery", "balance", "after delivery", "when you deliver", "on collection", "when you finish", "when it is",
                "when we finish", "when i finish", "when finished", "at the end", "is left", "is remaining", "remains"],
                end, 1)) return (Topic.Explained, end, null);
        if (Follows(Cues.TotalAfter, end, 3) && !_side!.Includes(start, end)) return (Topic.Total, end, null);
        if (IsSideCost(start, end)) return (Topic.Explained, end, null);
        if (words.HasMarks && _asked.Before(start, Cues.UpfrontBefore.Contains) is not null) return (Topic.Upfront, end, null);
        if (Precedes(Cues.UpfrontBefore, start, 5) || (!words.HasMarks && words.Between(start - 5, start).ToList() is var before
            && before.Any(Cues.UpfrontBefore.Contains) && !before.Any(word => Acts.IsAssent(word) || word is "works" or "fine" or "good"))
                || (_found.Count > 0 && !_found[^1].IsMoney && words.SameTurn(_found[^1].From, start)
            && words.Between(Math.Max(words.TurnStart(start), start - 9), start).Any(Cues.UpfrontBefore.Contains))) return (Topic.Upfront,
            end, null);
        if (Precedes(Cues.TotalBefore, start, 6) && !Precedes(["price"], start, 3)) return (Topic.Total, end, null);
        if (words.Lower(end) == "for" && words.Lower(end + 1) is "the" or "all" or "these" or "them"
            && SideCostAt(end + 2) is false && !IsSaidBefore(start)) return (Topic.Total, end, null);
        // "two for one thousand four hundred", "one thousand five hundred for the two"
        if (IsForSome(start, end))
        {
            if (words.Lower(start - 1) == "for" && _found[^1] is { Topic: Topic.Open } some)
                _found[^1] = some with { Topic = Topic.Quantity };
            return (Topic.Total, end, null);
        }
        // "fifty goats for three hundred thousand"
        if (words.Lower(start - 1) == "for" && _found.Count > 0 && _found[^1].Topic == Topic.Quantity
            && words.SameClause(_found[^1].From, start)) return (Topic.Total, end, null);
        if (UnitBefore(start) is { } unit) return (Topic.UnitPrice, end, unit);
        // "forty at one thousand three hundred": how many, and what one costs.
        if (words.Lower(start - 1) == "at" && _found.Count > 0
            && _found[^1] is { Topic: Topic.Open, IsMoney: false, Value: > 1, Doubt: Doubt.None } bare && bare.To == start - 1
            && bare.Value != numbers.At(start)?.Value && words.SameClause(bare.From, start))
            _found[^1] = bare with { Topic = Topic.Quantity };
        if (words.Lower(start - 1) == "at"
            && (isMoney || Precedes(Cues.Offering, start, 4) || _found.Count > 0 && _found[^1].Topic == Topic.Quantity
            && words.SameTurn(_found[^1].From, start))) return (Topic.UnitPrice, end, null);
        if (_asked.Before(start, word => word is "much" or "price" or "cost" or "bei" or "shilingi") is { Length: > 0 } asked)
            return _asked.ForLot(start) ? (Topic.Total, end, null) : (Topic.UnitPrice, end, asked);
        if (_found.Exists(figure => figure.Topic == Topic.Quantity)
            && _asked.Before(start, word => word is "price") is not null) return (Topic.UnitPrice, end, null);
        return (Topic.Open, end, null);
    }

    // "I pay fifty thousand now": what is "three thousand now" may as well be today's price.
    private bool IsPaidNow(int start, int end) => !Enumerable.Range(end, 4).Any(at => words.Lower(at) is "first"
        && numbers.At(at + 1) is not null) && words.Between(words.TurnStart(start), words.TurnEnd(start)).Any(word =>
        word is "pay" or "paying" or "send" or "transfer" or "put" or "balance" or "rest")
        || (words.TurnStart(start) > 0 && _asked.Before(start, word => word is "now" or "first") is not null);

    private bool IsBooking(int start) => words.Has(Cues.Booking, words.TurnStart(start), start)
        && words.Between(words.TurnStart(start), start).Any(word => Cues.Undertaking.Contains(word) || word is "need" or "want");

    // "ten thousand before we come, and the remainder when water comes": before a rest, in one breath, stands the part that comes first.
    private bool RestFollows(int end)
    {
        for (var at = end; at < end + 9 && at < words.Count && numbers.At(at) is null; at++)
        {
            if (words.HasMarks && !words.SameTurn(end - 1, at)) return false;
            if (Acts.IsAssent(words.Lower(at)) || words.Lower(at) is "half") return false;
            if (words.Lower(at) is "rest" or "balance" or "remainder" or "remaining") return words.Lower(at + 1) is not "of" && at > end
                && words.Between(end, at).Contains("and");
        }
        return false;
    }

    private bool IsForSome(int start, int end)
    {
        if (words.Lower(start - 1) == "for" && _found.Count > 0 && _found[^1] is { IsMoney: false, Value: > 1 and < 100 } count
            && count.To == start - 1 && words.SameClause(count.From, start)) return true;
        var next = words.Lower(end + 1) == "the" ? end + 2 : end + 1;
        return words.Lower(end) == "for" && words.SameClause(start, next) && numbers.At(next) is { Value: > 1 and < 100 } some
            && !Vocabulary.TimeUnits.Contains(Unit(some.To) ?? "");
    }

    private bool SideCostAt(int at) => _side!.IsSideCost(at);

    private bool IsSideCost(int start, int end) => ((_side!.Covers(start, end) || _side.IsSubject(start)) && !IsNamedForGoods(start)
            // "if you pay the toll, I'll take ninety"
            && !(words.Lower(start - 1) is "take" && words.Lower(start - 2) is "i'll" or "i" or "will" or "i'd"))
        || (SideCostAt(end) && words.SameClause(end - 1, end))
        || (words.Lower(end) is "for" or "as" && Enumerable.Range(end + 1, 4).TakeWhile(at => words.SameClause(end, at)).Any(SideCostAt))
        || words.Has(["if you cancel", "if we cancel", "if i cancel", "if you are late", "if we are late"], end, words.TurnEnd(start))
        || (words.Has(["if you", "if we", "if i", "if it", "if they"], words.TurnStart(start), start) && Precedes(Fines, start, 4))
        || IsPenalty(start);

    // "Every night you miss, I cut three hundred."
    private bool IsPenalty(int start) => words.TurnStart(start) is var from && Precedes(Fines, start, 3)
        && Enumerable.Range(from, start - from).Any(at => words.Lower(at) is "every" or "each"
            && (Vocabulary.TimeUnits.Contains(Unit(at + 1) ?? "") || words.Lower(at + 1) is "night" or "time"));

    // "Two eighty. … two eighty for the garlic": still the price of one.
    private bool IsSaidBefore(int start) => numbers.At(start) is { } number
        && _found.Exists(figure => figure.Value == number.Value && figure.Topic is Topic.Open or Topic.UnitPrice);

    // What was named for the goods is not the loaders' because they were spoken of last.
    private bool IsNamedForGoods(int start) => numbers.At(start) is { } number && _found.Exists(figure => figure.Value == number.Value
        && (figure.IsMoney || figure.Value >= 100) && figure.Topic is Topic.UnitPrice or Topic.Total or Topic.Open);

    // "one dozen is one hundred and eighty": a unit, not twelve of anything.
    private bool IsDozen(int end) => words.Lower(end - 1) == "dozen" && words.Lower(end) is "is" or "are" or "at" or "costs" or "goes";

    // "thirty bags of fifty"
    private bool IsSizeOf(int start) => words.Lower(start - 1) is "of" && Unit(start - 2) is not null && words.SameClause(start - 2, start);

    private bool IsVague(int start, int end) => words.Between(Math.Max(words.TurnStart(start), start - 2), start).Any(Cues.About.Contains)
            && !words.Are(start - 2, "how about") && !words.Are(start - 2, "what about")
        || words.Has(Cues.MayBe, start - 3, start) || Limits.Bound(words, start)
            || words.Between(Math.Max(words.TurnStart(start), start - 6), start).Contains("between")
        || (words.Lower(start - 1) is "or" or "to" && _found.Count > 0 && _found[^1].To >= start - 2)
        || (words.Lower(end) is "to" or "or" && numbers.At(end + 1) is not null && words.SameClause(end - 1, end + 1))
        || words.Are(end, "or so") || words.Are(end, "something");

    // "not three thousand", "not even thirty", "I don't want two": no offer.
    private bool IsNegated(int start) => words.Lower(start - 1) is "not" || words.Are(start - 2, "not even")
        || (words.Lower(start - 1) is "want" or "need" or "take" or "buy" or "order"
            && (words.Lower(start - 2) is "not" or "never" || words.Lower(start - 2).EndsWith("n't", StringComparison.Ordinal)));

    // "five hundred less", "take off two hundred", "add one hundred", "another fifty"
    private bool IsChange(int start, int end) => !IsPenalty(start) && !words.Has(["a bit", "a little", "something"], start - 3, start)
        // "Let me reduce, one hundred and four thousand": no change, the new price; "I remove two thousand" is one.
        && !(words.Lower(start - 1) is not ("remove" or "deduct" or "subtract") && numbers.At(start) is { } number
            && _found.FindLast(figure => figure.Topic is Topic.UnitPrice or Topic.Total) is { } price
            && number.Value >= price.Value / 2) &&
        (
        words.Lower(end) is "less" or "off" or "more" or "extra" or "discount" or "cheaper" || words.Are(end, "shillings less")
            || Follows(["on top", "discount"], end, 2)
        || words.Between(Math.Max(words.TurnStart(start), start - 3), start).Reverse().TakeWhile(word => !Acts.IsAssent(word)).Any(word =>
        word is "reduce" or "cut" or "deduct" or "add" or "another" or "plus" or "minus" or "discount" or "off" or "remove" or "subtract"
        or "increase"));

    private (int To, string? Unit)? PerUnit(int end)
    {
        var at = end;
        if (words.Lower(at) == "each" && Unit(at + 1) is null) return (at + 1, null);
        if (words.Lower(at) is "for" && words.Lower(at + 1) is "a" or "an" && words.SameClause(at, at + 2)
            && numbers.At(at + 1) is null && (!words.SameClause(at + 2, at + 3) || words.Lower(at + 3) is "okay" or "and")
                && !Vocabulary.Stops.Contains(words.Lower(at + 2))
            && Unit(at + 2) is null && words.Lower(at + 2) is not ("start" or "deposit" or "while" or "moment" or "job"))
            return (at + 3, null); // "nine thousand for a parcel"
        if (words.Are(at, "for one") && !words.SameClause(at + 1, at + 2)) return (at + 2, null);
        if (words.Lower(at) is "for" or "on" && words.Lower(at + 1) is "each" or "every" or "one" or "a") at++;
        if (words.Lower(at) is not ("per" or "each" or "every" or "a" or "an" or "one" or "/" or "kwa" or "the")
            || !words.SameTurn(end - 1, at) || (words.Lower(at) is "the" && !words.SameClause(end - 1, at))) return null;
        at++;
        if (words.Lower(at) is "square" or "cubic") at++;
        if (numbers.At(at) is { } size && Measure(size.To) is not null && Unit(size.To + 1) is { } package) return (size.To + 2, package);
        if (Unit(at) is { } unit) return (at + 1, unit);
        if (words.Lower(at - 1) is "the") return null;
        var isNamed = Vocabulary.IsGoods(words.Lower(at)) || (words.Lower(at - 1) == "per" && words.SameClause(at - 1, at));
        return isNamed ? (at + 1, null) : null;
    }

    // "each bag is", "a tray of eggs costs", "one of them at"
    private string? UnitBefore(int start)
    {
        for (var at = start - 1; at >= Math.Max(words.TurnStart(start), start - 9) && (_found.Count == 0 || at >= _found[^1].To); at--)
            if (words.Lower(at) is "each" or "per" or "a" or "one" or "every")
            {
                if (Unit(at + 1) is { } unit && (words.Between(at, start).Any(word =>
                        word is "is" or "costs" or "cost" or "goes" or "at" or "for" or "price")
                    || (words.Lower(at - 1) is "for" && words.Between(at, start).Any(Cues.Offering.Contains)))) return unit;
                if (words.Lower(at) is "each" or "every"
                    && words.Between(at + 2, start).Any(word => word is "is" or "costs" or "goes")) return "piece";
            }
        return null;
    }

    // "beans at nine thousand", "maize is three thousand"
    private string? GoodsOf(int start, int to)
    {
        for (var at = start - 1; at >= Math.Max(words.TurnStart(start), start - 4) && (_found.Count == 0 || at >= _found[^1].To); at--)
            if (Goods(at) is { } goods
                && words.Lower(at + 1) is "is" or "are" or "at" or "for" or "goes" or "go" or "costs" or "cost") return goods;
        return words.Lower(to) is "of" or "for" ? Goods(to + 1) ?? (words.Lower(to + 1) == "the" ? Goods(to + 2) : null) : null;
    }

    private bool Follows(string[] phrases, int at, int within)
    {
        for (var place = at; place <= at + within && place < words.Count && words.SameTurn(at - 1, place)
            && (place == at || numbers.At(place - 1) is null) && !IsShare(place); place++)
            if (words.LengthOf(phrases, place) > 0) return true;
        return false;
    }

    private bool IsShare(int at) => words.Are(at, "a quarter") || words.Are(at, "a third") || words.Lower(at) is "half";

    private bool Precedes(IEnumerable<string> cues, int start, int within)
    {
        for (var at = start - 1; at >= start - within && words.SameTurn(at, start); at--)
        {
            if (_found.Count > 0 && at < _found[^1].To) return false; // Behind another figure, a word speaks of that.
            if (cues.Contains(words.Lower(at))) return true;
        }
        return false;
    }
}
