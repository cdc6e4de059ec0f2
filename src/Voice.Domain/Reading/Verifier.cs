namespace Voice.Domain.Reading;

/// <summary>
/// Has the last word on every proposed value, and may only dispute: the quote is the whole number, the other side agreed and nothing puts
/// it off, no later
/// figure, discount or reference changes it, quantity × price is the total, all money is of one currency, and the kind of contract has
/// such a term.
/// </summary>
internal sealed class Verifier(Talk talk)
{
    private const double SureHearing = 0.8; // Below it an engine's hearing must be borne out.
    private static readonly HashSet<string> OfQuantity = ["double", "twice", "triple", "half the", "add", "extra", "more bags", "on top",
        "in addition", "throw in", "plus"];
    private static readonly string[] Counting = [
        "we count", "we weigh", "will count", "will weigh", "be counted", "be weighed", "what the scale",
        "when i weigh", "after weighing"];
    private static readonly string[] Counted = ["i weighed", "we weighed", "they weighed", "it weighed", "i counted", "we counted",
        "they counted", "scale said", "scale says", "what fits", "what passes", "as many as", "as much as i", "some of them", "part of it", "not all of"];
    private static readonly HashSet<string> Corrections = ["sorry", "mean", "meant", "make", "actually", "no", "counted", "rather",
        "instead", "only"];

    /// <summary>The objections by term; no entry where there is none.</summary>
    public IReadOnlyDictionary<string, Objection> Objections(IReadOnlyList<Proposal> proposals)
    {
        var objections = new Dictionary<string, Objection>();
        // A quantity is seldom answered by itself: it is agreed to with the price. So it comes last.
        foreach (var proposal in proposals.OrderBy(proposal => proposal.Topic == Topic.Quantity))
            if (To(proposal, hasDeal: proposals.Any(other => other.Topic is Topic.UnitPrice or Topic.Total && other != proposal
                && IsDeal(other)), proposals) is { } objection)
                objections[proposal.Term] = objection;
        foreach (var term in Misfits([.. proposals.Where(proposal => !objections.ContainsKey(proposal.Term))])) objections.TryAdd(term,
            Objection.DoesNotFit);
        return objections;

        // A discount that was agreed to leaves the price open, not the deal.
        bool IsDeal(Proposal other) => !objections.TryGetValue(other.Term, out var objection)
            || (objection == Objection.Changed && IsAgreedAtLast());
    }

    private bool IsAgreedAtLast() =>
        talk.Acts.All.LastOrDefault(act => act.Deed is not (Deed.Change or Deed.Perform)) is { Deed: Deed.Accept or Deed.Close };

    private Objection? To(Proposal proposal, bool hasDeal, IReadOnlyList<Proposal> proposals)
    {
        var topic = proposal.Topic;
        if (talk.ContractType == Recordings.ContractType.Loan && topic is Topic.UnitPrice or Topic.Quantity or Topic.Upfront) return Objection.NoSuchTerm;
        var namings = Namings(proposal);
        if (!namings.Any(naming => naming.From < proposal.To && naming.To > proposal.From)
            || !IsWhole(proposal, namings)) return Objection.NotTheNumber;
        var last = namings[^1];
        var answers = namings.Select(naming => (Naming: naming, Answer: talk.Acceptance.Of(naming))).ToList();
        if (!IsAgreed(proposal, answers, hasDeal)) return Objection.NotAccepted;
        if (topic == Topic.UnitPrice && IsBorneOut(proposal) && !answers.Exists(answer => answer.Answer.Answer is Answer.Accepted
            or Answer.Confirmed) && IsSumNamedAnew()) return Objection.NamedAnew;
        if (IsNamedAnew(proposal, last, answers.Max(answer => answer.Answer.By?.At ?? 0))) return Objection.NamedAnew;
        var settledAt = Math.Max(last.To, answers.Max(answer => answer.Answer.By?.At ?? 0));
        if (IsBorneOut(proposal)) settledAt = Math.Max(settledAt, talk.Acceptance.Of(talk.Whole!.Total).By?.At ?? 0);
        if (talk.Acts.Between(settledAt, talk.Words.Count, Deed.Leave, Deed.Defer, Deed.Refuse).Any(act => act.Deed == Deed.Refuse
            ? IsTakingBack(act, settledAt) : Concerns(act, topic)) || IsLeftToAnother(namings[0])) return Objection.PutOff;
        if (IsChanged(topic, IsBorneOut(proposal) ? talk.Figures.Last(figure => figure.Topic == talk.Whole!.Total.Topic
            && figure.Value == talk.Whole.Total.Value || figure == last) : last)) return Objection.Changed;
        if (!IsBorneOut(proposal) && (topic == Topic.Total ? IsPartOfMore(last) : topic == Topic.UnitPrice && IsOfOtherSize(last)))
            return Objection.DoesNotFit;
        if ((topic == Topic.Quantity && !IsBorneOut(proposal) && talk.Words.Has(Counting, last.To, talk.Words.Count))
            || (topic is Topic.Quantity or Topic.Total && talk.Words.Has(Counted, last.To, talk.Words.Count))) return Objection.Changed;
        if (topic is Topic.Upfront or Topic.UpfrontShare && IsWaived(last)) return Objection.PutOff;
        if (topic is Topic.Upfront && IsRatherThePrice(proposal.Value)) return Objection.DoesNotFit;
        if (IsOfOtherCurrency(proposals, proposal)) return Objection.OtherCurrency;
        if (IsOfOtherGoods(topic, namings)) return Objection.OtherGoods;
        return IsBorneOut(proposal) || !IsHeardBadly(namings) ? null : Objection.HeardBadly;
    }

