using Voice.Domain.Recordings;

namespace Voice.Domain.Reading;

/// <summary>
/// A figure without words of its own goes on with what was spoken of before: "three thousand per bag. Two thousand eight hundred." And a
/// figure of other goods, a part of a quantity or a thousand left out is told from what stands around it.
/// </summary>
internal static class Threads
{
    private const decimal Near = 2.5m;
    private const int MostParts = 5; // of a quantity

    /// <summary>The figures, each with its topic where that can be told.</summary>
    public static IReadOnlyList<Figure> Assign(IReadOnlyList<Figure> figures, Words words, string contractType)
    {
        var result = new List<Figure>();
        var latest = new Dictionary<Topic, Figure>();
        // Goods have no price by the week: that is how they are paid off.
        if (contractType is not (ContractType.Service or ContractType.Logistics or ContractType.Loan or "other")) figures = [
            .. figures.Select(figure =>
            figure.Topic == Topic.UnitPrice && Vocabulary.TimeUnits.Contains(figure.Unit ?? "") ? figure with { Topic = Topic.Explained }
                : figure)];
        figures = Echoes(Weights(figures, words), words);
        var isOneSum = IsOneSum(figures, words, contractType);
        for (var index = 0; index < figures.Count; index++)
        {
            var figure = figures[index];
            if (contractType == ContractType.Loan && figure.Topic is Topic.Upfront) figure = figure with { Topic = Topic.Open };
            if (contractType == ContractType.Loan
                && figure.Topic is Topic.UnitPrice or Topic.Quantity) figure = figure with { Topic = Topic.Explained };
            if (contractType == ContractType.Loan && figure.Topic is Topic.Open or Topic.Total
                && latest.TryGetValue(Topic.Total, out var lent)
                && figure.Value > lent.Value && figure.Value <= lent.Value * 2
                && !words.Between(words.TurnStart(figure.From), figure.From).Any(word => Cues.LoanBefore.Contains(word)
                || word is "need" or "want")) figure = figure with { Topic = Topic.Explained }; // What comes back.
            if (contractType == ContractType.Loan && latest.TryGetValue(Topic.Total, out var whole) && figure.Value <= whole.Value / 2
                && figure.Topic is Topic.Open or Topic.Total
                    && IsRecurrent(figure, words)) figure = figure with { Topic = Topic.Explained };
            // What comes back without interest is what was lent.
            if (contractType == ContractType.Loan
                && figure is { Topic: Topic.Explained, IsHearsay: false, IsSideCost: false, IsDelta: false }
                && latest.TryGetValue(Topic.Total, out var principal) && principal.Value == figure.Value)
                figure = figure with { Topic = Topic.Total };
            if (figure.Topic is Topic.Open or Topic.Total && result.FindLast(known => known.IsOff) is { } off
                && latest.Values.FirstOrDefault(known => known.Topic is Topic.UnitPrice or Topic.Total
                && known.Value * (1 - off.Value) == figure.Value) is { } full)
                figure = figure with { Topic = full.Topic, Unit = full.Unit }; // The discount worked out.
            if (isOneSum && figure.Topic == Topic.UnitPrice) figure = figure with { Topic = Topic.Total };
            if (figure is { Topic: Topic.Upfront, Doubt: Doubt.Short } && IsShareWorkedOut(figure, result))
                figure = figure with { Doubt = Doubt.None };
            if (figure.IsSideCost && IsBrought(figure, latest, words)) figure = figure with { Topic = Topic.Open, IsSideCost = false };
            figure = Shortened(figure, latest, result, words);
            if (figure.Topic == Topic.Open) figure = Resolve(figure, latest, result, words, isOneSum);
            if (figure is { Topic: Topic.Explained, IsMoney: true, IsHearsay: true }
                && !latest
                .ContainsKey(Topic.Explained)) latest[Topic.Explained] = figure; // Even last year's price says what size a price is.
            if (figure.Topic is not (Topic.Explained or Topic.UpfrontShare or Topic.Open)) latest[figure.Topic] = figure;
            result.Add(figure);
        }
        return Doubts(ByTheKilo(ByTheHead(Parts(SaidLater(result, words), words), words)));
    }

