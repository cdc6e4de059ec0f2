namespace Voice.Domain.Reading;

/// <summary>Whether values fit each other: quantity × price = total, a part is less than the whole, one costs no more than all, and all
/// money is of one currency.</summary>
internal sealed class Proportion(Talk talk)
{
    // "I pay three thousand three hundred today" for each of seventy bags.
    public bool IsRatherThePrice(decimal upfront) => talk.Figures.Where(count => count.Topic is Topic.Quantity or Topic.Open
        && count is { IsMoney: false, Value: > 1 }).ToList() is { Count: > 0 } counts
        && !talk.Figures.Any(rest => talk.Of(Topic.Total).Any(total => total.Value == rest.Value + upfront))
        && (talk.Of(Topic.UnitPrice).Any(price => price.Value == upfront || counts.Any(count => count.Value * price.Value == upfront))
            || counts.Any(count => talk.Figures.Any(total => total.Topic is Topic.Total or Topic.Open
                && total.Value == count.Value * upfront)));

    // More than that was agreed to as well, or paid upfront, or is of another size altogether: it is a part, or something else.
    public bool IsPartOfMore(Figure total) =>
        !talk.Acceptance.IsByName(total) && talk.Figures.Any(more => more.Value > total.Value && (string.IsNullOrEmpty(more.Currency)
        || string.IsNullOrEmpty(total.Currency) || more.Currency == total.Currency) && more.Topic switch
        {
            Topic.Upfront => true,
            Topic.Total or Topic.Open or Topic.UnitPrice => (more.IsMoney || more.Value >= 100) && (more.Value > total.Value * 10
                || (more.Value > total.Value * 2 && talk.Figures.Count(again => again.Value == more.Value && !again.IsHearsay) > 1)
                || (talk.Acceptance.Of(more).Answer is Answer.Accepted or Answer.Confirmed
                && (more.Value > total.Value * 2 || talk.Acceptance.Of(total).Answer != Answer.Confirmed))),
            Topic.Quantity or Topic.UpfrontShare or Topic.Explained => false,
        });

    // "Two hundred thousand. … one eighty": the thousands were left out, and nothing says so.
    public bool LacksThousands(Figure money) => money.Value < 1000
        && !talk.Namings(money.Topic, money.Value).Any(naming => naming.IsMoney)
        && talk.Figures.Any(other => other is { IsMoney: true, IsSideCost: false } && other.Value > money.Value * 500
            && other.Value < money.Value * 2000);

    // "Twelve at 1,200 each, or ten thousand for ten. Then ten.": that many have a sum of their own, which the price does not make.
    public bool IsOfAnotherLot(decimal price, decimal quantity) => talk.Of(Topic.Total).Any(sum =>
        CountFor(sum) == quantity && !Fits(price * quantity, sum.Value));

    // "Ten bags of beans at eight thousand and fifteen of maize at three": one sum for both.
    private bool IsOfAllLots(decimal total)
    {
        var lots = talk.Of(Topic.UnitPrice).SelectMany(price => talk.Of(Topic.Quantity).Where(count => count.To <= price.From
                && talk.Words.SameTurn(count.From, price.From)).TakeLast(1).Select(count => (count.Value, Price: price.Value)))
            .Distinct().ToList();
        return lots.Count > 1 && lots.Sum(lot => lot.Value * lot.Price) == total;
    }

    // "Four trips for twenty four thousand", or "four for six hundred. Twenty. Three thousand.": as many as were offered at a sum, or so
    // many times as many.
    private bool IsOfLots(decimal total, List<Figure> counts) => talk.Figures.Any(sum => sum.Topic is Topic.Total or Topic.UnitPrice
        && CountFor(sum) is { } lot && counts.TrueForAll(count => count.Value == lot || count.Value * sum.Value == total * lot)
        && counts.Exists(count => count.Value * sum.Value == total * lot)
        && !talk.Of(Topic.UnitPrice).Any(one => one.Value >= sum.Value));

    // "ten thousand for ten", "ten for ten thousand"
    private decimal? CountFor(Figure sum) => talk.Figures.FirstOrDefault(count =>
        count is { Topic: Topic.Quantity or Topic.Open, IsMoney: false } && talk.Words.SameClause(count.From, sum.From)
        && talk.Words.Between(Math.Min(count.To, sum.To), Math.Max(count.From, sum.From)).Where(word => word is not ("the" or "i" or "do"))
            .ToList() is ["for"])?.Value;

