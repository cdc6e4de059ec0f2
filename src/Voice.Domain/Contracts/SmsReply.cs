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

    // Before a yes or a no it turns it into neither; "t" is what is left of don't, can't and the like.
    private static readonly HashSet<string> Negations =
    [
        "not", "never", "nor", "cannot", "t", "dont", "cant", "wont", "without", "nothing", "si", "sio", "siyo", "sikubali", "sitaki",
        "bado",
    ];

    /// <summary>
    /// Reads an answer as a person means it: one of yes or no, in English or Swahili, the contract's id with anything between <c>ctr</c>
    /// and the rest, and six digits, in any order and whatever stands around them. Null where one of them is missing or
    /// told in two ways, or negated.
    /// </summary>
    public static SmsReply? Read(string text)
    {
        var left = Plain(text);
        if (Take(ContractPattern()) is not { } id || (Take(CodePattern()) ?? Take(SpacedCodePattern())) is not { } code) return null;
        var words = WordPattern().Matches(left).Select(match => match.Value).ToList();
        if (words.TakeWhile(word => !Yes.Contains(word) && !No.Contains(word)).Any(Negations.Contains)) return null;
        return (words.Any(Yes.Contains), words.Any(No.Contains)) switch
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

    // Full-width letters and the digits of every script become plain ones, what has no width goes, and whatever is no letter or digit only
    // separates.
    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var written in text)
        {
            var character = written is >= '\uff01' and <= '\uff5e' ? (char)(written - 0xfee0) : written;
            if (char.GetUnicodeCategory(character) == UnicodeCategory.Format) continue;
            if (char.IsDigit(character)) plain.Append((int)char.GetNumericValue(character));
            else plain.Append(char.IsLetter(character) ? char.ToLowerInvariant(character) : ' ');
        }
        return plain.ToString();
    }

    [GeneratedRegex(@"ctr *([a-z0-9]{12})(?![a-z])")]
    private static partial Regex ContractPattern();

    [GeneratedRegex(@"(?<!\d)(\d{6})(?!\d)")]
    private static partial Regex CodePattern();

    [GeneratedRegex(@"(?<!\d)(?<!\d )(\d(?: *\d){5})(?! *\d)")]
    private static partial Regex SpacedCodePattern();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex WordPattern();

    [GeneratedRegex(" +")]
    private static partial Regex Separators();
}