    // What is left out of a figure is heard from those before it: cents, thousands, percent.
    private static Figure Shortened(Figure figure, Dictionary<Topic, Figure> latest, List<Figure> before, Words words)
    {
        if (figure.IsMoney || figure.Topic is Topic.Quantity or Topic.UpfrontShare or Topic.Explained) return figure;
        // "four dollars forty … four twenty five"
        if (figure is { Doubt: Doubt.Short, Value: > 100 and < 10_000 } && figure.Value % 1000 != 0
            && !before.Exists(known => known.Value == figure.Value) && !IsProduct(figure, before)
            && before.LastOrDefault(known => known.Topic is Topic.UnitPrice or Topic.Total || known is { Topic: Topic.Open, IsMoney: true })
                is { } near && figure.Value / 100 / near.Value is >= 0.5m and <= 2)
            return figure with { Topic = near.Topic, Value = figure.Value / 100, Unit = near.Unit, IsInferred = true };
        // "twenty thousand a month … twenty a month"
        if (figure.Topic is Topic.UnitPrice or Topic.Total && figure.Value is >= 1 and < 1000 && before.Exists(known =>
            known.Topic == figure.Topic && known.Value == figure.Value * 1000 && (known.Unit == figure.Unit || known.Unit is null)))
            return figure with { Value = figure.Value * 1000 };
        if (figure is { Topic: Topic.Open, Value: >= 10 and < 1000 } && before.LastOrDefault(known => known is
            {
                Topic: Topic.Explained,
                IsHearsay: false, Unit: null
            } && known.Value == figure.Value * 1000) is { } again)
            return again with { From = figure.From, To = figure.To, Currency = null, IsInferred = true };
        // "ten percent. Five": of the percents one speaks on.
        return figure is { Topic: Topic.Open or Topic.Upfront, Value: < 100 } && before.Count > 0
            && before[^1] is { Value: <= 1, Unit: null, IsMoney: false } share && share.Topic is Topic.UpfrontShare or Topic.Explained
            && words[figure.From].Turn - words[share.From].Turn <= 2 && (share.Topic == Topic.UpfrontShare
            || !latest.Values.Any(known => known.Value == figure.Value || known.Value == figure.Value * 1000))
            ? figure with { Topic = share.Topic, Value = figure.Value / 100, IsInferred = true } : figure;
    }

    // "With transport it is four hundred and eighty", of what is four hundred a bunch: the price of one, brought.
    private static bool IsBrought(Figure figure, Dictionary<Topic, Figure> latest, Words words) =>
        latest.TryGetValue(Topic.UnitPrice, out var price) && figure.Value > price.Value && figure.Value < price.Value * 2
        && words.Between(words.TurnStart(figure.From), figure.From).Any(word => word is "with" or "including")
        && (words.Are(figure.From - 2, "it is") || words.Lower(figure.From - 1) is "it's");

    // "What do I pay each month? One hundred and twenty four thousand."
    private static bool IsRecurrent(Figure figure, Words words)
    {
        var from = words.TurnStart(figure.From);
        return words.Between(from > 0 ? words.TurnStart(from - 1) : from, words.TurnEnd(figure.From)).Any(word =>
            word is "month" or "week" or "monthly" or "weekly" or "instalment" or "installment" or "instalments" or "installments");
    }

    // "He weighs three hundred and twenty kilos" tells of the bull, unless he is sold by the kilo.
    private static IReadOnlyList<Figure> Weights(IReadOnlyList<Figure> figures, Words words) => [.. figures.Select(figure =>
        figure.Topic == Topic.Quantity && Vocabulary.Measures.Contains(figure.Unit ?? "")
            && words.Lower(figure.From - 1) is "weighs" or "weigh" or "weighing"
            && !figures.Any(price => price.Topic == Topic.UnitPrice && price.Unit == figure.Unit)
            ? figure with { Topic = Topic.Explained } : figure)];

    // "I remove one thousand for every day. One thousand a day, eh": still the penalty.
    private static List<Figure> Echoes(IReadOnlyList<Figure> figures, Words words) => [.. figures.Select(figure =>
        figure.Topic == Topic.Quantity
            && figures.Any(size => size.From < figure.From && size is { Topic: Topic.Explained, IsHearsay: false }
            && size.Value == figure.Value && size.Unit == figure.Unit && Vocabulary.Measures.Contains(size.Unit ?? ""))
            ? figure with { Topic = Topic.Explained }
        : figure.Topic is Topic.UnitPrice or Topic.Open
            && figures.Any(side => (side.IsSideCost || (side.IsHearsay && !IsOwn(figure, words)))
        && side.Value == figure.Value && side.From < figure.From && words[figure.From].Turn - words[side.From].Turn <= 2)
            ? figure with { Topic = Topic.Explained, IsSideCost = figures.Any(side => side.IsSideCost && side.Value == figure.Value),
                IsHearsay = !figures.Any(side => side.IsSideCost && side.Value == figure.Value) }
            : figure)];

