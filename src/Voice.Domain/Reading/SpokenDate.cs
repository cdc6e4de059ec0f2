using System.Globalization;

namespace Voice.Domain.Reading;

/// <summary>
/// Reads days as people say and write them, relative to the day of the call. A day and month without a year is the next such day. A
/// modifier beside a day is computed ("a week from Friday") or the day is unknown ("after Friday"); it is never the bare day.
/// </summary>
internal static class SpokenDate
{
    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static readonly string[] ShortMonths = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    private static readonly string[] Weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    private static readonly string[] SwahiliWeekdays = ["jumapili", "jumatatu", "jumanne", "jumatano", "alhamisi", "ijumaa", "jumamosi"];

    private static readonly string[] Ordinals =
    [
        "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
        "thirteenth",
        "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
    ];

    /// <summary>Whether the word names a month or a weekday.</summary>
    public static bool IsCalendarWord(string lower) => Months.Contains(lower) || Weekday(lower) is not null;

    /// <summary>The day that starts at that word, null where it cannot be told, and how many words it takes; null when no day starts
    /// there.</summary>
    public static (DateOnly? Day, int Length)? Read(Words words, int at, DateOnly today)
    {
        // "not Thursday", "after Friday"
        if (words.Lower(at) is "not" or "after" && Skip(words, at + 1) is var named && words.SameClause(at, named)
            && Anchor(words, named, today) is { } denied) return (null, named + denied.Length - at);
        if (Distance(words, at, today) is { } distance) return distance;
        return Anchor(words, Skip(words, at), today) is { } anchor ? (anchor.Day, Skip(words, at) + anchor.Length - at) : null;
    }

    private static int Skip(Words words, int at) => words.Lower(at) is "the" or "this" or "coming"
        && words.SameClause(at, at + 1) ? Skip(words, at + 1) : at;

    // "a week from Friday", "two days after tomorrow", "three weeks after the fifth of December", "in three days"
    private static (DateOnly? Day, int Length)? Distance(Words words, int at, DateOnly today)
    {
        var isAhead = words.Lower(at) is "within" or "in";
        var from = isAhead ? at + 1 : at;
        if (isAhead && !words.SameClause(at, from)) return null;
        var count = words.Lower(from) is "a" or "one" ? ((decimal)1, 1) : SpokenNumber.Read(words, from) is { } number
            ? (number.Value, number.Length) : (0, 0);
        var unit = from + count.Item2;
        if (count.Item1 is not (> 0 and < 400) || !words.SameClause(from, unit)) return null;
        DateOnly? Add(DateOnly day, int sign) => words.Lower(unit) switch
        {
            "day" or "days" => day.AddDays(sign * (int)count.Item1),
            "week" or "weeks" => day.AddDays(sign * 7 * (int)count.Item1),
            "month" or "months" => day.AddMonths(sign * (int)count.Item1),
            _ => null,
        };
        if (Add(today, 1) is not { } ahead) return null;
        if (words.Lower(unit + 1) is "from" or "after" or "before" && words.SameClause(unit, unit + 2)
            && Skip(words, unit + 2) is var start && Anchor(words, start, today) is { } anchor)
            return (anchor.Day is { } day ? Add(day, words.Lower(unit + 1) == "before" ? -1 : 1) : null, start + anchor.Length - at);
        if (words.Are(unit + 1, "from now") || words.Are(unit + 1, "from today")) return (ahead, unit + 3 - at);
        return isAhead ? (ahead, unit + 1 - at) : null;
    }

