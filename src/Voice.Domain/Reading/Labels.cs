namespace Voice.Domain.Reading;

/// <summary>Numbers that count nothing: phones, plates, codes, years, times of day, ranks.</summary>
internal sealed class Labels(Words words)
{
    /// <summary>Whether a number without a currency counts nothing that is sold.</summary>
    /// <param name="start">Its first word.</param>
    /// <param name="end">The word after its last.</param>
    /// <param name="number">The number.</param>
    /// <param name="hasUnit">Whether a unit, or "per" one, stands behind it.</param>
    public bool Is(int start, int end, Number number, bool hasUnit) => words.Lower(start - 1) is var before
        && IsName(before) || IsOrdinal(number)
        || words.Lower(start).Contains(':', StringComparison.Ordinal) || words.Lower(end) is "o'clock" or "am" or "pm" or "noon" or "model"
        || (words.Lower(start).Length == 4 && words.Lower(start) is ['1', '9', ..] or ['2', '0', '0' or '1' or '2', ..]
            && !hasUnit) // a year
        || words.Lower(end) is "cc" or "watt" or "watts" or "volt" or "volts" or "gb" or "gigs" or "kva" or "hp" or "inch" or "inches"
        || (words.Lower(start).Length >= 9 && words.Lower(start).All(char.IsAsciiDigit)) || IsPhone(number)
        || (before is "at" or "by" or "before" or "to" && number.Value is >= 1 and <= 12 && !hasUnit
            && words.Between(words.TurnStart(start), words.TurnEnd(start)).Any(word => word is "pickup" or "morning" or "evening"
                or "afternoon" or "night" or "tomorrow" or "kesho" or "asubuhi" or "jioni" || SpokenDate.IsCalendarWord(word)))
        || IsClock(start, end, number, hasUnit);

    // "by five thirty", "five thirty sharp", "after ten at night"
    private bool IsClock(int start, int end, Number number, bool hasUnit) =>
        (number.Value is >= 1 and <= 12 ? words.Are(end, "at night") || words.Are(end, "in the morning") || words.Are(end, "in the evening")
            || words.Lower(end) is "sharp"
        : number is { Doubt: Doubt.Short, Value: > 100 and < 1300 } && number.Value % 100 is 15 or 30 or 45 && !hasUnit
            && (words.Lower(end) is "sharp" || words.Lower(start - 1) is "by" or "until" or "till"
            || (words.Lower(start - 1) is "at"
                && words.Between(words.TurnStart(start), words.TurnEnd(start)).Any(SpokenDate.IsCalendarWord))));

    // Digits one by one: five of them make a phone, a till or a code.
    private bool IsPhone(Number number)
    {
        var (from, to, count) = (number.From, number.To, number.Doubt == Doubt.Short ? number.To - number.From : 1);
        while (count < 7 && from > 0 && IsDigit(words.Lower(from - 1))
            && words.SameTurn(from, from - 1)) (from, count) = (from - 1, count + 1);
        while (count < 7 && IsDigit(words.Lower(to)) && words.SameTurn(to, from)) (to, count) = (to + 1, count + 1);
        return count >= (IsName(words.Lower(from - 1)) ? 3 : 5) && words.Between(from, to).All(IsDigit);
    }

    // "till number", "K D J four one two"
    private static bool IsName(string word) => Cues.Labels.Contains(word) || word is [>= 'b' and <= 'z'] and not ("i" or "k" or "m");

    // "the twenty eighth"
    private bool IsOrdinal(Number number) => number.Value is 20 or 30 && words.SameClause(number.From, number.To)
        && words.Lower(number.To) is "first" or "second" or "third" or "fourth" or "fifth" or "sixth" or "seventh" or "eighth" or "ninth";

    private static bool IsDigit(string word) =>
        word is "zero" or "oh" or "one" or "two" or "three" or "four" or "five" or "six" or "seven" or "eight" or "nine" or "double"
        or "triple" or "+"
        || (word.Length > 0 && word.Length <= 4 && char.IsAsciiDigit(word[0]));
}
