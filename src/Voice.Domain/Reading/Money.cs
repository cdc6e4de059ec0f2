namespace Voice.Domain.Reading;

/// <summary>The currency that is said before or behind a number, and the cents behind it.</summary>
internal sealed class Money(Words words, NumberLattice numbers, TalkUnits units)
{
    /// <summary>The currency at that word, empty where the country is not named; moves past it.</summary>
    public string? CurrencyAt(ref int at)
    {
        var nation = Vocabulary.Nations.GetValueOrDefault(words.Lower(at));
        var place = nation is null ? at : at + 1;
        if (!Vocabulary.Currencies.TryGetValue(words.Lower(place), out var code)
            || (at > 0 && place > 0 && !words.SameTurn(place - 1, place) && numbers.At(at + 1) is null)) return null;
        if (words.Lower(place) is "r" && !(words.Lower(place + 1) is [>= '0' and <= '9', ..])) return null; // R2 500
        at = place + 1;
        if (code == Vocabulary.Francs && words.Lower(at) is "cfa" or "rwandais" or "congolais")
            (code, at) = (Vocabulary.Currencies.GetValueOrDefault(words.Lower(at)) ?? code, at + 1);
        return nation ?? code;
    }

    /// <summary>The part behind the whole: "six dollars thirty", "two dollars and fifty cents"; moves past it.</summary>
    public decimal Cents(decimal value, ref int end)
    {
        var at = words.Lower(end) == "and" ? end + 1 : end;
        if (numbers.At(at) is not { Value: >= 10 and < 100, Doubt: Doubt.None } cents || cents.Value != decimal.Truncate(cents.Value)
            || cents.Value == value || words.Lower(cents.To - 1) is "dozen" || !words.SameClause(end - 1, at)) return 0;
        var isNamed = words.Lower(cents.To) is "cents" or "cent";
        if (!isNamed && (at > end || units.At(cents.To) is not null || Vocabulary.IsGoods(words.Lower(cents.To))
            || words.Lower(cents.To) is "%" or "percent" || words.Are(cents.To, "per cent"))) return 0;
        end = cents.To + (isNamed ? 1 : 0);
        return cents.Value / 100;
    }
}