    // "Sorry, I can't do it": a no that answers nothing else is said of the deal.
    private bool IsTakingBack(Act refusal, int settledAt) => !talk.Figures.Any(figure => figure.From > settledAt && figure.To <= refusal.At
            && talk.Words[refusal.At].Turn - talk.Words[figure.From].Turn <= 1
                && figure.Topic is not (Topic.Quantity or Topic.Total or Topic.UnitPrice))
        && talk.Words[refusal.At].Turn is > 0 and var turn && !talk.Words.IsQuestion(talk.Words.Turn(turn - 1).From)
        && !talk.Words.IsQuestion(refusal.At)
        && !talk.Acts.Between(refusal.At, talk.Words.Count, Deed.Accept, Deed.Close).Any();

    // "My father will decide. Okay": until he is heard, or the deal is closed in so many words, nothing is.
    private bool IsLeftToAnother(Figure first) => talk.Acts.Between(first.To, talk.Words.Count, Deed.Defer).Any(act =>
        talk.Words.Between(act.At - 3, act.At + act.Length + 3).Any(word => word is "my" or "boss" or "committee")
        && !talk.Acts.Between(act.At, talk.Words.Count, Deed.Close).Any()
        && !talk.Words.Between(act.At + act.Length, talk.Words.Count).Any(word => word is "says" or "said" or "agrees" or "agreed"));

    // "How many kilos? I will tell you after weighing" leaves the price as it is; "Then when? I'll tell you the day" leaves all.
    private bool Concerns(Act deferral, Topic topic)
    {
        var asked = Enumerable.Range(1, 2).Select(back => talk.Words[deferral.At].Turn - back).Where(turn => turn >= 0)
            .Select(talk.Words.Turn).Where(turn => talk.Words.IsQuestion(turn.From))
                .SelectMany(turn => talk.Words.Between(turn.From, turn.To)).ToList();
        return deferral.Deed != Deed.Defer || !(asked.Contains("when") || asked.Contains("where")
            || (asked.Contains("many") && topic is not (Topic.Quantity or Topic.Total)));
    }

    /// <summary>Every time that the value was named for the term.</summary>
    private List<Figure> Namings(Proposal proposal) => Namings(proposal.Topic, proposal.Value);

    private List<Figure> Namings(Topic topic, decimal value) =>
        [.. talk.Figures.Where(figure => figure.Topic == topic && figure.Value == value)];

    private bool IsBorneOut(Proposal proposal) => talk.Whole is { } whole && proposal.Topic switch
    {
        Topic.Quantity => whole.Quantity.Value == proposal.Value,
        Topic.UnitPrice => whole.Price.Value == proposal.Value,
        Topic.Total => whole.Total.Topic == Topic.Total && whole.Total.Value == proposal.Value,
        Topic.Upfront or Topic.UpfrontShare or Topic.Open or Topic.Explained => false,
    };

