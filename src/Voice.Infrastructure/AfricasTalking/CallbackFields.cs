using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Voice.Application.Webhooks;

namespace Voice.Infrastructure.AfricasTalking;

/// <summary>The members of a callback, form-encoded or JSON alike, and the problems found while reading them.</summary>
internal sealed class CallbackFields
{
    private const int LongestSession = 200;
    private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);

    public CallbackFields(RawCallback callback)
    {
        try
        {
            if (callback.ContentType == "application/json") ReadJson(callback.Body);
            else ReadForm(callback.Body);
        }
        catch (JsonException)
        {
            Problems["body"] = "The body is not a JSON object.";
        }
        Digest = DigestOf(callback.Body);
    }

    public SortedDictionary<string, string> Problems { get; } = new(StringComparer.Ordinal);

    /// <summary>Identity of the callback: its members whatever their order, or its raw bytes where it has none.</summary>
    public string Digest { get; }

    /// <summary>The member's text; null where the provider left it out, empty or <c>None</c>.</summary>
    public string? Text(string member) =>
        _values.TryGetValue(member, out var value) && value.Trim() is var text && text.Length > 0 && text != "None" ? text : null;

    public bool SaysNone(string member) => _values.TryGetValue(member, out var value) && value.Trim() == "None";

    public bool Has(string member) => Text(member) is not null;

    public string? SessionId(string member)
    {
        if (Text(member) is not { } text) Problems[member] = "Name the session that this callback is about.";
        else if (text.Length > LongestSession || text.Any(character => character is < '!' or > '~'))
            Problems[member] = $"A session is at most {LongestSession} printable characters.";
        else return text;
        return null;
    }

    public int? Seconds(string member)
    {
        if (Text(member) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return seconds;
        Problems[member] = "A duration is a whole number of seconds, 0 or more.";
        return null;
    }

    public string? Url(string member)
    {
        if (Text(member) is not { } text) return null;
        if (text.Length <= 2000 && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http"
            && text.All(character => character is > ' ' and <= '~')) return text;
        Problems[member] = "A recording address is an absolute http or https URL.";
        return null;
    }

    private void ReadForm(byte[] body)
    {
        foreach (var (name, value) in QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body))) _values[name] = value.ToString();
    }

    private void ReadJson(byte[] body)
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 8 });
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException("Not an object.");
        foreach (var member in document.RootElement.EnumerateObject())
        {
            switch (member.Value.ValueKind)
            {
                case JsonValueKind.Null:
                    break;
                case JsonValueKind.String:
                    _values[member.Name] = member.Value.GetString()!;
                    break;
                case JsonValueKind.Number:
                    _values[member.Name] = member.Value.GetRawText();
                    break;
                case JsonValueKind.True or JsonValueKind.False:
                    _values[member.Name] = member.Value.GetBoolean() ? "1" : "0";
                    break;
                default:
                    Problems[member.Name] = "Give a single value, not a list or an object.";
                    break;
            }
        }
    }

    private string DigestOf(byte[] body)
    {
        if (_values.Count == 0) return Convert.ToHexStringLower(SHA256.HashData(body));
        // Lengths stand before the texts, so that no two sets of members read the same.
        var canonical = new StringBuilder();
        foreach (var (name, value) in _values)
            canonical.Append(CultureInfo.InvariantCulture, $"{name.Length}:{name}{value.Length}:{value}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())));
    }
}
