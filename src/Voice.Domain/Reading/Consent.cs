namespace Voice.Domain.Reading;

/// <summary>Whether the other side agreed to a proposed value: how its namings were answered, and whether what sounds like agreement is
/// said of this deal, of this case and of this one of several offers.</summary>
internal sealed class Consent(Talk talk)
{
    private static readonly HashSet<string> Corrections = ["sorry", "mean", "meant", "make", "actually", "no", "counted", "rather",
        "instead", "only"];

    private readonly Undertakings _undertakings = new(talk);

    /// <summary>Whether the other side agreed to what is proposed.</summary>
    /// <param name="proposal">The value.</param>
    /// <param name="answers">Every naming of it, and how it was answered.</param>
    /// <param name="hasDeal">Whether a price or a sum stands.</param>
    public bool IsGiven(Proposal proposal, List<(Figure Naming, (Answer Answer, Act? By) Answer)> answers, bool hasDeal)
    {
        var last = answers[^1].Answer.Answer;
        if (talk.BearsOut(proposal) && proposal.Topic != Topic.Total && talk.Whole!.Total.From > answers[^1].Naming.From
            && (talk.Acceptance.Of(talk.Whole.Total).Answer is Answer.Accepted or Answer.Confirmed || _undertakings.PayAsAsked()
                || (_undertakings.TakeAfterAll(answers[^1].Naming) && IsWholeAgreed()))) return true;
        if (last is Answer.Refused) return false;
        if (proposal.Topic is Topic.UnitPrice or Topic.Total && !talk.BearsOut(proposal) && IsOneOfTwo(answers[^1].Naming)) return false;
        var isAccepted = last is Answer.Accepted or Answer.Confirmed
            || (answers.Count > 1 && last is Answer.Repeated
            && answers.Any(answer => answer.Answer.Answer is Answer.Accepted or Answer.Confirmed));
        var rivals = talk.Figures.Where(figure => figure.Topic == proposal.Topic && figure.Value != proposal.Value
            && figure.IsSameKind(answers[^1].Naming)).Select(figure => figure.Value).Distinct().Count();
        if (proposal.Topic is Topic.UnitPrice or Topic.Total && !talk.BearsOut(proposal)
            && answers.All(answer => answer.Naming.IsConditional)
            && !IsConditionMet(answers[^1].Naming)) return false;
        // What was agreed to before is changed by a clear word only.
        var settledBefore = talk.Figures.LastOrDefault(figure => figure.Topic == proposal.Topic && figure.Value != proposal.Value
            && figure.From < answers[0].Naming.From && talk.Acceptance.Of(figure).Answer is Answer.Accepted or Answer.Confirmed);
        if (isAccepted && proposal.Topic is Topic.UnitPrice or Topic.Quantity
            && IsOfAScale(answers[^1].Naming)) return talk.BearsOut(proposal)
            || answers.Exists(answer => answer.Answer.Answer == Answer.Confirmed);
        // A number alone makes no deal: both must have named it.
        if (isAccepted && proposal.Topic == Topic.Quantity && !hasDeal
            && !answers.Exists(answer => answer.Answer.Answer == Answer.Confirmed)) return false;
        if (isAccepted) return settledBefore is null || talk.BearsOut(proposal)
            || (answers.Any(answer => answer.Answer.Answer == Answer.Confirmed) && !IsOfAnotherThing(answers[^1].Naming, settledBefore));
        var isAsked = talk.Words.IsQuestion(answers[^1].Naming.From);
        if (proposal.Topic == Topic.Quantity)
        {
            if (talk.BearsOut(proposal)) return hasDeal;
            if (rivals == 0 && IsCountKept(answers)) return true;
            if (rivals == 0) return hasDeal && (!isAsked || answers.Count > 1 || IsOfAll(answers[0].Naming))
                && answers.Exists(answer => IsOfTheDeal(answer.Naming));
            // Both kept to their own number.
            var isContested = talk.Figures.Any(figure => figure.Topic == Topic.Quantity && figure.Value != proposal.Value
                && figure.From > answers[0].Naming.From && figure.IsSameKind(answers[0].Naming));
            return hasDeal && !isContested && (last is Answer.Repeated || IsCorrection(answers[^1].Naming));
        }
        if (talk.BearsOut(proposal)) return IsWholeAgreed();
        if (proposal.Topic is Topic.Upfront or Topic.UpfrontShare && rivals == 0 && !isAsked
            && IsAnsweredLater(answers[^1].Naming)) return true;
        if (talk.ContractType == Recordings.ContractType.Loan && (_undertakings.AgreeToRepay(answers[0].Naming)
            || (last is Answer.Repeated && _undertakings.PayOut(answers[0].Naming, answers[^1].Naming)))) return true;
        if (proposal.Topic is Topic.UnitPrice or Topic.Total && _undertakings.Close(answers[^1].Naming)) return true;
        return (rivals == 0 || IsBetweenOffers(answers)) && last is Answer.Repeated && _undertakings.FollowOn(answers[^1].Naming);
    }