    // "One hundred and five, okay", "I give you one hundred and five": what was another's price is offered here.
    private static bool IsOwn(Figure figure, Words words) => words.TurnStart(figure.From) is var from
        && Enumerable.Range(from, words.TurnEnd(figure.From) - from).Any(at => Acts.IsAssent(words.Lower(at))
            || (Cues.Parties.Contains(words.Lower(at)) && words.Lower(at - 1) is not "did")); // "Did you hear what he sold at?"

    // One thing or one job at one sum: "let us close at eighty four thousand" is the price of no unit.
    private static bool IsOneSum(IReadOnlyList<Figure> figures, Words words, string contractType)
    {
        var isOne = figures.All(figure => figure.Topic != Topic.Quantity || figure.Value == 1);
        var isJob = contractType is ContractType.Logistics or ContractType.Service;
        return contractType == ContractType.Loan || ((isOne || isJob) && figures.All(figure => figure.Topic != Topic.UnitPrice
            || (isOne && isJob && figure.Unit is null
                && !words.Between(figure.From, figure.To).Any(word => word is "per" or "each" or "every"))));
    }

    private static Figure Resolve(Figure figure, Dictionary<Topic, Figure> latest, List<Figure> before, Words words, bool isOneSum)
    {
        var same = before.LastOrDefault(other => other.Value == figure.Value && other.Topic is not (Topic.Open or Topic.UpfrontShare)
            && !other.IsHearsay
            && !(other.Topic == Topic.Quantity && figure.IsMoney));
        if (same is not null) return figure with { Topic = same.Topic, Unit = same.Unit, IsInferred = true };
        // "thirty percent, that is nine thousand": the share worked out.
        if (IsShareWorkedOut(figure, before))
            return figure with { Topic = before[^1].Topic == Topic.UpfrontShare ? Topic.Upfront : Topic.Explained };
        // "Half now and half then. Half is three fifty.": the share of all, with or without its thousands.
        if (before.FindLast(share => share.Topic == Topic.UpfrontShare) is { } first && latest.TryGetValue(Topic.Total, out var all)
            && (all.Value * first.Value == figure.Value || (!figure.IsMoney && all.Value * first.Value == figure.Value * 1000)))
            return figure with { Topic = Topic.Upfront, Value = all.Value * first.Value, Doubt = Doubt.None };
        // The bargain over a side cost goes on.
        if (before.Count > 0 && before[^1] is { IsSideCost: true } side && figure.Value / side.Value is >= 1 / Near and <= Near
            && words[figure.From].Turn - words[side.From].Turn <= 2
            && !words.Between(side.To, figure.From).Any(word => Vocabulary.IsGoods(word)
            || word is "sell" or "buy" or "price")) return figure with { Topic = Topic.Explained, IsSideCost = true };
        if (IsProduct(figure, before)) return figure with { Topic = Topic.Total, IsInferred = true };
        if (!figure.IsMoney && latest.TryGetValue(Topic.Quantity, out var counted) && WantsCount(figure, words)
            && figure.Value / counted.Value is >= 0.2m and <= 5 && figure.Doubt != Doubt.Short
            && !before.Exists(known => (known.Topic is Topic.UnitPrice or Topic.Total || known is { Topic: Topic.Open, IsMoney: true })
            && known.Value > 0 && figure.Value * 1000 / known.Value is >= 0.5m and <= 1.6m)) return figure with
            {
                Topic = Topic.Quantity,
                Unit = counted.Unit,
                IsInferred = true
            };
        // "Eighteen thousand. … I said eighteen."
        if (figure is { IsMoney: false, Value: >= 10 and < 1000 } && !WantsCount(figure, words) && before.FindLast(known =>
            known.Topic is Topic.UnitPrice or Topic.Total && known.Value == figure.Value * 1000
            && !words.SameTurn(known.From, figure.From)) is { } said)
            return figure with { Topic = said.Topic, Value = said.Value, Unit = said.Unit, IsInferred = true };
        if (Nearest(figure, latest.Where(known => known.Key != Topic.Explained), words) is { } near)
            return figure with { Topic = near.Topic, Unit = near.Unit, IsInferred = true };
        // "eighty five thousand … seventy": the thousands are left out.
        if (!figure.IsMoney && figure is { Value: >= 1 and < 10, Doubt: Doubt.None } && latest.Values.FirstOrDefault(known =>
            known.Topic is Topic.UnitPrice or Topic.Total && known.Value >= 1_000_000
            && figure.Value * 1_000_000 / known.Value is >= 0.5m and <= 1.6m) is { } millions)
            return figure with { Topic = millions.Topic, Value = figure.Value * 1_000_000, Unit = millions.Unit, IsInferred = true };
        if (!figure.IsMoney && figure.Value is >= 10 and < 1000 && (latest.Values.Any(known => known.Value == figure.Value * 1000)
            || words.Lower(figure.From - 1) is not ("the" or "all" or "these" or "those" or "of" or "other"))
            && latest.Values.FirstOrDefault(known => known.Topic is Topic.UnitPrice or Topic.Total or Topic.Upfront
            && figure.Value * 1000 / known.Value is >= 0.5m and <= 1.6m
            && !(figure.Value * 1000 > known.Value && WantsCount(figure, words))) is { } thousands) // nobody takes more than is asked
            return figure with
            {
                Topic = thousands.Topic,
                Value = figure.Value * 1000,
                Unit = thousands.Unit,
                Doubt = figure.Doubt == Doubt.None ? Doubt.Short : figure.Doubt,
                IsInferred = true
            };
        // Of the size of another's price.
        if (Nearest(figure, latest.Where(known => known.Key == Topic.Explained), words) is not null)
            return figure with { Topic = isOneSum ? Topic.Total : Topic.UnitPrice, IsInferred = true };
        // More than the price of one, where more than one is sold: a sum, whether it fits or not.
        if (latest.TryGetValue(Topic.UnitPrice, out var one) && latest.ContainsKey(Topic.Quantity) && figure.Value > one.Value * 2
            && (figure.IsMoney || figure.Value >= 1000))
            return figure with { Topic = Topic.Total, IsInferred = true };
        if (isOneSum && (figure.IsMoney || figure.Value >= 100)) return figure with { Topic = Topic.Total, IsInferred = true };
        return figure;
    }

