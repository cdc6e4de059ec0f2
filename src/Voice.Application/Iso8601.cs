using System.Globalization;
using System.Text.RegularExpressions;
using FluentValidation;

namespace Voice.Application;

/// <summary>Times in ISO 8601 as people and their tools write them.</summary>
internal static partial class Iso8601
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd",
        .. from time in new[] { "HH:mm", "HH:mm:ss.FFFFFFF" }
           from zone in new[] { "K", "zzz", "zz" } // Z, +03:00 or none; +0300; +03.
           select $"yyyy-MM-ddT{time}{zone}",
    ];

    /// <summary>
    /// Reads a day or a time: T and Z in either case, T as a space, minutes only, any number of fractional digits. UTC unless it says
    /// otherwise.
    /// </summary>
    public static bool TryParse(string text, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        BelowTicks().Replace(text.ToUpperInvariant().Replace(' ', 'T').Replace(',', '.'), ""),
        Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    /// <summary>The time that a text which passed <see cref="MustBeTime"/> names; null where there is none.</summary>
    public static DateTimeOffset? Read(string? text) => text is not null && TryParse(text, out var time) ? time : null;

    /// <summary>The end of a range over stored times, which have whole milliseconds: before a part of one is before the next.</summary>
    public static DateTimeOffset? UpToMillisecond(DateTimeOffset? time) =>
        time?.Ticks % TimeSpan.TicksPerMillisecond > 0 && time < DateTimeOffset.MaxValue.AddMilliseconds(-1)
            ? time?.AddMilliseconds(1)
            : time;

    /// <summary>Where a time is given, it must be one.</summary>
    public static IRuleBuilderOptions<T, string?> MustBeTime<T>(this IRuleBuilder<T, string?> time) =>
        time.Must(text => text is null || TryParse(text, out _))
            .WithMessage("Give the time in ISO 8601, such as 2024-01-15T10:00:00.000Z.");

    [GeneratedRegex(@"(?<=\.[0-9]{7})[0-9]+")]
    private static partial Regex BelowTicks();
}
