using System.Globalization;

namespace Voice.Domain.Reading;

/// <summary>Reads numbers as people say and write them: "three thousand two hundred", "half a million", "twelve hundred", "3,200", "22.5 million".</summary>
public static class SpokenNumber
{
    private static readonly string[] Units =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private static readonly Dictionary<string, decimal> Scales = new()
    {
        ["thousand"] = 1_000m,
        ["k"] = 1_000m,
        ["million"] = 1_000_000m,
        ["m"] = 1_000_000m,
        ["billion"] = 1_000_000_000m,
    };

    /// <summary>The number that starts at that word, and how many words it takes; null when none does.</summary>
    internal static (decimal Value, int Length)? Read(Words words, int at)
    {
        if (Part(words, at) is { } part) return part;
        var position = at;
        decimal total = 0, current = 0, lastScale = decimal.MaxValue;
        var (any, mayJoinWithAnd) = (false, false);
        if (words.Lower(at) is "a" or "an" && words.Lower(at + 1) is "hundred" or "thousand" or "million" or "billion" or "dozen" && words.SameClause(at, at + 1))
        {
            (current, any) = (1, true);
            position++;
        }
        while (position < words.Count && (position == at || words.SameClause(position - 1, position)))
        {
            var word = words.Lower(position);
            if (TryDigits(word, out var digits) && !any) (current, mayJoinWithAnd) = (digits, false);
            else if (Array.IndexOf(Units, word) is >= 0 and var unit)
            {
                var fits = unit < 10 ? current % 10 == 0 && current % 100 != 10 : current % 100 == 0;
                if (!fits || (any && current == 0 && total == 0)) break;
                (current, mayJoinWithAnd) = (current + unit, false);
            }
            else if (Array.IndexOf(Tens, word) is >= 2 and var ten)
            {
                // "one thousand two fifty"
                if (total > 0 && current is > 0 and < 10) current *= 100;
                else if (current % 100 != 0) break;
                (current, mayJoinWithAnd) = (current + (ten * 10), false);
            }
            else if (word == "hundred" && current is > 0 and < 100) (current, mayJoinWithAnd) = (current * 100, true);
            else if (any && Scales.TryGetValue(word, out var scale) && scale < lastScale && current > 0)
            {
                // A lone letter counts only right behind its figures: 500k, but not "500 m".
                if (word.Length == 1 && words[position - 1].End != words[position].Start) break;
                (total, current, lastScale, mayJoinWithAnd) = (total + (current * scale), 0, scale, true);
            }
            else if (any && word == "dozen") return ((total + current) * 12, position + 1 - at);
            else if (any && word == "point" && Fraction(words, position + 1) is { Length: > 0 } fraction)
            {
                current += fraction.Value;
                position += fraction.Length;
            }
            else if (mayJoinWithAnd && word == "and" && words.Are(position, "and a half") && lastScale != decimal.MaxValue && current == 0)
                return (total + (lastScale / 2), position + 3 - at);
            else if (mayJoinWithAnd && word == "and" && JoinsTheRest(words, position + 1))
            {
                position++;
                mayJoinWithAnd = false;
                continue;
            }
            else break;
            any = true;
            position++;
        }
        return any && position > at ? ((total + current) / 1.0000000000000000000000000000m, position - at) : null; // Without zeros at the end.
    }

    /// <summary>Whether a number goes on, or may begin, with that word.</summary>
    public static bool IsNumberWord(string word) =>
        word == "hundred" || Array.IndexOf(Units, word) >= 0 || Array.IndexOf(Tens, word) >= 2 || (word.Length > 1 && Scales.ContainsKey(word));

    // After "and", only what is smaller than the last scale belongs to the number, and it must be a number word: "two hundred and forty".
    private static bool JoinsTheRest(Words words, int at) =>
        words.SameClause(at - 1, at) && (Array.IndexOf(Units, words.Lower(at)) > 0 || Array.IndexOf(Tens, words.Lower(at)) >= 2);

    private static (decimal, int)? Part(Words words, int at)
    {
        foreach (var (phrase, value) in ((string, decimal)[])
            [
                ("a quarter of a million", 250_000m), ("quarter of a million", 250_000m), ("a quarter million", 250_000m), ("quarter million", 250_000m),
                ("half a million", 500_000m), ("half million", 500_000m), ("half a thousand", 500m), ("half a dozen", 6m),
                ("a million and a half", 1_500_000m), ("one and a half million", 1_500_000m), ("two and a half million", 2_500_000m),
            ])
            if (words.Are(at, phrase)) return (value, phrase.Split(' ').Length);
        return null;
    }

    private static (decimal Value, int Length) Fraction(Words words, int at)
    {
        var (value, length, place) = (0m, 0, 0.1m);
        while (Array.IndexOf(Units, words.Lower(at + length)) is >= 0 and < 10 and var digit && words.SameClause(at, at + length))
        {
            value += digit * place;
            place /= 10;
            length++;
        }
        return (value, length);
    }

    private static bool TryDigits(string word, out decimal value)
    {
        value = 0;
        return word.Length > 0 && char.IsAsciiDigit(word[0])
            && decimal.TryParse(word, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
    }
}