    // A sum far from the one that was agreed to, or in other money, is of something else; so is what a payment leaves of it.
    private bool IsOfAnotherThing(Figure sum, Figure agreed) => sum.Topic == Topic.Total && agreed.Value > 0
        && !talk.Acceptance.IsByName(sum)
        && (sum.Value / agreed.Value is < 0.6m or > 1.6m || (sum.IsMoney && agreed.IsMoney && sum.Currency != agreed.Currency)
        || talk.Figures.Any(paid => paid is { IsDelta: false, Value: >= 100, Topic: Topic.Explained or Topic.Upfront }
            && Math.Abs(agreed.Value - sum.Value) == paid.Value));

    // The only number, said twice, and nobody takes back the deal: what is left open is the price.
    private bool IsCountKept(List<(Figure Naming, (Answer Answer, Act? By) Answer)> answers) => answers.Count > 1
        && answers[^1].Naming is { Doubt: Doubt.None, IsConditional: false, IsStock: false } last && !talk.Words.IsQuestion(last.From)
        && talk.Acts.All.Any(act => act.At >= last.To && act.Deed != Deed.Change)
        && !talk.Acts.Between(last.To, talk.Words.Count, Deed.Defer, Deed.Leave, Deed.Refuse).Any()
        && talk.Figures.Any(figure => figure.Topic is Topic.UnitPrice or Topic.Total);

    // "All the twenty two sheep, how much?": they are there, and one asks what they cost.
    private bool IsOfAll(Figure count) => talk.Words.Lower(count.From - 1) is "the" or "these" or "those" or "your" or "all"
        && talk.Of(Topic.UnitPrice).Count == 0;

    // What is counted belongs to the sale by its unit, by a word of trading, or by standing beside a price or alone.
    private bool IsOfTheDeal(Figure count)
    {
        // Of a job or a trip, what is counted is mostly not what is paid for.
        if (talk.ContractType is Recordings.ContractType.Service or Recordings.ContractType.Logistics
            && !talk.Of(Topic.UnitPrice).Any(price => price.Unit is not null && price.Unit == count.Unit)) return false;
        var (from, to) = talk.Words.Turn(talk.Words[count.From].Turn);
        return to - from <= 6 || talk.Figures.Any(price => price.Topic is Topic.UnitPrice or Topic.Total
            && (price.Unit == count.Unit || (price.From >= from && price.From < to)))
            || IsOfAll(count) || talk.Words.Between(from, to).Any(word => Vocabulary.Trading.Contains(word)
                || word is "sell" or "bring" or "load" or "left");
    }

    // "Ten bags, two thousand nine hundred each. Fifty bags, two thousand seven hundred each": which of them is taken, only a clear word
    // says.
    private bool IsOfAScale(Figure figure) => talk.Of(Topic.UnitPrice).Select(price => (price.Value, Count: CountBeside(price)))
        .Where(step => step.Count is not null).DistinctBy(step => step.Value).DistinctBy(step => step.Count).Count() > 1
        && figure.Doubt != Doubt.Vague;

    private decimal? CountBeside(Figure price) => talk.Of(Topic.Quantity).LastOrDefault(count => count.To <= price.From
        && talk.Words.SameTurn(count.From, price.From))?.Value;

    // "Five thousand without the charger and five thousand five hundred with it. Okay.": which of them?
    private bool IsOneOfTwo(Figure figure) => talk.Figures.Any(other => other.Topic == figure.Topic && other.Value != figure.Value
        && talk.Words.SameTurn(other.From, figure.From)
        && talk.Words.Between(Math.Min(other.To, figure.To), Math.Max(other.From, figure.From)).ToList() is { Count: < 8 } between
        && between.Any(word => word is "and" or "or" or "next" or "rest") && !between.Contains("but"));