    // "I need twenty thousand for the cloth. I give you twenty thousand today, and the balance …": what a figure is about may be said
    // when it is named again.
    private static List<Figure> SaidLater(List<Figure> figures, Words words) => [.. figures.Select(figure =>
        figures.Find(later => later.From > figure.From && later.Value == figure.Value
        && words[later.From].Turn - words[figure.From].Turn <= 2
        && (later.Topic == Topic.Upfront ? figure.Topic is Topic.Open or Topic.Total or Topic.Explained
        : figure.Topic is Topic.Open && later.Topic is Topic.UnitPrice or Topic.Total)) is { } said
            ? figure with { Topic = said.Topic, Unit = said.Unit, IsInferred = true }
        : figure is { IsMoney: false, Value: >= 10 and < 1000 } && figure.Value % 1 == 0
            && (figure.Topic is Topic.Open or Topic.Total or Topic.UnitPrice || figure is { Topic: Topic.Quantity, IsInferred: true })
            && figures.Find(full => full.Value == figure.Value * 1000 && figures.Exists(named => named.Value == figure.Value
            && named.Topic == figure.Topic && full.From > named.From && words[full.From].Turn - words[named.From].Turn <= 1)) is { } full
            ? figure with { Topic = full.Topic, Value = full.Value, Unit = full.Unit, IsInferred = true, Doubt = Doubt.None } : figure)];

    // The figure before that is nearest in size, if it is near at all.
    private static Figure? Nearest(Figure figure, IEnumerable<KeyValuePair<Topic, Figure>> latest, Words words)
    {
        var isPriced = figure.IsMoney || words.Between(Math.Max(words.TurnStart(figure.From), figure.From - 3), figure.From).Any(word =>
            word is "sell" or "selling" or "pay" or "paying" or "price" or "charge" or "ask" or "asking");
        var all = latest.ToList();
        return all.Where(known => known.Value.Value > 0 && figure.Value / known.Value.Value is >= 1 / Near and <= Near
            && !(known.Key == Topic.Quantity && isPriced)
            && !(known.Key is Topic.Upfront && all.Exists(other => other.Key == Topic.UnitPrice)))
            .OrderBy(known => Math.Abs(Math.Log((double)(figure.Value / known.Value.Value)))).Select(known => known.Value).FirstOrDefault();
    }

