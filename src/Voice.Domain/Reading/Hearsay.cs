namespace Voice.Domain.Reading;

/// <summary>Figures that are told and not offered: another's price, last season's, one of a case that may not be this one.</summary>
internal sealed class Hearsay(Words words)
{
    private static readonly HashSet<string> Present = ["now", "but", "today", "this", "so", "then", "here", "instead"];

    /// <summary>Whether a figure is another's, or of another time.</summary>
    public bool Is(int start, int end)
    {
        var from = words.TurnStart(start);
        for (var at = start - 1; at > from; at--)
            if (Present.Contains(words.Lower(at)) && words.Lower(at + 1) is not ("was" or "were"))
            {
                from = at + 1;
                break;
            }
        if (words.Has(["we agreed", "we said", "we settled"], words.TurnStart(start), words.TurnEnd(start))) return false;
        // "How much did you sell to Otieno? Two thousand five hundred."
        if (words.TurnStart(start) is > 0 and var turn && words.IsQuestion(turn - 1)
            && words.Between(words.TurnStart(turn - 1), turn).SkipWhile(word => word is not "did").Any(word => word is "sell" or "pay"
                or "buy" or "get" or "give" or "take" or "charge" or "cost")) return true;
        return IsTold(Math.Max(from, start - 14), start, start) || IsTold(end, Math.Min(end + 7, words.TurnEnd(start)), start)
            || words.Between(Math.Max(from, start - 7), start).Any(Cues.Past.Contains) || IsOfOthers(from, start);
    }

    // "At Circle they're giving me one hundred and five": another's price, until one speaks of himself again.
    private bool IsOfOthers(int from, int start)
    {
        var told = words.Between(Math.Max(from, start - 7), start).Reverse().TakeWhile(word => !Cues.Parties.Contains(word)).ToList();
        return (told.Any(Cues.Others.Contains) && told.Any(Cues.Offering.Contains))
            || (told.Any(word => word is "pays" or "offers" or "gives" or "lends") && !told.Any(word => word is "that" or "it" or "which"))
            || Enumerable.Range(from, start - from).Any(at => words.Are(at, "told me") && words.Lower(at - 1) is not "you")
            || words.Has(["is paying", "is giving", "is offering", "was paying", "was giving"], start - 5, start);
    }

    // "There is no other buyer", "the same as last time" tell no other price.
    private bool IsTold(int from, int to, int start) => Enumerable.Range(from, Math.Max(0, to - from)).Any(at =>
        words.Lower(at - 1) is not ("no" or "as")
        && (words.Lower(at) is "other" or "another" && Cues.Traders.Contains(Vocabulary.Singular(words.Lower(at + 1))) ? 2
            : words.LengthOf(Cues.Hearsay, at)) is > 0 and var length && at + length <= to
        // "ninety thousand next time I want": the next thought
        && (words.HasMarks || to <= start || words.Lower(at) is not ("next" or "other")));

    /// <summary>Whether it is of a case that may not be this one: "if you take a hundred", or what answers a question that begins
    /// so.</summary>
    public bool IsOfACase(int start)
    {
        var from = words.TurnStart(start);
        return words.Has(Cues.Conditions, from, start)
            || (from > 0 && words.IsQuestion(from - 1) && words.Has(Cues.Conditions, words.TurnStart(from - 1), from));
    }
}
