namespace Voice.Domain.Reading;

/// <summary>Finds the figures that bear each other out: quantity × price = total. It is the best witness there is, and tells what bare figures are.</summary>
internal static class Arithmetic
{
    /// <summary>The figures, those that fit with the topics that they have by it, and the last three that fit.</summary>
    public static (IReadOnlyList<Figure> Figures, Whole? Whole) Apply(IReadOnlyList<Figure> figures)
    {
        if (Find(figures) is not { } whole) return (figures, null);
        var total = whole.Total with { Topic = Topic.Total, Doubt = Doubt.None };
        var price = whole.Price with { Topic = Topic.UnitPrice, Doubt = Doubt.None };
        // Four weeks are how long, not how many.
        var quantity = whole.Quantity with { Topic = IsTime(whole.Quantity) ? Topic.Explained : Topic.Quantity, Doubt = Doubt.None };
        return ([.. figures.Select(figure => figure == whole.Total ? total : figure == whole.Price ? price : figure == whole.Quantity ? quantity
            : figure.Value == total.Value && figure.Topic is Topic.Open or Topic.UnitPrice or Topic.Total ? figure with { Topic = Topic.Total, Doubt = Doubt.None }
            : figure.Value == price.Value && figure.Topic is Topic.Open or Topic.UnitPrice ? figure with { Topic = Topic.UnitPrice, Doubt = Doubt.None }
            : figure.Value == quantity.Value && figure.Topic is Topic.Open or Topic.Quantity && !figure.IsMoney ? figure with { Topic = Topic.Quantity, Doubt = Doubt.None } : figure)],
            new(quantity, price, total));
    }

    private static Whole? Find(IReadOnlyList<Figure> figures)
    {
        foreach (var total in figures.Reverse().Where(figure => figure.Topic is Topic.Total or Topic.Open || (figure.Topic == Topic.UnitPrice && figure.IsInferred)))
        {
            var prices = figures.Where(price => price != total && price.Value > 0 && price.Value < total.Value && price.Topic is Topic.UnitPrice or Topic.Open && CanBeSame(price.Currency, total.Currency)).Reverse().ToList();
            foreach (var quantity in figures.Reverse().Where(figure => (figure.Topic is Topic.Quantity or Topic.Open || IsTime(figure)) && !figure.IsMoney && figure.Value > 1 && figure != total))
                if (prices.FirstOrDefault(price => price != quantity && price.Value * quantity.Value == total.Value && (price.Topic == Topic.UnitPrice || quantity.Topic == Topic.Quantity) && (!IsTime(quantity) || price.Unit == quantity.Unit)
                    && Fits(quantity.Unit, price.Unit)) is { } fits) return new(quantity, fits, total);
        }
        return null;
    }

    private static bool IsTime(Figure figure) => figure is { Topic: Topic.Explained, Unit: "week" or "month" or "year" };

    private static bool CanBeSame(string? one, string? other) => string.IsNullOrEmpty(one) || string.IsNullOrEmpty(other) || one == other;

    // Bags are not sold by the kilo without a word of their weight.
    private static bool Fits(string? counted, string? priced) => counted is null or "piece" || priced is null or "piece" || counted == priced;
}
