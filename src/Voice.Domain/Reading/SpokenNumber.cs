using System.Globalization;

namespace Voice.Domain.Reading;

/// <summary>A number as one reading has it.</summary>
/// <param name="Value">The number.</param>
/// <param name="Length">How many words it takes.</param>
/// <param name="Doubt">Why it may mean something else.</param>
internal readonly record struct Spoken(decimal Value, int Length, Doubt Doubt = Doubt.None);

/// <summary>Why a number may mean something else than its value.</summary>
internal enum Doubt
{
    None,

    /// <summary>A short form: "one fifty", "three five".</summary>
    Short,

    /// <summary>Cut, or written so that it can be read in two ways: "thousand five hundred", "10.000", "three thousand" and after a pause
    /// "two hundred".</summary>
    Torn,

    /// <summary>Only about: "between two and three thousand", "maybe fifty".</summary>
    Vague,
}

/// <summary>Reads one number as people say and write them: "three thousand two hundred", "half a million", "twelve hundred", "3 thousand 2
/// hundred", "elfu tatu".</summary>
internal static class SpokenNumber
{
    private static readonly string[] Units =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private static readonly Dictionary<string, int> Small = Units.Select((word, value) => (word, value))
        .Concat(Tens.Select((word, value) => (word, value: value * 10)).Skip(2)).Append(("fourty", 40)).ToDictionary(pair =>
        pair.Item1, pair => pair.Item2);

    private static readonly Dictionary<string, decimal> Scales = new()
    {
        ["thousand"] = 1_000m,
        ["thousands"] = 1_000m,
        ["k"] = 1_000m,
        ["grand"] = 1_000m,
        ["million"] = 1_000_000m,
        ["millions"] = 1_000_000m,
        ["m"] = 1_000_000m,
        ["billion"] = 1_000_000_000m,
    };

    private static readonly (string Phrase, decimal Value)[] Wholes =
    [
        ("a quarter of a million", 250_000m), ("quarter of a million", 250_000m), ("a quarter million", 250_000m),
            ("quarter million", 250_000m),
        ("three quarters of a million", 750_000m), ("half a million", 500_000m), ("half million", 500_000m), ("half a thousand", 500m),
            ("half a dozen", 6m),
    ];

    /// <summary>The longest number that starts at that word; null when none does.</summary>
    public static Spoken? Read(Words words, int at) => All(words, at) is { Count: > 0 } all
        ? all.MaxBy(number => (number.Length, -(int)number.Doubt)) : null;

    /// <summary>Whether a number may begin or go on with that word.</summary>
    public static bool IsNumberWord(string word) => word == "hundred" || Small.ContainsKey(word)
        || (word.Length > 1 && Scales.ContainsKey(word))
        || SwahiliNumber.IsNumberWord(word) || (word.Length > 0 && char.IsAsciiDigit(word[0]));

    /// <summary>Every number that starts at that word, of any length: "eighty three thousand" is 80, 83 and 83,000.</summary>
    public static IReadOnlyList<Spoken> All(Words words, int at)
    {
        var found = new List<Spoken>();
        foreach (var (phrase, value) in Wholes)
            if (words.Are(at, phrase)) found.Add(new(value, phrase.AsSpan().Count(' ') + 1));
        if (found.Count > 0) return found;
        if (SwahiliNumber.Read(words, at) is { } swahili) return [swahili];
        English(words, at, found);
        Short(words, at, found);
        return found;
    }

