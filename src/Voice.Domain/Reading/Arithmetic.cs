namespace Voice.Domain.Reading;

/// <summary>Finds the figures that bear each other out: quantity × price = total. It is the best witness there is, and tells what bare
/// figures are.</summary>
internal static class Arithmetic
{
    /// <summary>The figures, those that fit with the topics that they have by it, and the last three that fit.</summary>
    public static (IReadOnlyList<Figure> Figures, Whole? Whole) Apply(IReadOnlyList<Figure> figures)
    {
        var exact = Find(figures, extras: 0) ?? Find(figures, extras: 0, others: true);
        // "156,600 for everything with the transport": the sum of the goods and what comes on top, which is no total of the goods.
        if ((exact ?? Find(figures, figures.Where(figure => figure.IsSideCost).Sum(figure =>
            figure.Value))) is not { } whole) return (figures, null);
        var total = whole.Total with { Topic = exact is null ? Topic.Explained : Topic.Total, Doubt = Doubt.None };
        var price = whole.Price with { Topic = Topic.UnitPrice, Doubt = Doubt.None };
        // Four weeks are how long, and kilometres how far, not how many.
        var quantity = whole.Quantity with
        {
            Topic = Vocabulary.Extents.Contains(whole.Quantity.Unit ?? "") ? Topic.Explained
            : Topic.Quantity,
            Doubt = Doubt.None
        };
        return ([.. figures.Select(figure => figure == whole.Total ? total : figure == whole.Price ? price : figure == whole.Quantity
            ? quantity
            : figure.Value == total.Value && figure.Topic is Topic.Open or Topic.UnitPrice or Topic.Total
            ? figure with { Topic = total.Topic, Doubt = Doubt.None }
            : figure.Value == price.Value && figure.Topic is Topic.Open or Topic.UnitPrice or Topic.Total
            ? figure with { Topic = Topic.UnitPrice, Doubt = Doubt.None }
            : figure.Value == quantity.Value && figure.Topic is Topic.Open or Topic.Quantity
            && !figure.IsMoney ? figure with { Topic = Topic.Quantity, Doubt = Doubt.None } : figure)],
            new(quantity, price, total));
    }

    // Of several that fit, the one whose parts say most plainly what they are; of equals the last.
    private static Whole? Find(IReadOnlyList<Figure> figures, decimal extras, bool others = false)
    {
        var prices = figures.Where(price => price.Value > 0
            && (price.Topic is Topic.UnitPrice or Topic.Open || price is { Topic: Topic.Total, IsInferred: true }
            || (others && price.IsHearsay && figures.Any(again => again.Value == price.Value && again.From < price.From)
                && !figures.Any(rival => rival.From > price.From && rival.Topic == Topic.UnitPrice))))
            .Reverse().ToLookup(price => price.Value);
        var quantities = figures.Where(figure => (figure.Topic is Topic.Quantity or Topic.Open || IsExtent(figure))
            && !figure.IsMoney && figure.Value is > 0 and not 1).Reverse().ToList();
        Whole? best = null;
        // Two months at twenty thousand are forty thousand, and that is the deposit.
        foreach (var total in figures.Reverse().Where(sum => IsSum(sum)
            && !figures.Any(paid => paid.Topic == Topic.Upfront && paid.Value == sum.Value)))
            foreach (var quantity in quantities.Where(quantity => quantity != total))
            {
                var goods = total.Value - (extras > 0 && total.IsSideCost ? extras - total.Value : extras);
                if (prices[goods / quantity.Value].FirstOrDefault(price => price != quantity && price != total
                    && !(quantity.IsInferred && figures.Any(part => part.Value == quantity.Value && part.To == price.From))
                    && CanBeSame(price.Currency, total.Currency) && (total.IsMoney || price.IsMoney || total.Value >= 100)
                    && (!others || (quantity.Topic, total.Topic) is (Topic.Quantity, Topic.Total))
                    && (price.Topic == Topic.UnitPrice || quantity is { Topic: Topic.Quantity, Value: > 1 })
                    && (total.Topic != Topic.Explained || (price.Topic == Topic.UnitPrice && quantity.Topic == Topic.Quantity))
                    && (!IsExtent(quantity) || price.Unit == quantity.Unit)
                    && Fits(quantity.Unit, price.Unit)) is { } fits && new Whole(quantity, fits, total) is var whole
                    && new[] { quantity, fits, total }.Count(figure => figure.Doubt == Doubt.Torn) < 2
                    && (best is null || Plainness(whole) > Plainness(best))) best = whole;
            }
        return best;
    }

    private static bool IsSum(Figure figure) => figure.Topic is Topic.Total or Topic.Open
        || (figure.Topic == Topic.UnitPrice && figure.IsInferred) || figure.IsSideCost
        || (figure is { Topic: Topic.Explained, IsHearsay: false } && (figure.IsMoney || figure.Value >= 1000));

    private static int Plainness(Whole whole) => (whole.Quantity is { Topic: Topic.Quantity, Unit: not null } ? 1 : 0)
        - (whole.Quantity.IsConditional ? 1 : 0)
        + (whole.Price is { Topic: Topic.UnitPrice } ? 1 : 0) + (whole.Total is { Topic: Topic.Total } ? 1 : 0);

    private static bool IsExtent(Figure figure) => figure is { Topic: Topic.Explained, Unit: { } unit }
        && (Vocabulary.Extents.Contains(unit) || Vocabulary.TimeUnits.Contains(unit));

    private static bool CanBeSame(string? one, string? other) => string.IsNullOrEmpty(one) || string.IsNullOrEmpty(other) || one == other;

    // Bags are not sold by the kilo without a word of their weight.
    private static bool Fits(string? counted, string? priced) => counted is null or "piece" || priced is null or "piece"
        || counted == priced;
}
