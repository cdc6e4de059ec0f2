namespace Voice.Domain.Reading;

/// <summary>
/// Has the last word on every proposed value, and may only dispute: the quote is the whole number, the other side agreed and nothing puts
/// it off, no later figure, discount or reference changes it, quantity × price is the total, all money is of one currency, and the kind of
/// contract has such a term.
/// </summary>
internal sealed class Verifier(Talk talk)
{
    private const double SureHearing = 0.8; // Below it an engine's hearing must be borne out.
    private static readonly HashSet<string> OfQuantity = ["double", "twice", "triple", "half the", "add", "extra", "more bags", "on top",
        "in addition", "throw in", "plus"];
    private static readonly string[] Counting = ["we count", "we weigh", "will count", "will weigh", "be counted", "be weighed",
        "what the scale", "when i weigh", "after weighing"];
    private static readonly string[] Counted = ["i weighed", "we weighed", "they weighed", "it weighed", "i counted", "we counted",
        "they counted", "scale said", "scale says", "what fits", "what passes", "as many as", "as much as i", "some of them", "part of it",
        "not all of"];
    private readonly Consent _consent = new(talk);
    private readonly Proportion _proportion = new(talk);

    /// <summary>The objections by term; no entry where there is none.</summary>
    public IReadOnlyDictionary<string, Objection> Objections(IReadOnlyList<Proposal> proposals)
    {
        var objections = new Dictionary<string, Objection>();
        // A quantity is seldom answered by itself: it is agreed to with the price. So it comes last.
        foreach (var proposal in proposals.OrderBy(proposal => proposal.Topic == Topic.Quantity))
            if (To(proposal, hasDeal: proposals.Any(other => other.Topic is Topic.UnitPrice or Topic.Total && other != proposal
                && IsDeal(other)), proposals) is { } objection)
                objections[proposal.Term] = objection;
        foreach (var term in _proportion.Misfits([.. proposals.Where(proposal => !objections.ContainsKey(proposal.Term))]))
            objections.TryAdd(term, Objection.DoesNotFit);
        return objections;

        // A discount that was agreed to leaves the price open, not the deal.
        bool IsDeal(Proposal other) => !objections.TryGetValue(other.Term, out var objection)
            || (IsAgreedAtLast() && (objection == Objection.Changed || talk.Figures.Any(delta => delta.IsDelta && delta.From > other.To
                && talk.Acceptance.Of(delta).Answer == Answer.Confirmed)));
    }

    private bool IsAgreedAtLast() =>
        talk.Acts.All.LastOrDefault(act => act.Deed is not (Deed.Change or Deed.Perform)) is { Deed: Deed.Accept or Deed.Close };