    // One of them costs no more than all, and about as much as was asked for one.
    public bool IsOfOtherSize(Figure price) => talk.Of(Topic.UnitPrice).Any(other => other.Value > 0 && price.Value > 0
        && other.Value / price.Value is > 10 or < 0.1m)
        || talk.Of(Topic.Total).Any(total => total.Value < price.Value)
        || (Vocabulary.TimeUnits.Contains(price.Unit ?? "") && talk.Figures.Any(sum => sum.Topic is Topic.Open or Topic.Total
            && sum.IsMoney && sum.Value > price.Value * 10)); // Waiting beside a trip.

    public bool IsOfOtherCurrency(IReadOnlyList<Proposal> proposals, Proposal proposal) =>
        proposal.Topic is Topic.UnitPrice or Topic.Total or Topic.Upfront
        && proposals.Where(other => other.Topic is Topic.UnitPrice or Topic.Total or Topic.Upfront).SelectMany(talk.Namings)
            .Select(naming => naming.Currency).Where(currency => currency is not null).Distinct().ToList() is { Count: > 1 } named
        && !(named.Contains("") && named.Count == 2 && named.Exists(currency => currency is "KES" or "TZS" or "UGX" or "SOS"));

    // To a round sum, at most half a percent away.
    private static bool Fits(decimal product, decimal total) => Math.Abs(product - total) <= product / 200;

    // All three were agreed to and do not fit: nobody can tell which is wrong, except where a price or a number changed after the sum was
    // made.
    public IEnumerable<string> Misfits(List<Proposal> standing)
    {
        var (price, total) = (Find(Topic.UnitPrice), Find(Topic.Total));
        var standingCount = Find(Topic.Quantity);
        var counts = talk.Of(Topic.Quantity).Where(figure => figure.Value > 1
            && (standingCount is null || figure.Value == standingCount.Value)).ToList();
        if (total is not null && price is not null && counts.Count > 0
            && counts.All(count => !Fits(count.Value * price.Value, total.Value)))
        {
            var isStale = Math.Max(counts[^1].From, LastOf(price)) > LastOf(total)
                && (talk.Of(Topic.Quantity).Any(count => count.Value != counts[^1].Value)
                || talk.Of(Topic.UnitPrice).Any(figure => figure.Value != price.Value));
            if (IsRounded()) return [price.Term];
            return isStale ? [total.Term] : ["quantity", price.Term, total.Term];
        }
        // A price was named, agreed to or not, and makes no such sum.
        var prices = talk.Of(Topic.UnitPrice);
        if (total is not null && price is null && counts.Count > 0 && prices.Count > 0 && !IsRounded()
            && !IsOfAllLots(total.Value) && !IsOfLots(total.Value, counts)
            && !counts.Any(count => prices.Any(one => Fits(count.Value * one.Value, total.Value)))) return ["quantity", total.Term];
        // Hours and a price by the month: one of them is of something else.
        if (price is not null && talk.Whole is null && standingCount is { } quantity
            && UnitOf(price) is { } priced && UnitOf(quantity) is { } counted && priced != counted)
            return [quantity.Term];
        // Less for all than somebody asked for one.
        var asked = talk.Figures.Where(figure => figure.Topic == Topic.UnitPrice).Select(figure => figure.Value).DefaultIfEmpty(0).Max();
        return total is not null && total.Value < asked && !talk.BearsOut(total)
            && !talk.Of(Topic.Quantity).Any(count => count.Value < 1) ? [total.Term] : [];

        // "Forty one thousand two hundred and fifty. Make it forty one.": of what the price makes, a little was taken off, or a share.
        bool IsRounded() => talk.Of(Topic.Total).Any(sum => sum.To <= total.From && sum.Value > total.Value
            && (IsShareOff(sum.Value - total.Value, sum.Value) || (sum.Value - total.Value <= sum.Value / 20
                && !talk.Figures.Any(part => part.Value == sum.Value - total.Value && !part.IsDelta)))
            && counts.Exists(count => talk.Of(Topic.UnitPrice).Any(one => one.Value * count.Value == sum.Value)));
        bool IsShareOff(decimal part, decimal sum) => talk.Figures.Any(off => off.IsOff && off.Value * sum == part);
        Proposal? Find(Topic topic) => standing.Find(proposal => proposal.Topic == topic);
        string? UnitOf(Proposal proposal) => talk.Namings(proposal).Select(naming => naming.Unit).LastOrDefault(unit =>
            unit is not (null or "piece"));
        int LastOf(Proposal proposal) => talk.Namings(proposal)[^1].From;
    }
}
