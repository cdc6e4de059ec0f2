namespace Voice.Domain.Reading;

/// <summary>
/// What is asked or said of a side cost reaches over the next figures: "What about offloading? Usually three hundred." It ends where the
/// goods, or the price of one, are spoken of again.
/// </summary>
internal sealed class SideScope(Words words, NumberLattice numbers)
{
    private const int Reach = 3; // turns

    /// <summary>Whether a figure answers a turn before it that asked about a side cost and had no figure for it.</summary>
    public bool Covers(int start, int end)
    {
        var turn = words[start].Turn;
        if (words.Lower(end) is "per" or "each" && Vocabulary.Units.TryGetValue(words.Lower(end + 1), out var unit)
            && !Vocabulary.TimeUnits.Contains(unit)) return false;
        for (var earlier = turn - 1; earlier >= Math.Max(0, turn - Reach); earlier--)
        {
            var (from, to) = words.Turn(earlier);
            if (LastSideCost(from, to) is { } cost) return !HasFigure(cost, to)
                && (words.IsQuestion(from) || words.Has(["what about", "how about"], from, cost));
            if (words.Between(from, to).Any(word => Vocabulary.IsGoods(word) || word is "price" or "rate"
                || Acts.IsAssent(word))) return false;
        }
        return false;
    }

    /// <summary>Whether the turn spoke of a side cost before the figure, and of nothing else since: "the broker gets a hundred on each
    /// bag, that is four thousand".</summary>
    public bool IsSubject(int start)
    {
        for (var at = start - 1; at >= ThoughtStart(start); at--)
        {
            var word = words.Lower(at);
            if (IsSideCost(at)) return words.Lower(at - 1) is not ("with" or "including" or "for" or "plus")
                || start - at <= 6;
            if (word is "price" or "rate" or "total" or "altogether" || Vocabulary.IsGoods(word) || Acts.IsAssent(word)
                || (word is "per" && Vocabulary.Units.ContainsKey(words.Lower(at + 1)))) return false;
        }
        return false;
    }

    /// <summary>Whether a figure is of everything together with side costs: "for everything with the transport".</summary>
    public bool Includes(int start, int end)
    {
        var to = words.TurnEnd(start);
        for (var at = end; at < to; at++)
            if (words.Lower(at) is "with" or "including" or "plus"
                && words.Between(at, Math.Min(to, at + 4)).Any(Cues.SideCosts.Contains)) return true;
        return false;
    }

    /// <summary>Whether a side cost is named there; school fees are what a loan is for, and "no interest" names none.</summary>
    public bool IsSideCost(int at) => Cues.SideCosts.Contains(words.Lower(at))
        && !(words.Lower(at - 1) is "school" or "no" or "without" && words.SameClause(at - 1, at));

    // "That is four thousand" goes on with the turn before.
    private int ThoughtStart(int start)
    {
        var from = words.TurnStart(start);
        return from > 0 && words.Lower(from) is "that" or "that's" or "which" or "so" ? words.TurnStart(from - 1) : from;
    }

    private int? LastSideCost(int from, int to) =>
        Enumerable.Range(from, to - from).Where(IsSideCost).Select(at => (int?)at).LastOrDefault();

    private bool HasFigure(int from, int to) => Enumerable.Range(from, to - from).Any(at => numbers.At(at) is not null);
}