    private Objection? To(Proposal proposal, bool hasDeal, IReadOnlyList<Proposal> proposals)
    {
        var topic = proposal.Topic;
        if (talk.ContractType == Recordings.ContractType.Loan && topic is Topic.UnitPrice or Topic.Quantity or Topic.Upfront)
            return Objection.NoSuchTerm;
        var namings = talk.Namings(proposal);
        if (!namings.Any(naming => naming.From < proposal.To && naming.To > proposal.From)
            || !IsWhole(proposal, namings)) return Objection.NotTheNumber;
        var last = namings[^1];
        var answers = namings.Select(naming => (Naming: naming, Answer: talk.Acceptance.Of(naming))).ToList();
        if (!_consent.IsGiven(proposal, answers, hasDeal)) return Objection.NotAccepted;
        if (topic == Topic.UnitPrice && talk.BearsOut(proposal) && !answers.Exists(answer => answer.Answer.Answer is Answer.Accepted
            or Answer.Confirmed) && IsSumNamedAnew()) return Objection.NamedAnew;
        if (IsNamedAnew(proposal, last, answers.Max(answer => answer.Answer.By?.At ?? 0))) return Objection.NamedAnew;
        var settledAt = Math.Max(last.To, answers.Max(answer => answer.Answer.By?.At ?? 0));
        if (talk.BearsOut(proposal)) settledAt = Math.Max(settledAt, talk.Acceptance.Of(talk.Whole!.Total).By?.At ?? 0);
        if (talk.Acts.Between(settledAt, talk.Words.Count, Deed.Leave, Deed.Defer, Deed.Refuse).Any(act => act.Deed == Deed.Refuse
            ? IsTakingBack(act, settledAt) : Concerns(act, topic)) || IsLeftToAnother(namings[0])) return Objection.PutOff;
        if (IsChanged(topic, talk.BearsOut(proposal) ? talk.Figures.Last(figure => figure.Topic == talk.Whole!.Total.Topic
            && figure.Value == talk.Whole.Total.Value || figure == last) : last)) return Objection.Changed;
        if (topic is Topic.UnitPrice or Topic.Total && !talk.BearsOut(proposal) && _proportion.LacksThousands(last))
            return Objection.DoesNotFit;
        if (topic == Topic.UnitPrice && !talk.BearsOut(proposal)
            && proposals.FirstOrDefault(other => other.Topic == Topic.Quantity) is { } count
            && _proportion.IsOfAnotherLot(proposal.Value, count.Value)) return Objection.DoesNotFit;
        if (!talk.BearsOut(proposal) && (topic == Topic.Total ? _proportion.IsPartOfMore(last)
            : topic == Topic.UnitPrice && _proportion.IsOfOtherSize(last)))
            return Objection.DoesNotFit;
        if ((topic == Topic.Quantity && !talk.BearsOut(proposal) && talk.Words.Has(Counting, last.To, talk.Words.Count))
            || (topic is Topic.Quantity or Topic.Total && talk.Words.Has(Counted, last.To, talk.Words.Count))) return Objection.Changed;
        if (topic is Topic.Upfront or Topic.UpfrontShare && IsWaived(last)) return Objection.PutOff;
        if (topic is Topic.Upfront && _proportion.IsRatherThePrice(proposal.Value)) return Objection.DoesNotFit;
        if (_proportion.IsOfOtherCurrency(proposals, proposal)) return Objection.OtherCurrency;
        if (IsOfOtherGoods(topic, namings)) return Objection.OtherGoods;
        return talk.BearsOut(proposal) || !IsHeardBadly(namings) ? null : Objection.HeardBadly;
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
        var isOfAll = talk.Words.Between(talk.Words.TurnStart(deferral.At), talk.Words.TurnEnd(deferral.At))
            .Any(word => word is "think" or "decide" or "price" or "yes" or "answer");
        // "and we see what the scale says"
        if (talk.Words.Between(deferral.At, talk.Words.TurnEnd(deferral.At)).Any(word => word is "scale" or "weigh" or "weighing"))
            return topic is Topic.Quantity or Topic.Total;
        return deferral.Deed != Deed.Defer || isOfAll || !(asked.Contains("when") || asked.Contains("where")
            || (asked.Contains("many") && topic is not (Topic.Quantity or Topic.Total)));
    }

    private bool IsWhole(Proposal proposal, List<Figure> namings)
    {
        if (talk.BearsOut(proposal)) return true;
        if (namings.All(naming => naming.Doubt != Doubt.None) || namings[^1].Doubt == Doubt.Vague) return false;
        var isGoods = talk.ContractType is not (Recordings.ContractType.Service or Recordings.ContractType.Logistics
            or Recordings.ContractType.Loan);
        return !(isGoods && namings is [{ CanSplit: true }] && (proposal.Topic == Topic.Quantity || talk.Of(Topic.Quantity).Count == 0));
    }

    // "I don't send deposit to anybody. Fine, no deposit.", or what is paid later as a whole.
    private bool IsWaived(Figure upfront) => IsAllPaidLater(upfront)
        || Enumerable.Range(upfront.To, talk.Words.Count - upfront.To).Any(at =>
        Cues.UpfrontBefore.Contains(talk.Words.Lower(at)) && talk.Words.Between(Math.Max(talk.Words.TurnStart(at), at - 3), at)
            .Any(word => word is "no" or "not" or "never" or "without" || word.EndsWith("n't", StringComparison.Ordinal)));

    // "Everything on delivery", "you get all the money after loading", "my company pays after delivery only": nothing before.
    private bool IsAllPaidLater(Figure upfront) =>
        Enumerable.Range(talk.Words[upfront.From].Turn + 1, talk.Words[talk.Words.Count - 1].Turn - talk.Words[upfront.From].Turn)
            .Select(talk.Words.Turn).Select(turn => talk.Words.Between(turn.From, turn.To).ToList()).Any(words =>
                words.Any(word => word is "all" or "everything" or "whole" or "full" or "only")
                && words.Any(word => word is "when" or "on" or "after" or "once" or "upon") && !words.Any(Cues.Remainder.Contains));

