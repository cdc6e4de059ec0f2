namespace Voice.Domain.Reading;

/// <summary>How a figure was answered.</summary>
internal enum Answer
{
    /// <summary>Nobody took it up.</summary>
    None,

    /// <summary>It was named again later, without a word of assent.</summary>
    Repeated,

    /// <summary>The other side agreed to it.</summary>
    Accepted,

    /// <summary>The other side agreed to it and named it again.</summary>
    Confirmed,

    /// <summary>It was refused, or put off.</summary>
    Refused,
}

/// <summary>
/// Tells whether a figure was accepted by the other side: a word of assent answers it, or the other repeats it. One's own "okay?" settles
/// nothing. Where the speakers are not known, a change of turn stands for a change of speaker.
/// </summary>
internal sealed class Acceptance(Words words, Acts acts, IReadOnlyList<Figure> figures)
{
    private const int Reach = 3; // turns
    private static readonly HashSet<string> Echoed = ["yes", "yeah", "yep", "ndiyo", "exactly", "correct", "right", "true", "sure"];

    /// <summary>How the last naming of a value was answered, and where.</summary>
    /// <param name="figure">The naming.</param>
    public (Answer Answer, Act? By) Of(Figure figure)
    {
        var isSaidBefore = figures.Any(other => other.To <= figure.From && other.Topic == figure.Topic && other.Value == figure.Value
            && IsOther(other.From, figure.From));
        var turn = words[figure.From].Turn;
        var (from, to) = words.Turn(turn);
        // "Okay, three thousand": agreed to when it was named before, otherwise an offer.
        var leading = acts.Between(Math.Max(from, PreviousOf(figure.Topic, figure.From)), figure.From, Deed.Accept,
            Deed.Close).LastOrDefault();
        if (IsRefusedBefore(figure, from) && !Limits.AreOffered(words, figure.From)) return (Answer.Refused, null);
        var trailing = AnswerBehind(figure, to);
        if (trailing is { Deed: Deed.Accept or Deed.Close }) return (isSaidBefore ? Answer.Confirmed : Answer.Accepted, trailing);
        var isPutOff = trailing is not null;
        if (leading is not null && !IsYesToEcho(leading) && !IsToDeferral(leading)
            && (isSaidBefore || leading.Deed == Deed.Close) && !words.IsQuestion(figure.From) && !isPutOff)
            return (Answer.Confirmed, leading);
        if (isPutOff) return (Answer.Refused, trailing);
        if (isSaidBefore && (IsDoneAsAsked(figure) || IsYielded(figure))) return (Answer.Confirmed, null);
        return (isSaidBefore && !words.IsQuestion(figure.From) ? Answer.Repeated : Answer.None, null);
    }

    // The first act behind a figure that answers it; figures of the same topic end its reach.
    private Act? AnswerBehind(Figure figure, int turnEnd)
    {
        var end = NextOf(figure);
        foreach (var act in acts.All)
        {
            if (act.At < figure.To) continue;
            if (act.At >= end) break;
            var distance = words[act.At].Turn - words[figure.From].Turn;
            if (distance > Reach) break;
            if (act.Deed is Deed.Change or Deed.Perform) continue;
            if (act.Deed is Deed.Accept && (IsYesToEcho(act) || IsInsisted(figure)
                || (Echoed.Contains(words.Lower(act.At)) && IsQuoted(figure)))) continue;
            if (act.Deed is Deed.Accept && IsToDeferral(act)) continue;
            // "three thousand is okay" in one breath is said by the other only of what was named before; "four thousand is too high"
            // likewise.
            if (act.Deed is Deed.Accept or Deed.Close && !IsOther(figure.From, act.At)) continue;
            if (figure.Topic == Topic.Quantity && act.Deed is Deed.Refuse or Deed.Accept or Deed.Close && IsOfPrice(figure, act)) break;
            // "And a charger? It is apart. I'll take the charger."
            var isOfWhatIsNear = act.Deed is Deed.Accept || words.Lower(act.At + act.Length - 1) is "the";
            if (IsOfAnother(figure, act) || (isOfWhatIsNear && IsCutOff(figure, act))
                || (act.Deed is Deed.Refuse && IsAskedBetween(figure, act))) break;
            // An assent that names another figure of the kind offers that one.
            if (act.Deed is Deed.Accept && act.At >= turnEnd && Counters(figure, act)) return null;
            return act;
        }
        return null;
    }

