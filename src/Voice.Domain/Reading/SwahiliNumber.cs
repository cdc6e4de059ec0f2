namespace Voice.Domain.Reading;

/// <summary>Reads Swahili numbers, in which the scale comes first: "elfu tatu mia mbili" is 3,200, "laki moja na nusu" 150,000.</summary>
internal static class SwahiliNumber
{
    private static readonly Dictionary<string, decimal> Units = new()
    {
        ["moja"] = 1,
        ["mbili"] = 2,
        ["tatu"] = 3,
        ["nne"] = 4,
        ["tano"] = 5,
        ["sita"] = 6,
        ["saba"] = 7,
        ["nane"] = 8,
        ["tisa"] = 9,
    };

    private static readonly Dictionary<string, decimal> Tens = new()
    {
        ["kumi"] = 10,
        ["ishirini"] = 20,
        ["thelathini"] = 30,
        ["arobaini"] = 40,
        ["hamsini"] = 50,
        ["sitini"] = 60,
        ["sabini"] = 70,
        ["themanini"] = 80,
        ["tisini"] = 90,
    };

    private static readonly (string Word, decimal Value)[] Scales = [("milioni", 1_000_000), ("laki", 100_000), ("elfu", 1_000),
        ("thao", 1_000), ("mia", 100)];

    public static bool IsNumberWord(string word) => Units.ContainsKey(word) || Tens.ContainsKey(word)
        || Scales.Any(scale => scale.Word == word);

    /// <summary>The number that starts at that word; null when none does.</summary>
    public static Spoken? Read(Words words, int at)
    {
        if (!IsNumberWord(words.Lower(at))) return null;
        var (position, total, doubt, lowest) = (at, 0m, Doubt.None, decimal.MaxValue);
        while (words.SameClause(at, position))
        {
            var next = position;
            if (position > at && words.Lower(position) == "na") next++;
            if (next > position && words.Lower(next) == "nusu" && lowest is < decimal.MaxValue and > 1) return new(total + (lowest / 2),
                next + 1 - at, doubt);
            if (!words.SameClause(at, next)) break;
            if (Scales.FirstOrDefault(scale => scale.Word == words.Lower(next)) is { Word: not null } scale)
            {
                if (scale.Value >= lowest)
                {
                    // "mia mbili elfu": 200,000 to some, unsaid by the books.
                    if (next == position) doubt = Doubt.Torn;
                    break;
                }
                var (factor, length) = scale.Value == 100 ? Unit(words, next + 1) : BelowHundred(words, next + 1);
                // "elfu mia mbili": two hundred thousand, or a thousand and two hundred.
                if (length == 0 && scale.Value >= 1000 && words.Lower(next + 1) == "mia") doubt = Doubt.Torn;
                total += (length == 0 ? 1 : factor) * scale.Value;
                (position, lowest) = (next + 1 + length, scale.Value);
                continue;
            }
            if (lowest < 100) break;
            var (rest, taken) = BelowHundred(words, next);
            if (taken == 0) break;
            // "elfu tatu tano": said short for 3,500.
            if (lowest > 100 && next == position && rest < 10) doubt = Doubt.Torn;
            (total, position, lowest) = (total + rest, next + taken, 1);
        }
        return new(total, position - at, doubt);
    }

    private static (decimal Value, int Length) Unit(Words words, int at) =>
        words.SameClause(at - 1, at) && Units.TryGetValue(words.Lower(at), out var unit) ? (unit, 1) : (0, 0);

    private static (decimal Value, int Length) BelowHundred(Words words, int at)
    {
        if (at > 0 && !words.SameClause(at - 1, at)) return (0, 0);
        if (Units.TryGetValue(words.Lower(at), out var unit)) return (unit, 1);
        if (!Tens.TryGetValue(words.Lower(at), out var ten)) return (0, 0);
        return words.Lower(at + 1) == "na" && words.SameClause(at, at + 2) && Units.TryGetValue(words.Lower(at + 2), out var last)
            ? (ten + last, 3) : (ten, 1);
    }
}
