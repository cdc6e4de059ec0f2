namespace Voice.Domain.Reading;

/// <summary>What is said and done when a deal stands, where nobody says yes to its figure: one pays, pays out, takes it, or goes on
/// to how it is done.</summary>
internal sealed class Undertakings(Talk talk)
{
    /// <summary>To say a figure again is to agree to it only where a word of assent follows, or one undertakes to pay it: not "Seventy
    /// thousand!"</summary>
    public bool FollowOn(Figure repeated) => !talk.Words.Has(["is for", "that's for", "that is for"], repeated.To, repeated.To + 3)
        && (talk.Acts.Between(repeated.To, talk.Words.Count, Deed.Accept, Deed.Close, Deed.Perform)
            .Any(act => !talk.Acceptance.IsToDeferral(act) && !(act.Deed == Deed.Accept && talk.Acceptance.IsInsisted(repeated))
                && !(talk.Words.SameTurn(act.At, repeated.From) && talk.Acceptance.IsYesToEcho(act)))
        || Enumerable.Range(repeated.To, talk.Words.Count - repeated.To).Any(IsThatIt)
        || talk.Words.Between(repeated.From - 3, repeated.From).Any(word => word is "sending" or "paying" or "bringing")
        || (Before(repeated) is var words && !words.Any(word => word is "can" or "could" or "would" or "need" or "want")
            && (words.Contains("you'll") || (IsOwn(words) && words.Any(Cues.Undertaking.Contains)))));

    /// <summary>"Can you do fifty? Fifty five. Where do I pay the twenty two thousand?": who undertakes to pay what the other's price makes
    /// has agreed to it. It is the other's when it was named first, or to who asked for it.</summary>
    public bool PayAsAsked() => talk.Whole is { } whole && talk.Of(Topic.UnitPrice) is [.., var last] prices
        && last.Value == whole.Price.Value && (prices[0].Value == last.Value || IsAskedFor(last))
        && last.To <= whole.Total.From && !talk.Words.SameTurn(last.From, whole.Total.From) && !talk.Words.IsQuestion(whole.Total.From)
        && (IsPayment(Before(whole.Total)) || (talk.Words.TurnEnd(whole.Total.From) is var next && next < talk.Words.Count
            && !talk.Words.IsQuestion(next) && IsPayment([.. talk.Words.Between(next, talk.Words.TurnEnd(next))])));

    /// <summary>"I lend you sixty thousand. You return sixty six. I agree.": who agrees to what comes back agrees to what is
    /// lent.</summary>
    public bool AgreeToRepay(Figure lent) => talk.Acts.All.FirstOrDefault(act => act.At >= lent.To
            && act.Deed is not (Deed.Change or Deed.Perform) && !talk.Acceptance.IsOfAQuestion(act) && !talk.Acceptance.IsYesToEcho(act))
            is { Deed: Deed.Accept or Deed.Close } yes && IsRepaid(lent, yes.At);

    /// <summary>
    /// "… You return sixty six. … Then the group gives you the sixty thousand.": once what comes back is known, who pays out has agreed.
    /// </summary>
    public bool PayOut(Figure lent, Figure again) => !talk.Words.IsQuestion(again.From) && Before(again) is var words && !IsOpen(words)
        && words.Any(word => word is "give" or "gives" or "send" or "sends" or "sending" or "come")
        && (words.Any(word => word is "then" or "come") || !IsOwn(words)) && IsRepaid(lent, again.From);

    /// <summary>"Too much. Nineteen? I can't lower it. I'll take them.": behind every no stands a word that closes.</summary>
    public bool TakeAfterAll(Figure price) => talk.Acts.All.SkipWhile(act => act.At < price.To)
        .FirstOrDefault(act => act.Deed is not (Deed.Refuse or Deed.Change or Deed.Perform)) is { Deed: Deed.Close };

    /// <summary>A form of words that closes, whatever is spoken of between: nothing else is named, and nothing said against it.</summary>
    public bool Close(Figure last) => !talk.Words.IsQuestion(last.From) && last.Doubt != Doubt.Vague
        && talk.Acts.Between(talk.Words.TurnEnd(last.From), talk.Words.Count, Deed.Close).Any(act => IsOfAll(act.At + act.Length))
        && !IsOpposed(last, last);