    private bool IsWhole(Proposal proposal, List<Figure> namings)
    {
        if (IsBorneOut(proposal)) return true;
        if (namings.All(naming => naming.Doubt != Doubt.None) || namings[^1].Doubt == Doubt.Vague) return false;
        var isGoods = talk.ContractType is not (Recordings.ContractType.Service or Recordings.ContractType.Logistics
            or Recordings.ContractType.Loan);
        return !(isGoods && namings is [{ CanSplit: true }] && (proposal.Topic == Topic.Quantity || talk.Of(Topic.Quantity).Count == 0));
    }

    private bool IsAgreed(Proposal proposal, List<(Figure Naming, (Answer Answer, Act? By) Answer)> answers, bool hasDeal)
    {
        var last = answers[^1].Answer.Answer;
        if (IsBorneOut(proposal) && proposal.Topic != Topic.Total && talk.Whole!.Total.From > answers[^1].Naming.From
            && talk.Acceptance.Of(talk.Whole.Total).Answer is Answer.Accepted or Answer.Confirmed) return true;
        if (last is Answer.Refused) return false;
        if (proposal.Topic is Topic.UnitPrice or Topic.Total && !IsBorneOut(proposal) && IsOneOfTwo(answers[^1].Naming)) return false;
        var isAccepted = last is Answer.Accepted or Answer.Confirmed
            || (answers.Count > 1 && last is Answer.Repeated
            && answers.Any(answer => answer.Answer.Answer is Answer.Accepted or Answer.Confirmed));
        var rivals = talk.Figures.Where(figure => figure.Topic == proposal.Topic && figure.Value != proposal.Value
            && IsSameKind(figure, answers[^1].Naming)).Select(figure => figure.Value).Distinct().Count();
        if (proposal.Topic is Topic.UnitPrice or Topic.Total && !IsBorneOut(proposal) && answers.All(answer => answer.Naming.IsConditional)
            && !IsConditionMet(answers[^1].Naming)) return false;
        // What was agreed to before is changed by a clear word only.
        var settledBefore = talk.Figures.LastOrDefault(figure => figure.Topic == proposal.Topic && figure.Value != proposal.Value
            && figure.From < answers[0].Naming.From && talk.Acceptance.Of(figure).Answer is Answer.Accepted or Answer.Confirmed);
        if (isAccepted && proposal.Topic is Topic.UnitPrice or Topic.Quantity
            && IsOfAScale(answers[^1].Naming)) return IsBorneOut(proposal)
            || answers.Exists(answer => answer.Answer.Answer == Answer.Confirmed);
        // A number alone makes no deal: both must have named it.
        if (isAccepted && proposal.Topic == Topic.Quantity && !hasDeal
            && !answers.Exists(answer => answer.Answer.Answer == Answer.Confirmed)) return false;
        if (isAccepted) return settledBefore is null || IsBorneOut(proposal)
            || (answers.Any(answer => answer.Answer.Answer == Answer.Confirmed) && !IsOfAnotherThing(answers[^1].Naming, settledBefore));
        var isAsked = talk.Words.IsQuestion(answers[^1].Naming.From);
        if (proposal.Topic == Topic.Quantity)
        {
            if (IsBorneOut(proposal)) return hasDeal;
            if (rivals == 0) return hasDeal && (!isAsked || answers.Count > 1) && answers.Exists(answer => IsOfTheDeal(answer.Naming));
            // Both kept to their own number.
            var isContested = talk.Figures.Any(figure => figure.Topic == Topic.Quantity && figure.Value != proposal.Value
                && figure.From > answers[0].Naming.From && IsSameKind(figure, answers[0].Naming));
            return hasDeal && !isContested && (last is Answer.Repeated || IsCorrection(answers[^1].Naming));
        }
        if (IsBorneOut(proposal)) return IsWholeAgreed();
        if (proposal.Topic is Topic.Upfront or Topic.UpfrontShare && rivals == 0 && !isAsked
            && IsAnsweredLater(answers[^1].Naming)) return true;
        return (rivals == 0 || IsBetweenOffers(answers)) && last is Answer.Repeated && GoesOn(answers[^1].Naming);
    }

    // A sum far from the one that was agreed to, or in other money, is of something else; so is what a payment leaves of it.
    private bool IsOfAnotherThing(Figure sum, Figure agreed) => sum.Topic == Topic.Total && agreed.Value > 0 && !IsAgreedByName(sum)
        && (sum.Value / agreed.Value is < 0.6m or > 1.6m || (sum.IsMoney && agreed.IsMoney && sum.Currency != agreed.Currency)
        || talk.Figures.Any(paid => paid is { IsMoney: true, IsDelta: false, Topic: Topic.Explained or Topic.Upfront }
            && Math.Abs(agreed.Value - sum.Value) == paid.Value));

