using FluentValidation;

namespace Voice.Api.Status;

/// <summary>What a caller prefers (RFC 7240). Preferences that are not ours to honour are ignored, as it asks for.</summary>
/// <param name="RespondAsync">It does not want to wait for the work.</param>
/// <param name="Wait">How long it wants its answer held; null: it does not say.</param>
internal readonly record struct Preferences(bool RespondAsync, TimeSpan? Wait)
{
    public const string RespondAsyncName = "respond-async";
    public const string WaitName = "wait";
    public const int LongestSeconds = 60;

    /// <exception cref="ValidationException">The time to wait is not a whole number of seconds.</exception>
    public static Preferences Read(string? header)
    {
        var preferences = default(Preferences);
        foreach (var preference in header?.Split(',', ';') ?? [])
        {
            var parts = preference.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts[0].Equals(
                RespondAsyncName, StringComparison.OrdinalIgnoreCase)) preferences = preferences with { RespondAsync = true };
            else if (parts[0].Equals(WaitName, StringComparison.OrdinalIgnoreCase) && preferences.Wait is null) // The first one counts.
                preferences = preferences with { Wait = ReadSeconds(parts.Length == 2 ? parts[1].Trim('"') : "", "Prefer") };
        }
        return preferences;
    }

    /// <summary>How long to hold an answer: as the query member says or, without it, as is preferred.</summary>
    /// <returns>The time, and the same again where it is a preference that is applied.</returns>
    /// <exception cref="ValidationException">It is not a whole number of seconds.</exception>
    public static (TimeSpan Time, TimeSpan? Applied) ReadWait(string? wait, string? prefer) =>
        wait is not null ? (ReadSeconds(wait, WaitName), null) : Read(prefer).Wait is { } preferred ? (preferred, preferred) : default;

    /// <summary>Reads a time to wait, cut to what the service allows.</summary>
    /// <exception cref="ValidationException">It is not a whole number of seconds.</exception>
    public static TimeSpan ReadSeconds(string text, string field) => text.Length == 0 || !text.All(char.IsAsciiDigit)
        ? throw new ValidationException([new(field, $"The time to wait is a whole number of seconds, 0 to {LongestSeconds}.")])
        : TimeSpan.FromSeconds(int.TryParse(text, out var seconds) ? Math.Min(seconds, LongestSeconds) : LongestSeconds);
}