    // A day by itself, with what belongs to it.
    private static (DateOnly? Day, int Length)? Anchor(Words words, int at, DateOnly today)
    {
        var word = words.Lower(at);
        if (DateOnly.TryParseExact(word, ["d/M/yyyy", "d.M.yyyy", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var exact)) return (exact, 1);
        if (NthWeekday(words, at, today) is { } nth) return nth;
        if (MonthDay(words, at, today) is { } date) return date;
        if (word is "today" or "leo") return (today, 1);
        if (word is "tomorrow" or "kesho") return (today.AddDays(1), 1);
        if (words.Are(at, "day after tomorrow")) return (today.AddDays(2), 3);
        if (words.Are(at, "end of")) return End(words, at, today);
        if (Weekday(word) is { } weekday) return OfWeekday(words, at, weekday, today);
        if (word != "next") return null;
        if (Weekday(words.Lower(at + 1)) is { } later) return (OfNextWeek(later, today), 2);
        if (words.Lower(at + 1) is not ("week" or "month" or "year")) return null;
        var day = words.Lower(at + 2) == "on" ? at + 3 : at + 2;
        return words.Lower(at + 1) == "week" && Weekday(words.Lower(day)) is { } inIt
            && words.SameClause(at, day) ? (OfNextWeek(inIt, today), day + 1 - at) : (null, 2);
    }

    private static (DateOnly? Day, int Length)? OfWeekday(Words words, int at, int weekday, DateOnly today)
    {
        if (words.Are(at + 1, "next week") && words.SameClause(at, at + 1)) return (OfNextWeek(weekday, today), 3);
        if (words.Are(at + 1, "of next week") || words.Are(at + 1, "in next week")) return words.SameClause(at, at + 1)
            ? (OfNextWeek(weekday, today), 4) : null;
        if (words.Lower(at + 1) == "week" && words.SameClause(at, at + 1)) return (Coming(weekday, today).AddDays(7), 2);
        // "Friday the fourth of December": one day, if it falls on it.
        var next = Skip(words, at + 1);
        if (MonthDay(words, next, today) is { Day: { } date } named && words.SameTurn(at, next)) return ((int)date.DayOfWeek == weekday
            ? date : null, next + named.Length - at);
        return (Coming(weekday, today), 1);
    }

    private static (DateOnly? Day, int Length)? MonthDay(Words words, int at, DateOnly today)
    {
        // "on 2/12": the day first, as it is written in the region.
        if (words.Lower(at - 1) is "on" or "by" && words.Lower(at + 1) == "/" && DayOfMonth(words, at) is { } first
            && int.TryParse(words.Lower(at + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var ofYear)
                && ofYear is >= 1 and <= 12)
            return On(words, at, at + 3, first.Value, ofYear, today);
        if (DayOfMonth(words, at) is { } day)
        {
            var next = words.Lower(at + day.Length) == "of" ? at + day.Length + 1 : at + day.Length;
            if (Month(words.Lower(next)) is { } month && words.SameClause(at, next)) return On(words, at, next + 1, day.Value, month,
                today);
        }
        if (Month(words.Lower(at)) is { } named)
        {
            var next = words.Lower(at + 1) == "the" ? at + 2 : at + 1;
            if (words.SameClause(at, next) && DayOfMonth(words, next) is { } follows) return On(words, at, next + follows.Length,
                follows.Value, named, today);
        }
        return null;
    }

    // "the first Monday of December", "the last Friday of the month"
    private static (DateOnly? Day, int Length)? NthWeekday(Words words, int at, DateOnly today)
    {
        var which = words.Lower(at) == "last" ? 5 : Array.IndexOf(Ordinals, words.Lower(at));
        if (which is < 1 or > 5 || Weekday(words.Lower(at + 1)) is not { } weekday || words.Lower(at + 2) is not ("of" or "in")
            || !words.SameClause(at, at + 3)) return null;
        var name = words.Lower(at + 3) is "the" or "this" or "next" ? at + 4 : at + 3;
        var isNext = words.Lower(at + 3) == "next";
        if (Month(words.Lower(name)) is not { } month) month = words.Lower(name) == "month" ? (isNext ? today.AddMonths(1) : today).Month
            : 0;
        if (month == 0) return (null, 2);
        var first = new DateOnly(month < today.Month ? today.Year + 1 : today.Year, month, 1);
        var day = first.AddDays(((weekday - (int)first.DayOfWeek + 7) % 7) + (7 * (which - 1)));
        if (day.Month != month) day = words.Lower(at) == "last" ? day.AddDays(-7) : default;
        return (day == default ? null : day, name + 1 - at);
    }

    private static (DateOnly? Day, int Length) End(Words words, int at, DateOnly today)
    {
        if (words.Are(at, "end of the month") || words.Are(at, "end of this month")) return (LastOf(today), 4);
        if (words.Are(at, "end of next month")) return (LastOf(today.AddMonths(1)), 4);
        if (Month(words.Lower(at + 2)) is { } month) return (LastOf(new DateOnly(month < today.Month ? today.Year + 1
            : today.Year, month, 1)), 3);
        return (null, words.Lower(at + 2) is "the" or "this" or "next" ? 4 : 3);
    }

    private static DateOnly LastOf(DateOnly day) => new(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month));

    private static (DateOnly? Day, int Length)? On(Words words, int from, int to, int day, int month, DateOnly today)
    {
        var year = today.Year;
        var hasYear = int.TryParse(words.Lower(to), NumberStyles.None, CultureInfo.InvariantCulture, out var named)
            && named is >= 2000 and < 2100;
        if (hasYear) (year, to) = (named, to + 1);
        // The twenty-ninth of February may have to wait for its year.
        for (var tries = 0; tries < 9; tries++, year++)
        {
            if (day <= DateTime.DaysInMonth(year, month) && new DateOnly(year, month, day) is var date
                && (hasYear || date >= today)) return (date, to - from);
            if (hasYear) return null;
        }
        return null;
    }

    private static (int Value, int Length)? DayOfMonth(Words words, int at)
    {
        var word = words.Lower(at);
        if (Array.IndexOf(Ordinals, word) is > 0 and var ordinal) return (ordinal, 1);
        if (word is "twenty" or "thirty" && Array.IndexOf(Ordinals, words.Lower(at + 1)) is > 0 and < 10 and var last)
            return ((word == "twenty" ? 20 : 30) + last, 2);
        if (word == "thirtieth") return (30, 1);
        var digits = word.Length > 2 && char.IsAsciiLetter(word[^1]) ? word[..^2] : word;
        if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var figure)
            && figure is >= 1 and <= 31) return (figure, 1);
        // "March fifteen": a number word for a day.
        return word.Length > 0 && !char.IsAsciiDigit(word[0])
            && SpokenNumber.Read(words, at) is { Value: >= 1 and <= 31, Doubt: Doubt.None } number ? ((int)number.Value, number.Length)
            : null;
    }

    private static int? Month(string word) => Array.IndexOf(Months, word) is >= 0 and var month ? month + 1
        : Array.IndexOf(ShortMonths, word) is >= 0 and var brief ? brief + 1 : word == "sept" ? 9 : null;

    private static int? Weekday(string word) => Array.IndexOf(Weekdays, word) is >= 0 and var day ? day
        : Array.IndexOf(SwahiliWeekdays, word) is >= 0 and var swahili ? swahili : null;

    private static DateOnly Coming(int weekday, DateOnly today) => today.AddDays((((weekday - (int)today.DayOfWeek) + 6) % 7) + 1);

    // Weeks start on Monday (ISO 8601): "next Wednesday" is the one in the week after this.
    private static DateOnly OfNextWeek(int weekday, DateOnly today)
    {
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        return monday.AddDays(7 + ((weekday + 6) % 7));
    }
}