    private bool IsNamedAnew(Proposal proposal, Figure last, int acceptedAt) => talk.Figures.Any(figure => figure.From > last.From
        && figure.Value != proposal.Value && !IsOvertaken(figure, proposal)
        && !(talk.BearsOut(proposal) && talk.IsWithExtras(talk.Whole!.Total, figure))
        && (figure.Topic == proposal.Topic ? figure.IsSameKind(last) : IsOpenRival(figure, last) || IsCountedAnew(figure, last)
        || IsLaterHearsay(figure, last, acceptedAt) || IsMisnamed(figure, last) || IsHidden(figure, last))
        && !_consent.IsWithdrawn(figure));

    // What was named before the sum that was agreed to is not in it.
    private bool IsOvertaken(Figure rival, Proposal proposal) => talk.BearsOut(proposal) && proposal.Topic != Topic.Total
        && rival.To <= talk.Whole!.Total.From && talk.Acceptance.Of(talk.Whole.Total).Answer is Answer.Accepted or Answer.Confirmed;

    // Who bargains over the sum bargains over the price that makes it; not who adds the transport.
    private bool IsSumNamedAnew() => talk.Whole!.Total is var sum && talk.Of(Topic.Total).Any(figure => figure.From > sum.From
        && figure.Value != sum.Value && !_consent.IsWithdrawn(figure) && !talk.Figures.Any(extra =>
            extra.Value == figure.Value - sum.Value || extra.Value == figure.Value + sum.Value));

    // A sum of all that is no more than the price of one: a price, whatever it was said for.
    private static bool IsMisnamed(Figure figure, Figure last) => (figure.Topic, last.Topic) is (Topic.Total, Topic.UnitPrice)
        && last.Value > 0 && figure.Value / last.Value is >= 0.5m and < 2m;

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
        && talk.Acceptance.Of(figure).Answer is var answer
        && (answer is Answer.Accepted or Answer.Confirmed || (answer == Answer.None && !figure.IsConditional
            && talk.Words.Between(figure.From - 3, figure.From).Any(word => word is "take" or "only")))
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

    private bool IsChanged(Topic topic, Figure last) => (topic is Topic.UnitPrice or Topic.Total
        && talk.Figures.Any(delta => delta.IsDelta && delta.From > last.To && delta.Value < last.Value && !_consent.IsWithdrawn(delta)
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
            Topic.Quantity => OfQuantity.Contains(words)
                && talk.Words.LengthOf(["a little", "a bit", "something"], act.At + act.Length) == 0,
            Topic.UnitPrice or Topic.Total => true,
            Topic.Upfront or Topic.UpfrontShare or Topic.Open or Topic.Explained => false,
        };
    }

    // "Give me a discount. No."
    private bool IsDropped(Act change) => talk.Acts.All.FirstOrDefault(act => act.At > change.At
        && act.Deed is not (Deed.Change or Deed.Perform)) is { Deed: Deed.Refuse } refusal
        && talk.Words[refusal.At].Turn - talk.Words[change.At].Turn <= 2;

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
        [.. talk.Of(topic).Where(figure => !figure.IsStock).Select(figure => figure.Goods).OfType<string>().Distinct()
            .Where(goods => !IsLeftOut(goods))];

    // "I leave the watermelons.", "The watermelons are finished."
    private bool IsLeftOut(string goods) => Enumerable.Range(0, talk.Words.Count).Any(at => talk.Words.Lower(at) switch
    {
        "leave" or "drop" or "forget" or "remove" or "skip" or "without" =>
            talk.Words.Between(at + 1, Math.Min(at + 3, talk.Words.TurnEnd(at))).Any(word => Vocabulary.Singular(word) == goods),
        "finished" or "over" => talk.Words.Lower(at - 1) is "is" or "are" && Vocabulary.Singular(talk.Words.Lower(at - 2)) == goods,
        _ => false,
    });

    private bool IsHeardBadly(List<Figure> namings)
    {
        var last = namings[^1];
        var (_, start, end) = talk.Words.Quote(Math.Max(0, last.From - 2), Math.Min(talk.Words.Count, last.To + 2));
        return talk.Transcript.ConfidenceOf(start, end) < SureHearing && talk.Figures.Count(figure => figure.Value == last.Value) < 2;
    }
}
