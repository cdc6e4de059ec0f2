using System.Globalization;

namespace Voice.Domain.Reading;

/// <summary>Reads days as people say and write them, relative to the day of the call. A day and month without a year is the next such day.</summary>
internal static class SpokenDate
{
    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static readonly string[] Weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    private static readonly string[] Ordinals =
    [
        "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth",
        "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
    ];

    /// <summary>Whether the word names a month or a weekday.</summary>
    public static bool IsCalendarWord(string lower) => Months.Contains(lower) || Weekdays.Contains(lower);

    /// <summary>The day that starts at that word, and how many words it takes; null when none does.</summary>
    public static (DateOnly Day, int Length)? Read(Words words, int at, DateOnly today)
    {
        var word = words.Lower(at);
        if (DateOnly.TryParseExact(word, ["d/M/yyyy", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact)) return (exact, 1);
        if (ReadDayOfMonth(words, at) is { } day)
        {
            var next = at + day.Length;
            if (words.Lower(next) == "of") next++;
            if (Array.IndexOf(Months, words.Lower(next)) is >= 0 and var month && words.SameClause(at, next))
                return On(words, at, next + 1, day.Value, month + 1, today);
        }
        if (Array.IndexOf(Months, word) is >= 0 and var named)
        {
            var next = words.Lower(at + 1) == "the" ? at + 2 : at + 1;
            if (words.SameClause(at, next) && ReadDayOfMonth(words, next) is { } follows)
                return On(words, at, next + follows.Length, follows.Value, named + 1, today);
        }
        if (word == "tomorrow") return (today.AddDays(1), 1);
        if (words.Are(at, "day after tomorrow")) return (today.AddDays(2), 3);
        if (words.Are(at, "end of the month") || words.Are(at, "end of this month"))
            return (new DateOnly(today.Year, today.Month, DateTime.DaysInMonth(today.Year, today.Month)), 4);
        if (Array.IndexOf(Weekdays, words.Lower(at)) is >= 0 and var weekday) return (Coming(weekday, today), 1);
        if (word == "next" && Array.IndexOf(Weekdays, words.Lower(at + 1)) is >= 0 and var later) return (OfNextWeek(later, today), 2);
        if (word is "within" or "in" && SpokenNumber.Read(words, at + 1) is { Value: > 0 and < 400 } number && words.SameClause(at, at + 1 + number.Length))
        {
            var length = 2 + number.Length;
            if (words.Lower(at + length - 1) is "day" or "days") return (today.AddDays((int)number.Value), length);
            if (words.Lower(at + length - 1) is "week" or "weeks") return (today.AddDays(7 * (int)number.Value), length);
            if (words.Lower(at + length - 1) is "month" or "months") return (today.AddMonths((int)number.Value), length);
        }
        return null;
    }

    private static (DateOnly, int)? On(Words words, int from, int to, int day, int month, DateOnly today)
    {
        var year = today.Year;
        var hasYear = int.TryParse(words.Lower(to), NumberStyles.None, CultureInfo.InvariantCulture, out var named) && named is >= 2000 and < 2100;
        if (hasYear) (year, to) = (named, to + 1);
        // The twenty-ninth of February may have to wait for its year.
        for (var tries = 0; tries < 9; tries++, year++)
        {
            if (day <= DateTime.DaysInMonth(year, month) && new DateOnly(year, month, day) is var date && (hasYear || date >= today)) return (date, to - from);
            if (hasYear) return null;
        }
        return null;
    }

    private static (int Value, int Length)? ReadDayOfMonth(Words words, int at)
    {
        var word = words.Lower(at);
        if (Array.IndexOf(Ordinals, word) is > 0 and var ordinal) return (ordinal, 1);
        if (word is "twenty" or "thirty" && Array.IndexOf(Ordinals, words.Lower(at + 1)) is > 0 and < 10 and var last)
            return ((word == "twenty" ? 20 : 30) + last, 2);
        if (word == "thirtieth") return (30, 1);
        var digits = word.Length > 2 && char.IsAsciiLetter(word[^1]) ? word[..^2] : word;
        if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var figure) && figure is >= 1 and <= 31) return (figure, 1);
        // "March fifteen": a number word for a day.
        return SpokenNumber.Read(words, at) is { Value: >= 1 and <= 31 } number && !char.IsAsciiDigit(word[0]) ? ((int)number.Value, number.Length) : null;
    }

    private static DateOnly Coming(int weekday, DateOnly today) => today.AddDays((((weekday - (int)today.DayOfWeek) + 6) % 7) + 1);

    // Weeks start on Monday (ISO 8601): "next Wednesday" is the one in the week after this.
    private static DateOnly OfNextWeek(int weekday, DateOnly today)
    {
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        return monday.AddDays(7 + ((weekday + 6) % 7));
    }
}