    /// <summary>"Let me think first. Alright.", "I'll call you. Okay.": to that, not to the price.</summary>
    public bool IsToDeferral(Act act) => words[act.At].Turn is > 0 and var turn && words.TurnStart(act.At) == act.At
        && words.Turn(turn - 1) is var (from, to) && (acts.Between(from, to, Deed.Defer).Any() || words.Has(Deeds.Parting, from, to));

    // "You said four hundred and eighty a bag. Yes.": so he did.
    private bool IsQuoted(Figure figure) =>
        words.Between(Math.Max(words.TurnStart(figure.From), figure.From - 6), figure.From).ToList() is var before
        && before.Any(word => word is "you" or "you've" or "you're")
            && before.Any(word => word is "said" or "say" or "want" or "wanted" or "wrote" or "written"
            or "told" or "ask" or "asked" or "asking" or "quoted" or "priced" or "posted");

    /// <summary>"I said eighteen. Okay then.": resigned, or agreed? Who agrees says the number, or closes.</summary>
    public bool IsInsisted(Figure figure) => words.Are(figure.From - 2, "i said") || words.Are(figure.From - 2, "i told you");

    // "He can go to forty one thousand. … Forty one thousand then.": what the other named last.
    private bool IsYielded(Figure figure) => words.Lower(figure.To) is "then" && words.SameClause(figure.From, figure.To)
        && !words.SameClause(figure.To, figure.To + 1) && words.Lower(figure.To + 1) is not ("or" or "if")
        && !words.IsQuestion(figure.From)
        && figures.LastOrDefault(other => other.To <= figure.From && (other.Topic == figure.Topic || IsRival(figure, other))) is { } last
        && last.Value == figure.Value && !words.SameTurn(last.From, figure.From);

    // "Would you take seventy one? … I'll take seventy one."
    private bool IsDoneAsAsked(Figure figure) => words.Lower(figure.From - 1) is "take" or "pay" or "give" or "accept" or "do"
        && (words.Lower(figure.From - 2) is "i" or "we" or "i'll" or "we'll" || words.Are(figure.From - 3, "i will"))
        && !words.IsQuestion(figure.From) && figures.Any(asked => asked.Value == figure.Value && asked.To <= figure.From
            && words.IsQuestion(asked.From) && words.Are(asked.From - 2, $"you {words.Lower(figure.From - 1)}"));

    /// <summary>Whether a yes only says again what was said: "Thirty thousand. Thirty thousand! Yes, thirty.": who named it first says
    /// again what he wants; the other has only heard it.</summary>
    public bool IsYesToEcho(Act act)
    {
        if (act.Deed != Deed.Accept || !Echoed.Contains(words.Lower(act.At))) return false;
        var start = words.TurnStart(act.At);
        if (start != act.At && !figures.Any(again => again.From == start && again.To == act.At)) return false; // "Thirty, yes."
        if (figures.LastOrDefault(figure => figure.To <= start) is not { } echo
            || words[act.At].Turn - words[echo.From].Turn is 0 or > 2) return false;
        var from = words.TurnStart(echo.From);
        return !acts.Between(from, start, Deed.Accept, Deed.Close).Any() && figures.Any(first => first.From < from
            && first.Value == echo.Value && first.Topic == echo.Topic
            && words[from].Turn - words[first.From].Turn <= 2 && IsOther(first.From, echo.From));
    }

    /// <summary>"We agree on ten thousand".</summary>
    public bool IsByName(Figure sum) => words.Has(["agree on", "agreed on", "settle on"], words.TurnStart(sum.From), sum.From);

    // "I cannot go down to four thousand"
    private bool IsRefusedBefore(Figure figure, int from) =>
        acts.Between(from, figure.From, Deed.Refuse).Any(act => words.Lower(act.At) is not ("no" or "nope")
        && figure.From - act.At < 8 && words.SameClause(act.At, figure.From)
        && !words.Between(act.At, figure.From).Any(word => word is "but" or "only" or "is"))
        || words.Between(Math.Max(from, figure.From - 5), figure.From).Any(word => word is "nobody")
        || Enumerable.Range(figure.From - 4, 4).Any(at => at >= from && words.SameClause(at, figure.From)
            && (words.Lower(at) is "not" || words.Lower(at).EndsWith("n't", StringComparison.Ordinal))
            && words.Lower(at + 1) is "pay" or "paying" or "give" or "giving" or "take" or "taking" or "accept" or "sell" or "selling"
                or "do" or "doing" or "go" or "going" or "buy" or "buying");

