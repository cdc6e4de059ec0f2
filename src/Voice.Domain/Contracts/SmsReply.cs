using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Voice.Domain.Contracts;

/// <summary>What a person answered to the message with its code.</summary>
/// <param name="ContractId">The contract.</param>
/// <param name="Code">Six digits.</param>
/// <param name="Decision">Yes or no.</param>
public sealed partial record SmsReply(string ContractId, string Code, Decision Decision)
{
    private static readonly HashSet<string> Yes = ["yes", "ndiyo", "ndio"];
    private static readonly HashSet<string> No = ["no", "hapana"];

    /// <summary>
    /// Reads an answer as a person means it: one of yes or no, in English or Swahili, the contract's id with anything between <c>ctr</c> and the
    /// rest, and six digits, in any order and whatever stands around them. Null where one of them is missing or told in two ways.
    /// </summary>
    public static SmsReply? Read(string text)
    {
        var left = Plain(text);
        if (Take(ContractPattern()) is not { } id || (Take(CodePattern()) ?? Take(SpacedCodePattern())) is not { } code) return null;
        var words = WordPattern().Matches(left).Select(match => match.Value).ToHashSet();
        return (words.Overlaps(Yes), words.Overlaps(No)) switch
        {
            (true, false) => new(ContractIds.Of(id), code, Decision.Confirmed),
            (false, true) => new(ContractIds.Of(id), code, Decision.Rejected),
            _ => null,
        };

        // The characters that count; null unless the text has them once (or the same ones again).
        string? Take(Regex pattern)
        {
            var found = pattern.Matches(left).Select(match => Separators().Replace(match.Groups[1].Value, "")).Distinct().ToList();
            left = pattern.Replace(left, " ");
            return found is [var one] ? one : null;
        }
    }

    // Full-width and styled characters become plain ones, what has no width goes, and whatever is neither letter nor digit only separates.
    private static string Plain(string text)
    {
        var scalars = new StringBuilder();
        foreach (var rune in text.EnumerateRunes()) scalars.Append(rune); // A lone surrogate becomes U+FFFD, which normalising can bear.
        var plain = new StringBuilder();
        foreach (var character in scalars.ToString().Normalize(NormalizationForm.FormKC))
        {
            if (char.GetUnicodeCategory(character) is UnicodeCategory.Format) continue;
            plain.Append(char.IsLetterOrDigit(character) ? char.ToLowerInvariant(character) : ' ');
        }
        return plain.ToString();
    }

    [GeneratedRegex(@"ctr *([a-z0-9]{12})(?![a-z])")]
    private static partial Regex ContractPattern();

    [GeneratedRegex(@"(?<!\d)([0-9]{6})(?!\d)")]
    private static partial Regex CodePattern();

    [GeneratedRegex(@"(?<!\d)(?<!\d )([0-9](?: *[0-9]){5})(?! *\d)")]
    private static partial Regex SpacedCodePattern();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex WordPattern();

    [GeneratedRegex(" +")]
    private static partial Regex Separators();
}
