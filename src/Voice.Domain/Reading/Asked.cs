namespace Voice.Domain.Reading;

/// <summary>What the question before a figure asked for: "How many bags? Fifty.", "How much is a bag? Three thousand." A
/// question that a figure found since answers asks no more.</summary>
internal sealed class Asked(Words words, TalkUnits units, NumberLattice numbers, IReadOnlyList<Figure> found)
{
    /// <summary>The unit of the question how many, empty where it names none; null where the figure does not answer one.</summary>
    public string? HowMany(int start) => Before(start, word => word is "shilingi" or "bei") is not null ? null
        : Before(start, word => word is "many" or "ngapi");

    /// <summary>"How much are these five tubers?"</summary>
    public bool ForLot(int start)
    {
        var turn = words.TurnStart(start);
        var from = turn > 0 ? words.TurnStart(turn - 1) : 0;
        return Enumerable.Range(from, start - from).Any(at => words.Lower(at) is "much"
            && words.Between(at + 1, at + 5).Any(word => word is "these" or "those" or "all" or "the")
            && Enumerable.Range(at + 1, 5).Any(count => numbers.At(count) is { Value: > 1 } many && units.At(many.To) is not null));
    }

    /// <summary>The unit of the question that the turn answers, empty where it names none; null where no such question stands
    /// before.</summary>
    public string? Before(int start, Func<string, bool> asks)
    {
        var from = words.TurnStart(start);
        // Without marks the answer stands in the turn of the question.
        if (IsAnswered(start, asks)) return null;
        if (!words.HasMarks && words.Between(Math.Max(from, start - 7), start).Any(asks)
            && words.Between(Math.Max(from, start - 8), start).Contains("how"))
            return UnitBetween(Math.Max(from, start - 7), start);
        if (from == 0 || start - from > 4) return null;
        var question = words.TurnStart(from - 1);
        if (!words.IsQuestion(question) || !words.Between(question, from).Any(asks)) return null;
        return UnitBetween(question, from);
    }

    private string UnitBetween(int from, int to) =>
        Enumerable.Range(from, to - from).Select(units.At).FirstOrDefault(unit => unit is not null) ?? "";

    private bool IsAnswered(int start, Func<string, bool> asks)
    {
        var asked = start - 1;
        while (asked >= Math.Max(0, start - 30) && !asks(words.Lower(asked))) asked--;
        return found.Any(figure => figure.From > asked && (words.Lower(asked) is "many" ? figure.Topic == Topic.Quantity
            : figure.Topic is Topic.UnitPrice or Topic.Total));
    }
}
