using System.Text;

namespace Voice.Infrastructure.AfricasTalking;

/// <summary>What texts of the provider mean wherever they stand.</summary>
internal static class ProviderWords
{
    private const int LongestSession = 200;

    /// <summary>What is wrong with a session that <see cref="IsSession"/> refuses.</summary>
    public static readonly string SessionRule = $"A session is at most {LongestSession} printable characters.";

    // The provider writes a word where others would leave a member out.
    private static readonly string[] Nothing = ["none", "null", "n/a"];

    /// <summary>The text without what is no text (control characters) and the space around it; null when it says nothing.</summary>
    public static string? Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // Half a surrogate pair comes as U+FFFD.
            if (!Rune.IsControl(rune)) plain.Append(rune);
        return plain.ToString().Trim() is { Length: > 0 } words && !IsNothing(words) ? words : null;
    }

    /// <summary>The text is a word for nothing, such as <c>None</c>.</summary>
    public static bool IsNothing(string text) => Nothing.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The text can be a session, ours to keep and to look for.</summary>
    public static bool IsSession(string text) =>
        text.Length is > 0 and <= LongestSession && text.All(character => character is > ' ' and <= '~');
}
