using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace Voice.Api.Pages;

/// <summary>The console's words in one language; they stand in <c>Texts/en.json</c> and <c>Texts/sw.json</c>.</summary>
internal sealed class Texts
{
    /// <summary>The query member that asks for a language, and the cookie that remembers it.</summary>
    public const string Name = "lang";

    private static readonly FrozenDictionary<string, Texts> All = new[] { "en", "sw" }.ToFrozenDictionary(code => code, Read);
    private readonly FrozenDictionary<string, string> _words;

    private Texts(string language, Dictionary<string, string> words) => (Language, _words) = (language, words.ToFrozenDictionary());

    /// <summary>The languages that there are.</summary>
    public static IEnumerable<string> Languages => All.Keys.Order();

    /// <summary>ISO 639-1 code.</summary>
    public string Language { get; }

    /// <summary>The names of all texts.</summary>
    public IEnumerable<string> Keys => _words.Keys;

    /// <exception cref="KeyNotFoundException">There is no text of that name, which is a mistake of ours.</exception>
    public string this[string key] => _words[key];

    /// <summary>The text with values in the places that it has for them.</summary>
    public string this[string key, params object[] values] => string.Format(CultureInfo.InvariantCulture, _words[key], values);

    /// <summary>The translation of a text that is written elsewhere in English; that itself where this is English.</summary>
    public string Translate(string key, string english) => _words.GetValueOrDefault(key, english);

    /// <summary>The texts in that language.</summary>
    public static Texts In(string language) => All[language];

    /// <summary>The texts in the language that a reader asked for, chose before, or that the browser prefers.</summary>
    public static Texts For(HttpRequest request)
    {
        if (All.TryGetValue(request.Query[Name].ToString(), out var asked)) return asked;
        if (All.TryGetValue(request.Cookies[Name] ?? "", out var chosen)) return chosen;
        return request.GetTypedHeaders().AcceptLanguage
            .Where(language => language.Quality != 0).OrderByDescending(language => language.Quality ?? 1)
            .Select(language => All.GetValueOrDefault(language.Value.Value!.Split('-')[0].ToLowerInvariant()))
            .FirstOrDefault(texts => texts is not null) ?? All["en"];
    }

    private static Texts Read(string language)
    {
        using var file = typeof(Texts).Assembly.GetManifestResourceStream(typeof(Texts), $"Texts.{language}.json")!;
        return new(language, JsonSerializer.Deserialize<Dictionary<string, string>>(file)!);
    }
}
