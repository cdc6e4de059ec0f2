using System.Globalization;
using FluentValidation;

namespace Voice.Application;

/// <summary>A line of text that people write and others read, such as a name.</summary>
internal static class LineRule
{
    /// <summary>The line without the spaces around it; null where nothing is left that can be seen.</summary>
    public static string? Given(string? text) => text?.Trim() is { } line && line.Any(IsSeen) ? line : null;

    /// <summary>
    /// The text, if there is any, must be one line that looks to everybody like what it says: no control characters, and none that turn
    /// the direction of what stands beside them (Unicode Technical Report 36, section 2.1.2).
    /// </summary>
    public static IRuleBuilderOptions<T, string?> MustBeLine<T>(this IRuleBuilder<T, string?> text, string name, int most) => text
        .MaximumLength(most).WithMessage($"The {name} is at most {most} characters.")
        .Must(written => Given(written) is not { } line || !line.Any(IsTrouble))
        .WithMessage($"The {name} must be one line of text, without control characters.");

    private static bool IsSeen(char character) =>
        !char.IsWhiteSpace(character) && char.GetUnicodeCategory(character) is not UnicodeCategory.Format;

    private static bool IsTrouble(char character) => char.IsControl(character)
        || character is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