    // Three figures that fit are agreed to when the sum is, or when nobody bargained over them.
    private bool IsWholeAgreed()
    {
        var whole = talk.Whole!;
        var namings = talk.Figures.Where(figure => figure.Topic == whole.Total.Topic && figure.Value == whole.Total.Value).ToList();
        var (answer, _) = talk.Acceptance.Of(namings[^1]);
        if (answer == Answer.Refused) return false;
        if (answer != Answer.None || _undertakings.PayAsAsked() || _undertakings.GoOnFromTheSum()) return true;
        var prices = talk.Of(Topic.UnitPrice).Where(figure => figure.Value == whole.Price.Value).ToList();
        if (prices.Exists(price => talk.Acceptance.Of(price).Answer is Answer.Accepted or Answer.Confirmed)) return true;
        var isBargained = talk.Figures.Any(figure => figure.Topic == Topic.UnitPrice && figure.Value != whole.Price.Value
            && figure.Doubt != Doubt.Vague && !IsWithdrawn(figure));
        // Somebody must have said yes to something: one voice alone makes no agreement.
        var isAnswered = talk.Acts.Between(Math.Min(prices[0].From, namings[0].From), talk.Words.Count, Deed.Accept, Deed.Close)
            .Any(act => !talk.Acceptance.IsOfAQuestion(act) && !talk.Acceptance.IsYesToEcho(act))
            || talk.Acts.Between(namings[^1].To, talk.Words.Count, Deed.Perform).Any();
        return isAnswered && !isBargained && !talk.Words.IsQuestion(namings[^1].From);
    }

    /// <summary>Whether a counter-offer was refused and the deal then stood; otherwise it shows that what sounded like assent was
    /// none.</summary>
    public bool IsWithdrawn(Figure rival) => talk.Acceptance.Of(rival) is { Answer: Answer.Refused, By: { Deed: Deed.Refuse } refusal }
        && talk.Acts.All.FirstOrDefault(
            act => act.At > refusal.At && act.Deed is not (Deed.Change or Deed.Perform)) is { Deed: Deed.Accept or Deed.Close };

    // A figure between what one asked and what the other offered, said by one and again by the other: there they have met.
    private bool IsBetweenOffers(List<(Figure Naming, (Answer Answer, Act? By) Answer)> answers)
    {
        if (answers.Count < 2 || answers[^1].Answer.Answer != Answer.Repeated) return false;
        var (first, last) = (answers[0].Naming, answers[^1].Naming);
        // "Three thousand is for kings", "seventy, and you paint it"
        if (talk.Words.Between(last.To, Math.Min(last.To + 3, talk.Words.TurnEnd(last.From))).Any(word =>
            word is "is" or "for" or "but" or "if" or "you")) return false;
        var offers = talk.Figures.Where(figure => figure.Topic == first.Topic && figure.From < first.From
            && figure.Doubt != Doubt.Vague).Select(figure => figure.Value).ToList();
        return offers.Exists(offer => offer > first.Value) && offers.Exists(offer => offer < first.Value)
            && talk.Words[last.From].Turn - talk.Words[answers[^2].Naming.From].Turn == 1
            && !talk.Words.IsQuestion(answers[^2].Naming.From)
            && !talk.Figures.Any(figure => figure.From > first.From && figure.Topic == first.Topic && figure.Value != first.Value);
    }

    private bool IsAnsweredLater(Figure figure) => talk.Acts.All.FirstOrDefault(act => act.At >= figure.To
        && act.Deed is not (Deed.Change or Deed.Perform)) is { Deed: Deed.Accept or Deed.Close } yes && !talk.Acceptance.IsYesToEcho(yes);

    private bool IsCorrection(Figure figure) =>
        talk.Words.Between(Math.Max(talk.Words.TurnStart(figure.From), figure.From - 6), figure.From).Any(Corrections.Contains);

    private bool IsConditionMet(Figure price)
    {
        var condition = talk.Figures.FirstOrDefault(figure => figure is { Topic: Topic.Quantity, IsConditional: true }
            && talk.Words.SameTurn(figure.From, price.From));
        // "If you put down a deposit you can have it for ten thousand. … I am satisfied with that."
        if (talk.Figures.Any(paid => paid is { Topic: Topic.Upfront, IsConditional: true } && talk.Words.SameTurn(paid.From, price.From)))
            return _undertakings.Close(price);
        if (condition is null) return !talk.Figures.Any(other => other.Topic == price.Topic && other.From < price.From
            && other is { IsConditional: false, IsHearsay: false } && other.Value != price.Value);
        return talk.Of(Topic.Quantity) is [.., var last] && last.Value >= condition.Value;
    }
}
