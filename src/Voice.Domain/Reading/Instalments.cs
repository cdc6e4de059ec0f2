namespace Voice.Domain.Reading;

/// <summary>Finds the two payments that make up a sum: "three hundred thousand today, and six hundred and twenty when your boy brings
/// them" of nine hundred and twenty thousand. The first is what is paid upfront, whatever words it is said in.</summary>
internal static class Instalments
{
    private const int Reach = 24; // words
    private static readonly HashSet<string> Moments =
    [
        "now", "today", "tomorrow", "tonight", "first", "rest", "remaining", "remainder", "balance", "other", "when", "after", "before",
        "later", "once", "until", "delivery", "upfront", "advance", "deposit", "start", "finish", "arrival", "collection",
    ];

    /// <summary>The figures, the payments among them with their topics.</summary>
    public static IReadOnlyList<Figure> Apply(IReadOnlyList<Figure> figures, Words words)
    {
        figures = WithChange(figures, words);
        foreach (var sum in figures.Where(figure => figure.Topic is Topic.Total or Topic.Open && figure.Value >= 100).Reverse())
            for (var index = 0; index < figures.Count - 1; index++)
            {
                var first = figures[index];
                if (first.From <= sum.From || !IsPart(first, sum.Value)) continue;
                foreach (var second in figures.Skip(index + 1).TakeWhile(figure => figure.From - first.To <= Reach))
                    if (IsPart(second, sum.Value) && !IsSameAgain(first, second) && Split(first, second, sum.Value) is { } split
                        && words.Between(first.From - 6, second.To + 6)
                            .Any(word => Moments.Contains(word) || SpokenDate.IsCalendarWord(word)))
                    {
                        var parts = IsLater(first) && !IsLater(second) ? (First: split.Second, Second: split.First) : split;
                        return [.. figures.Select(figure => figure.From < first.From || figure.Topic is Topic.UpfrontShare ? figure
                            : Is(figure, parts.First)
                                ? figure with { Topic = Topic.Upfront, Value = parts.First, Unit = null, Doubt = Doubt.None }
                            : Is(figure, parts.Second) ? figure with { Topic = Topic.Explained, Value = parts.Second, Doubt = Doubt.None }
                            : figure)];
                    }
            }
        return figures;

        // "Ninety, and I take them now. Okay, ninety.": once, and then agreed to.
        bool IsSameAgain(Figure first, Figure second) => first.Value == second.Value && !words.SameTurn(first.From, second.From);

        // "Eighty thousand on delivery, and forty thousand now": the other way round.
        bool IsLater(Figure part) =>
            words.Between(part.To, Math.Min(part.To + 4, words.TurnEnd(part.From))).Any(word => word is "delivery" or "when"
            or "after" or "later" or "once" or "balance" or "arrival");
    }

    // "Three hundred and sixty. Here is four hundred. And your change, forty.": what is handed over and what comes back.
    private static IReadOnlyList<Figure> WithChange(IReadOnlyList<Figure> figures, Words words) =>
        figures.FirstOrDefault(back => words.Between(back.From - 4, back.To + 2).Any(word => word is "change" or "back")) is { } change
        && figures.LastOrDefault(paid => paid.To <= change.From && figures.Any(sum => sum.To <= paid.From && sum.Value > change.Value
            && sum.Value + change.Value == paid.Value)) is { } handed
            ? [.. figures.Select(figure => figure == change || figure == handed ? figure with { Topic = Topic.Explained } : figure)]
            : figures;

    private static bool IsPart(Figure figure, decimal sum) => figure.Value > 1 && figure.Value < sum
        && figure is { Topic: not (Topic.UpfrontShare or Topic.UnitPrice), IsHearsay: false, IsSideCost: false, IsDelta: false }
        && (figure.Unit is null || figure.Topic is not (Topic.Quantity or Topic.Explained) || figure.IsInferred)
        && (figure.IsMoney || figure.Value >= 13 || figure.Topic != Topic.Explained); // not "five in the morning"

    // "Five now, fourteen eight on Thursday": the thousands may be left out.
    private static (decimal First, decimal Second)? Split(Figure first, Figure second, decimal sum)
    {
        foreach (var one in Meanings(first)) foreach (var other in Meanings(second)) if (one + other == sum) return (one, other);
        return null;
    }

    private static IEnumerable<decimal> Meanings(Figure figure) =>
        figure is { Value: < 1000, IsMoney: false } ? [figure.Value, figure.Value * 1000] : [figure.Value];

    private static bool Is(Figure figure, decimal part) =>
        (figure.Topic != Topic.Quantity || figure.Unit is null || figure.IsInferred) && Meanings(figure).Contains(part);
}