    // What is counted belongs to the sale by its unit, by a word of trading, or by standing beside a price or alone.
    private bool IsOfTheDeal(Figure count)
    {
        // Of a job or a trip, what is counted is mostly not what is paid for.
        if (talk.ContractType is Recordings.ContractType.Service or Recordings.ContractType.Logistics
            && !talk.Of(Topic.UnitPrice).Any(price => price.Unit is not null && price.Unit == count.Unit)) return false;
        var (from, to) = talk.Words.Turn(talk.Words[count.From].Turn);
        return to - from <= 6 || talk.Figures.Any(price => price.Topic is Topic.UnitPrice or Topic.Total
            && (price.Unit == count.Unit || (price.From >= from && price.From < to)))
            || talk.Words.Between(from, to).Any(word => Vocabulary.Trading.Contains(word) || word is "sell" or "bring" or "load" or "left");
    }

    // "Ten bags, two thousand nine hundred each. Fifty bags, two thousand seven hundred each": which of them is taken, only a clear word
    // says.
    private bool IsOfAScale(Figure figure) => talk.Of(Topic.UnitPrice).Select(price => (price.Value, Count: CountBeside(price)))
        .Where(step => step.Count is not null).DistinctBy(step => step.Value).DistinctBy(step => step.Count).Count() > 1
        && figure.Doubt != Doubt.Vague;

    // "Five thousand without the charger and five thousand five hundred with it. Okay.": which of them?
    private bool IsOneOfTwo(Figure figure) => talk.Figures.Any(other => other.Topic == figure.Topic && other.Value != figure.Value
        && talk.Words.SameTurn(other.From, figure.From)
        && talk.Words.Between(Math.Min(other.To, figure.To), Math.Max(other.From, figure.From)).ToList() is { Count: < 8 } between
        && between.Any(word => word is "and" or "or" or "next" or "rest") && !between.Contains("but"));

    // "I don't send deposit to anybody. Fine, no deposit."
    private bool IsWaived(Figure upfront) => Enumerable.Range(upfront.To, talk.Words.Count - upfront.To).Any(at =>
        Cues.UpfrontBefore.Contains(talk.Words.Lower(at)) && talk.Words.Between(Math.Max(talk.Words.TurnStart(at), at - 3), at)
            .Any(word => word is "no" or "not" or "never" or "without" || word.EndsWith("n't", StringComparison.Ordinal)));

    private bool IsAgreedByName(Figure sum) =>
        talk.Words.Has(["agree on", "agreed on", "settle on"], talk.Words.TurnStart(sum.From), sum.From);

    // "I pay three thousand three hundred today" for each of seventy bags.
    private bool IsRatherThePrice(decimal upfront) => talk.Figures.Where(count => count.Topic is Topic.Quantity or Topic.Open
        && count is { IsMoney: false, Value: > 1 }).ToList() is { Count: > 0 } counts && !talk.Figures.Any(rest => talk.Of(Topic.Total).Any(total => total.Value == rest.Value + upfront))
        && (talk.Of(Topic.UnitPrice).Any(price => price.Value == upfront || counts.Any(count => count.Value * price.Value == upfront))
            || counts.Any(count => talk.Of(Topic.Total).Any(total => total.Value == count.Value * upfront)));

    // More than that was agreed to as well, or paid upfront, or is of another size altogether: it is a part, or something else.
    private bool IsPartOfMore(Figure total) =>
        !IsAgreedByName(total) && talk.Figures.Any(more => more.Value > total.Value && (string.IsNullOrEmpty(more.Currency) || string.IsNullOrEmpty(total.Currency)
        || more.Currency == total.Currency) && more.Topic switch
        {
            Topic.Upfront => true,
            Topic.Total or Topic.Open or Topic.UnitPrice => (more.IsMoney || more.Value >= 100) && (more.Value > total.Value * 10
                || (more.Value > total.Value * 2 && talk.Figures.Count(again => again.Value == more.Value && !again.IsHearsay) > 1)
                || (talk.Acceptance.Of(more).Answer is Answer.Accepted or Answer.Confirmed
                && (more.Value > total.Value * 2 || talk.Acceptance.Of(total).Answer != Answer.Confirmed))),
            Topic.Quantity or Topic.UpfrontShare or Topic.Explained => false,
        });

