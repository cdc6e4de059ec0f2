using System.Globalization;
using System.Text.RegularExpressions;

namespace Voice.Infrastructure.AfricasTalking;

/// <summary>
/// Takes the members out of a JSON object that may be broken wherever nobody looks: what is no JSON in one member costs that member at
/// most. Only an object that breaks off is not read, because it may lack the member that decides.
/// </summary>
internal static partial class CallbackJson
{
    /// <summary>The members of the outermost object in the order they were sent; null when there is none, or no end of it.</summary>
    public static List<Member>? Members(string text)
    {
        var members = new List<Member>();
        var (depth, isValue) = (0, false);
        string? name = null;
        Match? value = null;
        for (var token = Token().Match(text); token.Success; token = token.NextMatch())
        {
            if (token.Groups["comment"].Success) continue;
            if (depth == 0 && token.Value != "{") return null;
            switch (token.Value)
            {
                case "{" or "[":
                    if (depth++ == 1 && isValue) value ??= token;
                    break;
                case "}" or "]":
                    if (--depth > 0) break;
                    Add();
                    return members;
                case "," when depth == 1:
                    Add();
                    break;
                case ":" when depth == 1 && !isValue:
                    isValue = true;
                    break;
                default:
                    if (depth != 1) break;
                    if (isValue) value ??= token;
                    else name ??= TextOf(token);
                    break;
            }
        }
        return null;

        void Add()
        {
            if (name is not null && value is not null && value.Value != "null")
                members.Add(new(name, TextOf(value), IsSingle: value.Value is not ("{" or "[")));
            (name, value, isValue) = (null, null, false);
        }
    }

    private static string TextOf(Match token) => token.Groups["text"] is { Success: true } text
        ? Escape().Replace(text.Value, Unescape)
        : token.Value switch { "true" => "1", "false" => "0", var bare => bare };

    // Half a surrogate pair stays half; whoever uses the text makes it U+FFFD.
    private static string Unescape(Match escape) => escape.Groups["code"] is { Success: true } code
        ? ((char)ushort.Parse(code.Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()
        : escape.Value[1..] switch { "b" => "\b", "f" => "\f", "n" => "\n", "r" => "\r", "t" => "\t", var same => same };

    [GeneratedRegex("""
        "(?<text>(?>(?:[^"\\]+|\\.)*))" | (?<comment>/\*.*?\*/|//[^\n]*) | [{}\[\]:,] | "[^"]*\z | [^\s\0"{}\[\]:,]+
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Token();

    [GeneratedRegex(@"\\(?:u(?<code>[0-9a-fA-F]{4})|.)", RegexOptions.Singleline)]
    private static partial Regex Escape();
}
