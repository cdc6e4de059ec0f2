using FluentValidation;
using FluentValidation.Results;

namespace Voice.Api.Status;

/// <summary>How long a caller wants its answer held, by <c>?wait=N</c> or by <c>Prefer: wait=N</c> (RFC 7240, section 4.3).</summary>
/// <param name="Time">The time, cut to what the service allows.</param>
/// <param name="WasPreferred">The header asked for it, so the answer must say that it was heard.</param>
internal readonly record struct WaitPreference(TimeSpan Time, bool WasPreferred)
{
    private const int LongestSeconds = 60;

    /// <exception cref="ValidationException">It is not a whole number of seconds.</exception>
    public static WaitPreference Read(string? query, string? prefer)
    {
        if (query is not null) return new(Seconds(query, "wait"), WasPreferred: false);
        if (prefer is null) return default;
        foreach (var preference in prefer.Split(',', ';'))
        {
            var parts = preference.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts[0].Equals("wait", StringComparison.OrdinalIgnoreCase))
                return new(Seconds(parts.Length == 2 ? parts[1].Trim('"') : "", "Prefer"), WasPreferred: true);
        }
        return default; // Other preferences are not ours to honour, and RFC 7240 wants them ignored.
    }

    private static TimeSpan Seconds(string text, string field) =>
        text.Length == 0 || !text.All(char.IsAsciiDigit)
            ? throw new ValidationException([new ValidationFailure(field, $"The time to wait is a whole number of seconds, 0 to {LongestSeconds}.")])
            : TimeSpan.FromSeconds(int.TryParse(text, out var seconds) ? Math.Min(seconds, LongestSeconds) : LongestSeconds);
}