    // One of them costs no more than all, and about as much as was asked for one.
    private bool IsOfOtherSize(Figure price) => talk.Of(Topic.UnitPrice).Any(other => other.Value > 0 && price.Value > 0
        && other.Value / price.Value is > 10 or < 0.1m)
        || (price is { IsMoney: false, Value: < 1000 } && talk.Figures.Any(money => money is { IsMoney: true, IsSideCost: false }
            && money.Value / price.Value is > 500 and < 2000 && !Namings(price.Topic, price.Value).Any(naming => naming.IsMoney))) || talk.Of(Topic.Total).Any(total => total.Value < price.Value)
        || (Vocabulary.TimeUnits.Contains(price.Unit ?? "") && talk.Figures.Any(sum => sum.Topic is Topic.Open or Topic.Total
            && sum.IsMoney && sum.Value > price.Value * 10)); // Waiting beside a trip.

    private decimal? CountBeside(Figure price) => talk.Of(Topic.Quantity).LastOrDefault(count => count.To <= price.From
        && talk.Words.SameTurn(count.From, price.From))?.Value;

    // Three figures that fit are agreed to when the sum is, or when nobody bargained over them.
    private bool IsWholeAgreed()
    {
        var whole = talk.Whole!;
        var namings = talk.Figures.Where(figure => figure.Topic == whole.Total.Topic && figure.Value == whole.Total.Value).ToList();
        var (answer, _) = talk.Acceptance.Of(namings[^1]);
        if (answer == Answer.Refused) return false;
        if (answer != Answer.None) return true;
        var prices = talk.Of(Topic.UnitPrice).Where(figure => figure.Value == whole.Price.Value).ToList();
        if (prices.Exists(price => talk.Acceptance.Of(price).Answer is Answer.Accepted or Answer.Confirmed)) return true;
        if (IsBetweenOffers([.. prices.Select(price => (price, talk.Acceptance.Of(price)))]) && GoesOn(prices[^1])) return true;
        var isBargained = talk.Figures.Any(figure => figure.Topic == Topic.UnitPrice && figure.Value != whole.Price.Value
            && figure.Doubt != Doubt.Vague);
        // Somebody must have said yes to something: one voice alone makes no agreement.
        var isAnswered = talk.Acts.Between(Math.Min(prices[0].From, namings[0].From), talk.Words.Count, Deed.Accept, Deed.Close)
            .Any(act => !talk.Acceptance.IsOfAQuestion(act) && !talk.Acceptance.IsYesToEcho(act))
            || talk.Acts.Between(namings[^1].To, talk.Words.Count, Deed.Perform).Any();
        return isAnswered && !isBargained && !talk.Words.IsQuestion(namings[^1].From);
    }

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
        && act.Deed is not (Deed.Change or Deed.Perform)) is { Deed: Deed.Accept or Deed.Close };

    // To say a figure again is to agree to it only where a word of assent follows, or one undertakes to pay it: not "Seventy thousand!"
    private bool GoesOn(Figure repeated) => talk.Acts.Between(repeated.To, talk.Words.Count, Deed.Accept, Deed.Close, Deed.Perform).Any()
        || talk.Words.Between(repeated.From - 3, repeated.From).Any(word => word is "sending" or "paying" or "bringing") || (talk.Words.Between(talk.Words.TurnStart(repeated.From), repeated.From).ToList() is var words
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

    private bool IsNamedAnew(Proposal proposal, Figure last, int acceptedAt) => talk.Figures.Any(figure => figure.From > last.From
        && figure.Value != proposal.Value
        && (figure.Topic == proposal.Topic ? IsSameKind(figure, last) : IsOpenRival(figure, last) || IsCountedAnew(figure, last)
        || IsLaterHearsay(figure, last, acceptedAt) || IsMisnamed(figure, last) || IsHidden(figure, last)) && !IsWithdrawn(figure));

    // Who bargains over the sum bargains over the price that makes it; not who adds the transport.
    private bool IsSumNamedAnew() => talk.Whole!.Total is var sum && talk.Of(Topic.Total).Any(figure => figure.From > sum.From
        && figure.Value != sum.Value && !IsWithdrawn(figure) && !talk.Figures.Any(extra =>
            extra.Value == figure.Value - sum.Value || extra.Value == figure.Value + sum.Value));

    // A sum of all that is no more than the price of one: a price, whatever it was said for.
    private static bool IsMisnamed(Figure figure, Figure last) => (figure.Topic, last.Topic) is (Topic.Total, Topic.UnitPrice)
        && last.Value > 0 && figure.Value / last.Value is >= 0.5m and < 2m;

    // A counter-offer shows that what sounded like assent was none, unless it was refused and the deal then stood.
    private bool IsWithdrawn(Figure rival) => talk.Acceptance.Of(rival) is { Answer: Answer.Refused, By: { Deed: Deed.Refuse } refusal }
        && talk.Acts.All.FirstOrDefault(
            act => act.At > refusal.At && act.Deed is not (Deed.Change or Deed.Perform)) is { Deed: Deed.Accept or Deed.Close };

    // "My other buyer offers more": the deal is open again.
    private bool IsLaterHearsay(Figure figure, Figure last, int acceptedAt) =>
        !talk.Words.Between(talk.Words.TurnStart(figure.From), figure.From).Contains("next")
            && figure is { Topic: Topic.Explained, IsHearsay: true } && figure.From > acceptedAt
            && !talk.Figures.Any(rest => rest.From > figure.From && rest.Value == last.Value - figure.Value)
        && last.Topic is Topic.UnitPrice or Topic.Total && figure.Value / last.Value is >= 0.5m and <= 2m;

    // A figure that nobody can account for, of a size that could be this term's.
    private static bool IsOpenRival(Figure figure, Figure last) => figure.Topic == Topic.Open && last.Value > 0
        && figure.Value / last.Value is >= 0.25m and <= 4m
        && (last.Topic != Topic.Quantity || !figure.IsMoney) && last.Topic != Topic.UpfrontShare;

    // Another number of bags makes another sum; and a number that was agreed to is one of them, though it was not said of what.
    private bool IsCountedAnew(Figure figure, Figure last) => !figure.IsMoney && figure.Value > 1
        && talk.Acceptance.Of(figure).Answer is var answer && answer is Answer.Accepted or Answer.Confirmed
        && (figure.Topic, last.Topic) switch
        {
            (Topic.Quantity, Topic.Total) => talk.Of(Topic.Quantity) is [var first, ..] && first.From < last.From
                && talk.Of(Topic.Quantity).All(count => count.From > last.From || count.Value != figure.Value),
            (Topic.Open, Topic.Quantity) => answer == Answer.Confirmed && figure.Value < last.Value * 10 && figure.Value > last.Value / 10,
            _ => false,
        };

    // "three thousand a bag, on credit three thousand three hundred ten bags": a price may be hidden in a number that can be two.
    private static bool IsHidden(Figure figure, Figure last) => figure is { Topic: Topic.Quantity, CanSplit: true }
        && last.Topic == Topic.UnitPrice && figure.Value / last.Value is >= 0.5m and <= 2m;

    // Acres are no rival of bags.
    private static bool IsSameKind(Figure one, Figure other) => one.Topic != Topic.Quantity || one.Unit == other.Unit
        || one.Unit is null or "piece" || other.Unit is null or "piece";

    private bool IsChanged(Topic topic, Figure last) => (topic is Topic.UnitPrice or Topic.Total
        && talk.Figures.Any(delta => delta.IsDelta && delta.From > last.To && delta.Value < last.Value && !IsWithdrawn(delta)
            && !talk.Figures.Any(again => again.From > delta.From && again.Topic == topic)))
        || talk.Acts.Between(last.To, talk.Words.Count, Deed.Change).Any(act =>
        Changes(act, topic) && !IsDropped(act));

    private bool Changes(Act act, Topic topic)
    {
        var words = string.Join(' ', talk.Words.Between(act.At, act.At + act.Length));
        if (words is "plus" or "add" or "extra" or "on top"
            && (talk.ContractType == Recordings.ContractType.Loan
            || talk.Words.Between(act.At, act.At + 8).Any(Cues.SideCosts.Contains))) return false;
        return topic switch
        {
            Topic.Quantity => OfQuantity.Contains(words),
            Topic.UnitPrice or Topic.Total => true,
            Topic.Upfront or Topic.UpfrontShare or Topic.Open or Topic.Explained => false,
        };
    }

    // "Give me a discount. No."
    private bool IsDropped(Act change) => talk.Acts.All.FirstOrDefault(act => act.At > change.At
        && act.Deed is not (Deed.Change or Deed.Perform)) is { Deed: Deed.Refuse } refusal
        && talk.Words[refusal.At].Turn - talk.Words[change.At].Turn <= 2;

    private bool IsOfOtherCurrency(IReadOnlyList<Proposal> proposals, Proposal proposal) =>
        proposal.Topic is Topic.UnitPrice or Topic.Total or Topic.Upfront
        && proposals.Where(other => other.Topic is Topic.UnitPrice or Topic.Total or Topic.Upfront).SelectMany(Namings).Select(naming =>
        naming.Currency)
            .Where(currency => currency is not null).Distinct().ToList() is { Count: > 1 } named
        && !(named.Contains("") && named.Count == 2 && named.Exists(currency => currency is "KES" or "TZS" or "UGX" or "SOS"));

    private bool IsOfOtherGoods(Topic topic, List<Figure> namings)
    {
        if (topic is not (Topic.Quantity or Topic.UnitPrice)) return false;
        var counted = GoodsOf(Topic.Quantity);
        if (counted.Count > 1) return true;
        var priced = GoodsOf(Topic.UnitPrice);
        if (topic == Topic.Quantity || priced.Count + counted.Count == 0) return false;
        if (counted.Count == 1 && priced.Any(goods => goods != counted[0])) return namings.All(naming => naming.Goods != counted[0]);
        return priced.Count > 1;
    }

    private List<string> GoodsOf(Topic topic) =>
        [.. talk.Of(topic).Select(figure => figure.Goods).OfType<string>().Distinct().Where(goods => !IsLeftOut(goods))];

    // "I leave the watermelons. Only pineapples."
    private bool IsLeftOut(string goods) => Enumerable.Range(0, talk.Words.Count).Any(at =>
        talk.Words.Lower(at) is "leave" or "drop" or "forget" or "remove" or "skip" or "without"
        && talk.Words.Between(at + 1, Math.Min(at + 3, talk.Words.TurnEnd(at))).Any(word => Vocabulary.Singular(word) == goods));

    private bool IsHeardBadly(List<Figure> namings)
    {
        var last = namings[^1];
        var (_, start, end) = talk.Words.Quote(Math.Max(0, last.From - 2), Math.Min(talk.Words.Count, last.To + 2));
        return talk.Transcript.ConfidenceOf(start, end) < SureHearing && talk.Figures.Count(figure => figure.Value == last.Value) < 2;
    }

    // To a round sum, at most half a percent away.
    private static bool Fits(decimal product, decimal total) => Math.Abs(product - total) <= product / 200;

    // All three were agreed to and do not fit: nobody can tell which is wrong, except where a price or a number changed after the sum was
    // made.
    private IEnumerable<string> Misfits(List<Proposal> standing)
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
            return isStale ? [total.Term] : ["quantity", price.Term, total.Term];
        }
        // A price was named, agreed to or not, and makes no such sum.
        var prices = talk.Of(Topic.UnitPrice);
        if (total is not null && price is null && counts.Count > 0 && prices.Count > 0
            && !counts.Any(count => prices.Any(one => Fits(count.Value * one.Value, total.Value)))) return ["quantity", total.Term];
        // Hours and a price by the month: one of them is of something else.
        if (price is not null && talk.Whole is null && standingCount is { } quantity
            && UnitOf(price) is { } priced && UnitOf(quantity) is { } counted && priced != counted)
            return [quantity.Term];
        // Less for all than somebody asked for one.
        var asked = talk.Figures.Where(figure => figure.Topic == Topic.UnitPrice).Select(figure => figure.Value).DefaultIfEmpty(0).Max();
        return total is not null && total.Value < asked && !IsBorneOut(total) && !talk.Of(Topic.Quantity).Any(count => count.Value < 1) ? [total.Term] : [];

        Proposal? Find(Topic topic) => standing.Find(proposal => proposal.Topic == topic);
        string? UnitOf(Proposal proposal) => Namings(proposal).Select(naming => naming.Unit).LastOrDefault(unit =>
            unit is not (null or "piece"));
        int LastOf(Proposal proposal) => Namings(proposal)[^1].From;
    }
}
