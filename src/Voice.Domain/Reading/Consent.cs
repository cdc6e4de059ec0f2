namespace Voice.Domain.Reading;

/// <summary>Whether the other side agreed to a proposed value: how its namings were answered, and whether what sounds like agreement is
/// said of this deal, of this case and of this one of several offers.</summary>
internal sealed class Consent(Talk talk)
{
    private static readonly HashSet<string> Corrections = ["sorry", "mean", "meant", "make", "actually", "no", "counted", "rather",
        "instead", "only"];

    /// <summary>Whether the other side agreed to what is proposed.</summary>
    /// <param name="proposal">The value.</param>
    /// <param name="answers">Every naming of it, and how it was answered.</param>
    /// <param name="hasDeal">Whether a price or a sum stands.</param>
    public bool IsGiven(Proposal proposal, List<(Figure Naming, (Answer Answer, Act? By) Answer)> answers, bool hasDeal)
    {
        var last = answers[^1].Answer.Answer;
        if (talk.BearsOut(proposal) && proposal.Topic != Topic.Total && talk.Whole!.Total.From > answers[^1].Naming.From
            && (talk.Acceptance.Of(talk.Whole.Total).Answer is Answer.Accepted or Answer.Confirmed || IsPaidAsAsked()
                || (IsTakenAfterAll(answers[^1].Naming) && IsWholeAgreed()))) return true;
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
            if (rivals == 0) return hasDeal && (!isAsked || answers.Count > 1 || IsOfAll(answers[0].Naming)) && answers.Exists(answer => IsOfTheDeal(answer.Naming));
            // Both kept to their own number.
            var isContested = talk.Figures.Any(figure => figure.Topic == Topic.Quantity && figure.Value != proposal.Value
                && figure.From > answers[0].Naming.From && figure.IsSameKind(answers[0].Naming));
            return hasDeal && !isContested && (last is Answer.Repeated || IsCorrection(answers[^1].Naming));
        }
        if (talk.BearsOut(proposal)) return IsWholeAgreed();
        if (proposal.Topic is Topic.Upfront or Topic.UpfrontShare && rivals == 0 && !isAsked
            && IsAnsweredLater(answers[^1].Naming)) return true;
        if (talk.ContractType == Recordings.ContractType.Loan && (IsRepaymentAgreed(answers[0].Naming)
            || (last is Answer.Repeated && IsPaidOut(answers[0].Naming, answers[^1].Naming)))) return true;
        return (rivals == 0 || IsBetweenOffers(answers)) && last is Answer.Repeated && GoesOn(answers[^1].Naming);
    }

    // A sum far from the one that was agreed to, or in other money, is of something else; so is what a payment leaves of it.
    private bool IsOfAnotherThing(Figure sum, Figure agreed) => sum.Topic == Topic.Total && agreed.Value > 0
        && !talk.Acceptance.IsByName(sum)
        && (sum.Value / agreed.Value is < 0.6m or > 1.6m || (sum.IsMoney && agreed.IsMoney && sum.Currency != agreed.Currency)
        || talk.Figures.Any(paid => paid is { IsDelta: false, Value: >= 100, Topic: Topic.Explained or Topic.Upfront }
            && Math.Abs(agreed.Value - sum.Value) == paid.Value));

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
            || IsOfAll(count) || talk.Words.Between(from, to).Any(word => Vocabulary.Trading.Contains(word) || word is "sell" or "bring" or "load" or "left");
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
        if (answer != Answer.None || IsPaidAsAsked() || IsCalledADeal(namings[^1])) return true;
        var prices = talk.Of(Topic.UnitPrice).Where(figure => figure.Value == whole.Price.Value).ToList();
        if (prices.Exists(price => talk.Acceptance.Of(price).Answer is Answer.Accepted or Answer.Confirmed)) return true;
        if (IsBetweenOffers([.. prices.Select(price => (price, talk.Acceptance.Of(price)))]) && GoesOn(prices[^1])) return true;
        var isBargained = talk.Figures.Any(figure => figure.Topic == Topic.UnitPrice && figure.Value != whole.Price.Value
            && figure.Doubt != Doubt.Vague && !IsWithdrawn(figure));
        // Somebody must have said yes to something: one voice alone makes no agreement.
        var isAnswered = talk.Acts.Between(Math.Min(prices[0].From, namings[0].From), talk.Words.Count, Deed.Accept, Deed.Close)
            .Any(act => !talk.Acceptance.IsOfAQuestion(act) && !talk.Acceptance.IsYesToEcho(act))
            || talk.Acts.Between(namings[^1].To, talk.Words.Count, Deed.Perform).Any();
        return isAnswered && !isBargained && !talk.Words.IsQuestion(namings[^1].From);
    }

    // "And six hundred come to eleven thousand four hundred. … Then we have a deal.": of what was worked out last, when nothing else is named.
    private bool IsCalledADeal(Figure sum) => talk.Acts.Between(sum.To, talk.Words.Count, Deed.Close).Any(act =>
            talk.Words.Between(act.At, act.At + act.Length).Contains("deal"))
        && !talk.Figures.Any(figure => figure.From > sum.From && (figure.IsMoney || figure.Topic is not Topic.Explained));

    // "Can you do fifty? Fifty five. Where do I pay the twenty two thousand?": who undertakes to pay what the other's price makes has agreed
    // to it. It is the other's when it was named first, or to who asked for it.
    private bool IsPaidAsAsked() => talk.Whole is { } whole && talk.Of(Topic.UnitPrice) is [.., var last] prices
        && last.Value == whole.Price.Value && (prices[0].Value == last.Value || IsAskedFor(last))
        && last.To <= whole.Total.From && !talk.Words.SameTurn(last.From, whole.Total.From) && !talk.Words.IsQuestion(whole.Total.From)
        && (IsPayment(talk.Words.TurnStart(whole.Total.From), whole.Total.From)
            || (talk.Words.TurnEnd(whole.Total.From) is var next && next < talk.Words.Count && !talk.Words.IsQuestion(next)
            && IsPayment(next, talk.Words.TurnEnd(next))));

    private bool IsAskedFor(Figure price) => talk.Words.TurnStart(price.From) is > 0 and var from && talk.Words.IsQuestion(from - 1)
        && !talk.Figures.Any(figure => talk.Words.SameTurn(figure.From, from - 1));

    private bool IsPayment(int from, int to) => talk.Words.Between(from, to).ToList() is var words
        && words.Any(word => word is "i" or "i'll" or "i'm" or "we" or "we'll" or "we're")
        && words.Any(word => word is "pay" or "paying" or "send" or "sending" or "transfer")
        && !words.Any(word => word is "can" or "could" or "would" or "if" or "not" or "when" or "only" or "but"
            || word.EndsWith("n't", StringComparison.Ordinal));

    // "Too much. Nineteen? I can't lower it. I'll take them.": behind every no stands a word that closes.
    private bool IsTakenAfterAll(Figure price) => talk.Acts.All.SkipWhile(act => act.At < price.To)
        .FirstOrDefault(act => act.Deed is not (Deed.Refuse or Deed.Change or Deed.Perform)) is { Deed: Deed.Close };

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

    // "I lend you sixty thousand. You return sixty six. I agree.": who agrees to what comes back agrees to what is lent.
    private bool IsRepaymentAgreed(Figure lent) => talk.Acts.All.FirstOrDefault(act => act.At >= lent.To
            && act.Deed is not (Deed.Change or Deed.Perform) && !talk.Acceptance.IsOfAQuestion(act) && !talk.Acceptance.IsYesToEcho(act))
            is { Deed: Deed.Accept or Deed.Close } yes
        && talk.Figures.Any(back => back is { Topic: Topic.Explained, IsHearsay: false, Value: >= 100 } && back.From > lent.To
            && back.To <= yes.At);

    // "… You return sixty six. … Then the group gives you the sixty thousand.": once what comes back is known, who pays out has agreed.
    private bool IsPaidOut(Figure lent, Figure again) => !talk.Words.IsQuestion(again.From)
        && talk.Words.Between(talk.Words.TurnStart(again.From), again.From).ToList() is var words
        && words.Any(word => word is "give" or "gives" or "send" or "sends" or "sending" or "come")
        && (words.Any(word => word is "then" or "come") || !words.Any(word => word is "i" or "i'll" or "we" or "we'll"))
        && !words.Any(word => word is "can" or "could" or "would" or "if" or "only" or "want" || word.EndsWith("n't", StringComparison.Ordinal))
        && talk.Figures.Any(back => back is { Topic: Topic.Explained, IsHearsay: false, Value: >= 100 } && back.From > lent.To
            && back.To <= again.From);

    private bool IsAnsweredLater(Figure figure) => talk.Acts.All.FirstOrDefault(act => act.At >= figure.To
        && act.Deed is not (Deed.Change or Deed.Perform)) is { Deed: Deed.Accept or Deed.Close };

    // To say a figure again is to agree to it only where a word of assent follows, or one undertakes to pay it: not "Seventy thousand!"
    private bool GoesOn(Figure repeated) => talk.Acts.Between(repeated.To, talk.Words.Count, Deed.Accept, Deed.Close, Deed.Perform)
            .Any(act => !talk.Acceptance.IsToDeferral(act) && !(act.Deed == Deed.Accept && talk.Acceptance.IsInsisted(repeated)))
        || Enumerable.Range(repeated.To, talk.Words.Count - repeated.To).Any(at => at == talk.Words.TurnStart(at)
            && !talk.Words.IsQuestion(at) && (talk.Words.Are(at, "that's it") || talk.Words.Are(at, "that is it")) && talk.Words.TurnEnd(at) - at <= 3)
        || talk.Words.Between(repeated.From - 3, repeated.From).Any(word => word is "sending" or "paying" or "bringing")
        || (talk.Words.Between(talk.Words.TurnStart(repeated.From), repeated.From).ToList() is var words
        && !words.Any(word => word is "can" or "could" or "would" or "need" or "want")
            && (words.Contains("you'll") || (words.Any(word => word is "i" or "i'll" or "we" or "we'll")
        && words.Any(Cues.Undertaking.Contains))));

    private bool IsCorrection(Figure figure) =>
        talk.Words.Between(Math.Max(talk.Words.TurnStart(figure.From), figure.From - 6), figure.From).Any(Corrections.Contains);

    private bool IsConditionMet(Figure price)
    {
        var condition = talk.Figures.FirstOrDefault(figure => figure is { Topic: Topic.Quantity, IsConditional: true }
            && talk.Words.SameTurn(figure.From, price.From));
        if (condition is null) return !talk.Figures.Any(other => other.Topic == price.Topic && other.From < price.From
            && other is { IsConditional: false, IsHearsay: false } && other.Value != price.Value);
        return talk.Of(Topic.Quantity) is [.., var last] && last.Value >= condition.Value;
    }
}