    // Not "I'll take the charger", "I'm satisfied with the colour".
    private bool IsOfAll(int end) => talk.Words.Lower(end - 1) is not "the"
        && (!talk.Words.SameClause(end - 1, end) || talk.Words.Lower(end) is "then" or "at" or "for" || talk.Words.Are(end, "with that"));

    /// <summary>"Two thousand. One five. One eight then. Forty crates, seventy two thousand. And you bring them on Monday.": nobody works
    /// out the sum of a price that he still bargains over and goes on to how it is paid or handed over. The price was said by both, or the
    /// talk does go on; nothing behind the sum is against it.</summary>
    public bool GoOnFromTheSum()
    {
        var (_, price, sum) = talk.Whole!;
        var prices = talk.Of(Topic.UnitPrice).Where(named => named.Value == price.Value && named.To <= sum.From).ToList();
        if (prices.Count == 0 || price.IsConditional || talk.Words.IsQuestion(sum.From) || talk.Words.IsQuestion(talk.Words.Count - 1)
            || !talk.Of(Topic.UnitPrice).Any(rival => rival.To <= prices[0].From && rival.Value != price.Value
                && rival.Doubt != Doubt.Vague)
            || IsOpposed(sum, price)) return false;
        var next = talk.Words.TurnEnd(sum.From);
        return !talk.Words.SameTurn(prices[0].From, prices[^1].From)
            || talk.Acts.Between(talk.Words.TurnEnd(prices[^1].From), talk.Words.Count, Deed.Perform)
                .Any(act => Deeds.HandingOver.Contains(talk.Words.Lower(act.At)))
            || talk.Figures.Any(paid => paid.From >= sum.To && paid.Topic is Topic.Upfront or Topic.UpfrontShare)
            || Enumerable.Range(next, talk.Words.Count - next).Any(at => SpokenDate.IsCalendarWord(talk.Words.Lower(at))
                && !talk.Words.IsQuestion(at)) && !talk.Words.Between(next, talk.Words.Count).Any(Deeds.Meeting.Contains);
    }

    // Behind it something is refused, put off or changed, or another figure named that may be a price or a sum.
    private bool IsOpposed(Figure last, Figure price) =>
        talk.Acts.Between(last.To, talk.Words.Count, Deed.Refuse, Deed.Defer, Deed.Leave, Deed.Change).Any()
        || talk.Figures.Any(rival => rival.From > last.From
            && (rival.Topic is Topic.UnitPrice or Topic.Total or Topic.Open || rival is { Topic: Topic.Quantity, IsInferred: true })
            && rival.Value != last.Value && rival.Value != price.Value && rival.Value != talk.Whole?.Quantity.Value);

    private List<string> Before(Figure figure) => [.. talk.Words.Between(talk.Words.TurnStart(figure.From), figure.From)];

    // "Sixty bags, sixty four thousand, Dodoma. That's it."
    private bool IsThatIt(int at) => at == talk.Words.TurnStart(at) && !talk.Words.IsQuestion(at) && talk.Words.TurnEnd(at) - at <= 3
        && (talk.Words.Are(at, "that's it") || talk.Words.Are(at, "that is it"));

    private bool IsAskedFor(Figure price) => talk.Words.TurnStart(price.From) is > 0 and var from && talk.Words.IsQuestion(from - 1)
        && !talk.Figures.Any(figure => talk.Words.SameTurn(figure.From, from - 1));

    // What comes back at once, or in so many instalments: as much as was lent, and at most twice that.
    private bool IsRepaid(Figure lent, int before)
    {
        var told = talk.Figures.Where(figure => figure is { Topic: Topic.Explained, IsHearsay: false } && figure.From > lent.To
            && figure.To <= before).Select(figure => figure.Value).ToList();
        return told.Exists(back => back > 1 && told.Append(1).Any(times => back * times >= lent.Value && back * times <= lent.Value * 2));
    }

    private static bool IsPayment(List<string> words) => IsOwn(words) && !IsOpen(words)
        && words.Any(word => word is "pay" or "paying" or "send" or "sending" or "transfer");

    private static bool IsOwn(List<string> words) => words.Any(word => word is "i" or "i'll" or "i'm" or "we" or "we'll" or "we're");

    // Possible, wished or on a condition: not undertaken.
    private static bool IsOpen(List<string> words) => words.Any(word => word is "can" or "could" or "would" or "if" or "not" or "when"
        or "only" or "but" or "want" || word.EndsWith("n't", StringComparison.Ordinal));
}