    private bool Counters(Figure figure, Act act) =>
        figures.Any(other => other.Topic == figure.Topic && other.Value != figure.Value && other.From > act.At
            && words.SameTurn(act.At, other.From) && other.From - act.At < 6);

    // What is said behind a price is said of the price; the number of bags shares it only where both are named in one breath, and not when
    // it is a no.
    private bool IsOfPrice(Figure count, Act act) => figures.Any(price => price.From > count.To && price.To <= act.At
        && price.Topic is Topic.UnitPrice or Topic.Total
        && (act.Deed == Deed.Refuse || !words.SameTurn(price.From, count.From)));

    /// <summary>Whether a word of assent answers a question about something else: "And you bring them? Yes."</summary>
    public bool IsOfAQuestion(Act act)
    {
        var turn = words[act.At].Turn - 1;
        return turn >= 0 && words.Turn(turn) is var (from, to) && words.IsQuestion(from) && words.TurnStart(act.At) == act.At
            && !figures.Any(asked => asked.From >= from && asked.From < to && asked.Topic is not Topic.Explained)
            && !figures.Any(named => words.SameTurn(named.From, act.At));
    }

    // Talk of something else lies between: a "yes" behind it answers that. A short word, or a figure of the deal, does not cut.
    private bool IsCutOff(Figure figure, Act act)
    {
        for (var turn = words[figure.From].Turn + 1; turn < words[act.At].Turn; turn++)
        {
            var (from, to) = words.Turn(turn);
            var isOfTheDeal = figures.Any(other => other.From >= from && other.From < to
                && other.Topic is Topic.Quantity or Topic.UnitPrice or Topic.Total);
            if (!isOfTheDeal && !Acts.IsAssent(words.Lower(from)) && (to - from > 3 || words.IsQuestion(from))
                && !acts.Between(from, to, Deed.Change).Any()) return true;
        }
        return false;
    }

    // "For how many days? I can't know": no to that question.
    private bool IsAskedBetween(Figure figure, Act act)
    {
        var turn = words[act.At].Turn - 1;
        if (turn <= words[figure.From].Turn) return false;
        var (from, to) = words.Turn(turn);
        return words.IsQuestion(from) && !figures.Any(other => other.From >= from && other.From < to)
            && words.Between(from, to).Any(word => word is "many" or "when" or "where" or "who" or "which");
    }

    // "Half is too much" is said of the half; "fine" behind a deposit or a side cost, of that.
    private bool IsOfAnother(Figure figure, Act act) => figures.Any(other => other.From > figure.To && other.To <= act.At
        && other.Topic != figure.Topic && !words.SameTurn(other.From, figure.From)
        && (other.Topic is Topic.Upfront or Topic.UpfrontShare
        || (other.Topic == Topic.Explained && (other.IsMoney || (other.Value < 1 && !other.IsOff))) // A share off the price is the price's.
            || (act.Deed is Deed.Refuse && (other.IsMoney || other.Topic is Topic.UnitPrice or Topic.Total || other.IsOff
                || (other is { Topic: Topic.Explained, Unit: not null } && words.SameTurn(other.From, act.At))))));

    private bool IsOther(int one, int other) => words[one].Speaker is not { } speaker || words[other].Speaker is not { } second
        || speaker != second;

    private int PreviousOf(Topic topic, int before) => figures.LastOrDefault(other => other.To <= before
        && (other.Topic == topic || other.Topic == Topic.Open))?.To ?? 0;

    private int NextOf(Figure figure) =>
        figures.FirstOrDefault(other => other.From >= figure.To && (other.Topic == figure.Topic || IsRival(figure, other))
            && other.Value != figure.Value)?.From ?? words.Count;

    // An open figure of the same size may be a counter-offer; so is a sum that the price does not make, or a price that does not make the
    // sum.
    private bool IsRival(Figure figure, Figure other) => other.Topic == Topic.Open ? figure.Value > 0
        && other.Value / figure.Value is >= 0.3m and <= 3m
        : (figure.Topic, other.Topic) is (Topic.UnitPrice, Topic.Total) or (Topic.Total, Topic.UnitPrice)
            && !words.SameTurn(figure.From, other.From) && !figures.Any(count => count.Topic is Topic.Quantity or Topic.Explained
                && count.Value * Math.Min(figure.Value, other.Value) == Math.Max(figure.Value, other.Value));
}
