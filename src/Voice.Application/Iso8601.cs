using System.Globalization;
using System.Text.RegularExpressions;

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

    [GeneratedRegex(@"(?<=\.[0-9]{7})[0-9]+")]
    private static partial Regex BelowTicks();
}