    /// <summary>The value of a number that is written in figures, with any separators.</summary>
    public static bool TryDigits(string word, out decimal value)
    {
        value = 0;
        if (word.Length == 0 || !char.IsAsciiDigit(word[0])) return false;
        var comma = word.IndexOf(',');
        var plain = comma >= 0 && word.Length - comma < 4 ? word.Replace(',', '.')
            : word.Replace(",", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
    }

    private static void English(Words words, int at, List<Spoken> found)
    {
        var position = at;
        decimal total = 0, current = 0, lastScale = decimal.MaxValue;
        var (any, mayJoinWithAnd, doubt, isWhole) = (false, false, Doubt.None, true);
        if (IsArticle(words, at)) (current, any, position) = (1, true, at + 1);
        else if (words.Lower(at) is "hundred" or "thousand" or "million") (current, any, doubt) = (1, true,
            Doubt.Torn); // Its beginning was not said, or not heard.
        while (position < words.Count && (position == at || words.SameClause(position - 1, position)))
        {
            var word = words.Lower(position);
            if (current == 0 && isWhole && TryDigits(word, out var digits) && digits < lastScale && !(any && total == 0))
            {
                // "10 000": groups of three.
                while (digits == decimal.Truncate(digits) && IsGroup(words, position + 1)
                    && TryDigits(words.Lower(position + 1), out var group))
                {
                    if (digits >= 1000 && words.Lower(position).Length > 3) break;
                    (digits, position) = ((digits * 1000) + group, position + 1);
                }
                (current, mayJoinWithAnd, isWhole) = (digits, false, digits == decimal.Truncate(digits));
                if (IsDotted(word)) doubt = Doubt.Torn;
            }
            else if (any && current is >= 100 && current % 100 == 0 && isWhole && TryDigits(word, out var last) && last is > 0 and < 100
                && word.Length < 3) (current, mayJoinWithAnd) = (current + last, false);
            else if (isWhole && Small.TryGetValue(word, out var small))
            {
                if (small == 0 && any) break;
                var fits = small < 10 ? current % 10 == 0 && current % 100 != 10 : current % 100 == 0;
                // "one thousand two fifty"
                if (!fits && total > 0 && current is > 0 and < 10 && small >= 10) (current, doubt, fits) = (current * 100, small < 20
                    ? Doubt.Short : doubt, true);
                if (!fits || (any && current == 0 && total == 0)) break;
                (current, mayJoinWithAnd) = (current + small, false);
            }
            else if (word == "hundred" && current is > 0 and < 100 && isWhole) (current, mayJoinWithAnd) = (current * 100, true);
            else if (any && Scales.TryGetValue(word, out var scale) && scale < lastScale && current > 0)
            {
                // A lone letter counts only right behind its figures: 500k, but not "500 m".
                if (word is "m" && words[position - 1].End != words[position].Start) break;
                if (!isWhole) // Nobody goes on behind "three point one million".
                {
                    found.Add(new(Plain(total + (current * scale)), position + 1 - at, doubt));
                    return;
                }
                (total, current, lastScale, mayJoinWithAnd) = (total + (current * scale), 0, scale, true);
            }
            else if (any && word == "dozen")
            {
                found.Add(new((total + current) * 12, position + 1 - at, doubt));
                return;
            }
            else if (any && total == 0 && word == "point" && Fraction(words, position + 1) is { Length: > 0 } fraction)
            {
                (current, isWhole) = (current + fraction.Value, false);
                position += fraction.Length;
            }
            else if (any && words.Are(position, "and a half"))
            {
                // "two and a half million", "two million and a half"
                var isScaled = Scales.TryGetValue(words.Lower(position + 3), out var next) && words.SameClause(position, position + 3);
                if (current == 0 && lastScale == decimal.MaxValue) break;
                found.Add(isScaled ? new(Plain((current + 0.5m) * next), position + 4 - at, doubt)
                    : new(current == 0 ? total + (lastScale / 2) : total + current + 0.5m, position + 3 - at, doubt));
                return;
            }
            else if (mayJoinWithAnd && word == "and" && JoinsTheRest(words, position + 1, lastScale))
            {
                position++;
                mayJoinWithAnd = false;
                continue;
            }
            else break;
            any = true;
            position++;
            // "one million five hundred", "two million one fifty": the thousands are left out, and who means so few says "and".
            found.Add(lastScale >= 1_000_000m && lastScale < decimal.MaxValue && current is >= 100 and < 1000
                ? new(Plain(total + (current * 1000)), position - at, Doubt.Short) : new(Plain(total + current), position - at, doubt));
        }
    }

    // "one forty five" 145, "two two" 2,200, "two eight fifty" 2,850, "twelve five" 12,500, "eighty one six" 81,600, "one two hundred"
    // 1,200: what is left out is heard by who knows the trade.
    private static void Short(Words words, int at, List<Spoken> found)
    {
        if (!Small.TryGetValue(words.Lower(at), out var first) || first is 0 or 10 || !words.SameClause(at, at + 1)) return;
        if (!Small.TryGetValue(words.Lower(at + 1), out var second) || second == 0) return;
        var third = words.SameClause(at + 1, at + 2) ? Small.GetValueOrDefault(words.Lower(at + 2)) : 0;
        if (first >= 20 && second < 10 && third is > 0 and < 10) found.Add(new(((first + second) * 1000) + (third * 100), 3, Doubt.Short));
        // "sixteen fifty" 1,650, "sixty six fifty" 6,650, or cents, as the prices around it say; without marks they may be two numbers.
        if (words.HasMarks && first >= 20 && second < 10 && third >= 10)
            found.Add(new(((first + second) * 100) + third, 3, Doubt.Short));
        if (words.HasMarks && first >= 10 && second >= 20)
            found.Add(new((first * 100) + second + (third < 10 ? third : 0), third is > 0 and < 10 ? 3 : 2, Doubt.Short));
        if (first >= 20) return;
        var isHundred = words.Lower(at + 2) == "hundred" && words.SameClause(at + 1, at + 2);
        if (first < 10 && second >= 10) // "one forty", "one forty five", "four ten"
        {
            var value = (first * 100) + second;
            // "one forty five thousand"
            var scaled = at + (second >= 20 && third is > 0 and < 10 ? 3 : 2);
            if (words.Lower(scaled) is "thousand" or "k" && words.SameClause(at, scaled))
                found.Add(new((value + (scaled - at == 3 ? third : 0)) * 1000, scaled + 1 - at, Doubt.Short));
            if (second >= 20 && third is > 0 and < 10) found.Add(new(value + third, 3, Doubt.Short));
            else found.Add(new(value, 2, Doubt.Short));
        }
        else if (first < 20 && second < 10 && isHundred) found.Add(new((first * 1000) + (second * 100), 3, Doubt.Short));
        else if (first < 20 && second < 10 && third is 10 or >= 20)
        {
            var fourth = words.SameClause(at + 2, at + 3) ? Small.GetValueOrDefault(words.Lower(at + 3)) : 0;
            var value = (first * 1000) + (second * 100) + third;
            found.Add(fourth is > 0 and < 10 ? new(value + fourth, 4, Doubt.Short) : new(value, 3, Doubt.Short));
        }
        else if (first < 20 && second < 10) found.Add(new((first * 1000) + (second * 100), 2, Doubt.Short));
    }

    private static bool IsArticle(Words words, int at) =>
        words.Lower(at) is "a" or "an" && words.Lower(at + 1) is "hundred" or "thousand" or "million" or "billion" or "dozen"
            && words.SameClause(at, at + 1);

    private static bool IsGroup(Words words, int at) => at < words.Count && words[at].Text.Length == 3
        && words[at].Text.All(char.IsAsciiDigit)
        && words.SameClause(at - 1, at) && words[at].Start - words[at - 1].End == 1;

    // "10.000" is ten thousand to some and ten to others.
    private static bool IsDotted(string word) => word.IndexOf('.') is > 0 and var dot && word.Length - dot == 4;

    // After "and", only what is smaller than the last scale belongs to the number: "two hundred and forty", "two thousand and five
    // hundred".
    private static bool JoinsTheRest(Words words, int at, decimal lastScale) =>
        words.SameClause(at - 1, at) && !IsScaledAnew(words, at, lastScale)
            && (Small.GetValueOrDefault(words.Lower(at)) > 0 || IsDigitsBelowHundred(words.Lower(at)));

    // "eighty thousand and forty five thousand"
    private static bool IsScaledAnew(Words words, int at, decimal lastScale)
    {
        var next = at;
        while (words.SameClause(at, next) && Small.ContainsKey(words.Lower(next))) next++;
        if (words.Lower(next) is "hundred") next++;
        return words.SameClause(at, next) && Scales.TryGetValue(words.Lower(next), out var scale) && scale >= lastScale;
    }

    private static bool IsDigitsBelowHundred(string word) => word.Length is 1 or 2 && word.All(char.IsAsciiDigit);

    private static (decimal Value, int Length) Fraction(Words words, int at)
    {
        var (value, length, place) = (0m, 0, 0.1m);
        while (Small.TryGetValue(words.Lower(at + length), out var digit) && digit < 10 && words.SameClause(at, at + length))
        {
            value += digit * place;
            place /= 10;
            length++;
        }
        // "point twenty five"
        if (length == 0 && Small.TryGetValue(words.Lower(at), out var tens)
            && tens >= 10) return ((tens + Small.GetValueOrDefault(words.Lower(at + 1))) / 100m,
            Small.GetValueOrDefault(words.Lower(at + 1)) is > 0 and < 10 ? 2 : 1);
        return (value, length);
    }

    /// <summary>The same value without zeros at the end.</summary>
    public static decimal Plain(decimal value) => value / 1.0000000000000000000000000000m;
}