    private static bool IsShareWorkedOut(Figure figure, List<Figure> before) => before.Count > 0
        && before[^1] is { Value: > 0 and <= 1 } share && figure.From - share.To < 8
            && before.Any(of => of.Value * share.Value == figure.Value);

    private static bool WantsCount(Figure figure, Words words) =>
        words.Between(Math.Max(words.TurnStart(figure.From), figure.From - 4), figure.From).Any(word =>
            word is "only" or "take" or "want" or "need" or "have" or "give")
        && figure.Value < 1000 && words.Lower(figure.From - 1) is not ("at" or "for");

    private static bool IsProduct(Figure figure, List<Figure> before) =>
        before.Any(quantity => quantity is { Topic: Topic.Quantity, Value: not 1 }
            && (before.Any(price => price.Topic == Topic.UnitPrice && quantity.Value * price.Value == figure.Value)
            // "four for six hundred", and then twenty
            || before.Any(lot => lot.Topic == Topic.Total && before.Any(count => count.Topic == Topic.Quantity && count.To + 1 == lot.From
                && quantity.Value * lot.Value == figure.Value * count.Value))));

    // "fifty bags on Monday and fifty on Thursday" are the hundred of before; so are two lots of fifty.
    private static List<Figure> Parts(List<Figure> figures, Words words)
    {
        for (var index = 1; index < figures.Count; index++)
            for (var count = 2; count <= MostParts && index + count <= figures.Count; count++)
            {
                var parts = figures.GetRange(index, count);
                if (!parts.TrueForAll(part => part is { Topic: Topic.Quantity or Topic.Open, IsMoney: false }
                    && words.SameTurn(part.From, parts[0].From))
                    || !figures.Take(index)
                        .Any(whole => whole.Topic == Topic.Quantity && (whole.Value == parts.Sum(part => part.Value)
                            || (parts is [{ Topic: Topic.Open }, { Topic: Topic.Quantity }] && parts[0].Value > 1
                                && whole.Value == parts[0].Value * parts[1].Value)))) continue;
                for (var part = 0; part < count; part++) figures[index + part] = parts[part] with { Topic = Topic.Explained };
            }
        return figures;
    }

    // "Eighty guests", at so much a head: how many.
    private static List<Figure> ByTheHead(List<Figure> figures, Words words) =>
        figures.Exists(figure => figure is { Topic: Topic.UnitPrice, Unit: "head" })
            && !figures.Exists(figure => figure.Topic == Topic.Quantity)
            ? [.. figures.Select(figure => figure.Topic == Topic.Explained && Vocabulary.Uncounted.Contains(words.Lower(figure.To))
                ? figure with { Topic = Topic.Quantity, Unit = "head" } : figure)] : figures;

    // Four tonnes that are sold by the kilogram are four thousand kilograms.
    private static List<Figure> ByTheKilo(List<Figure> figures)
    {
        var units = figures.Where(figure => figure.Topic == Topic.UnitPrice).Select(figure => figure.Unit).OfType<string>().Distinct()
            .ToList();
        return units is not ["kilogram"] ? figures : [.. figures.Select(figure => figure is { Topic: Topic.Quantity, Unit: "tonne" }
            ? figure with { Value = figure.Value * 1000, Unit = "kilogram" } : figure)];
    }

    // A short form is what it seems where a full one near it says so, and nothing says the contrary.
    private static List<Figure> Doubts(List<Figure> figures)
    {
        for (var index = 0; index < figures.Count; index++)
        {
            var figure = figures[index];
            if (figure.Doubt is not (Doubt.Short or Doubt.Torn)) continue;
            var others = figures.Where(other => other != figure
                && other.Topic is Topic.UnitPrice or Topic.Total or Topic.Explained or Topic.Open).ToList();
            var isSaid = figures.Any(other => other.Value == figure.Value && other.Doubt == Doubt.None && other.Topic == figure.Topic);
            var isLikeOthers = figure.Doubt == Doubt.Short && figure.Value is >= 100 and < 1000 ? figure.Currency is null or "" or "KES"
                    && others.All(other => other.Doubt != Doubt.None || other.Topic != figure.Topic || other.Value / figure.Value < 5)
                : figure.Doubt == Doubt.Short && others.Any(other => other.Doubt == Doubt.None && other.Topic == figure.Topic
                && other.Value / figure.Value is >= 0.5m and <= 2m);
            if (isSaid || isLikeOthers) figures[index] = figure with { Doubt = Doubt.None };
        }
        return figures;
    }
}
