using System.Text.Json;
using System.Text.RegularExpressions;

namespace Voice.Infrastructure.AfricasTalking;

/// <summary>Reads the provider's JSON: what is well formed is read, however odd the texts in it are.</summary>
internal static partial class ProviderJson
{
    private static readonly JsonDocumentOptions Liberal = new() { MaxDepth = int.MaxValue, AllowTrailingCommas = true };

    /// <summary>The document's root; null when the text is no JSON.</summary>
    public static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(
                Escape().Replace(text.TrimStart('\uFEFF'), escape => escape.Groups["half"].Success ? @"\uFFFD" : escape.Value), Liberal);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The member of an object; null when there is none.</summary>
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    /// <summary>The plain text of a member that is a text or a number; null when it says nothing or something else.</summary>
    public static string? Text(this JsonElement element, string name) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.String } text => ProviderWords.Plain(text.GetString()!),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    // Half a surrogate pair is no text, and .NET refuses to read the string around it. A match is a whole escape, so that \\ud800 is left
    // alone.
    [GeneratedRegex("""
        \\(?: u[dD][89abAB][0-9a-fA-F]{2} \\u[dD][c-fC-F][0-9a-fA-F]{2} | (?<half> u[dD][89a-fA-F][0-9a-fA-F]{2} ) | . )
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Escape();
}
