using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Voice.Application.Webhooks;

namespace Voice.Infrastructure.AfricasTalking;

/// <summary>One member of a callback.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value as text.</param>
/// <param name="IsSingle">It has one value, not a list or an object of them.</param>
internal readonly record struct Member(string Name, string Value, bool IsSingle = true);

/// <summary>
/// Takes the members out of a callback's bytes: form-encoded, multipart or JSON, zipped or not. What it is shows in the bytes themselves; a
/// label is worth less.
/// </summary>
internal static partial class CallbackBody
{
    private const int LargestUnzipped = 1024 * 1024;

    /// <summary>The members in the order they were sent; null when the body is neither a form nor a JSON object.</summary>
    public static IReadOnlyList<Member>? Members(RawCallback callback)
    {
        if (Unzip(callback.Body) is not { } bytes) return null;
        var text = Decode(bytes);
        var start = text.AsSpan().TrimStart();
        var isJson = callback.ContentType.StartsWith("application/json", StringComparison.OrdinalIgnoreCase);
        return isJson || start.StartsWith("{") ? Json(text) : start.StartsWith("--") ? Multipart(text.TrimStart()) : Form(text);
    }

    private static byte[]? Unzip(byte[] body)
    {
        if (body is not [0x1F, 0x8B, ..]) return body; // No text starts so.
        try
        {
            using var zipped = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
            var bytes = new byte[LargestUnzipped + 1];
            var length = zipped.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length <= LargestUnzipped ? bytes[..length] : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    // UTF-8 unless a byte order mark, or the zeros that UTF-16 puts into what is otherwise ASCII, say something else. What is no text
    // becomes U+FFFD.
    private static string Decode(byte[] bytes) => bytes switch
    {
        [0, not 0, ..] => Encoding.BigEndianUnicode.GetString(bytes),
        [not 0, 0, ..] => Encoding.Unicode.GetString(bytes),
        _ => new StreamReader(new MemoryStream(bytes), Encoding.UTF8, detectEncodingFromByteOrderMarks: true).ReadToEnd(),
    };

    private static List<Member>? Json(string text)
    {
        if (ProviderJson.Parse(text) is not { ValueKind: JsonValueKind.Object } body) return null;
        var members = new List<Member>();
        foreach (var member in body.EnumerateObject())
        {
            switch (member.Value.ValueKind)
            {
                case JsonValueKind.Null:
                    break;
                case JsonValueKind.String:
                    members.Add(new(member.Name, member.Value.GetString()!));
                    break;
                case JsonValueKind.True or JsonValueKind.False:
                    members.Add(new(member.Name, member.Value.GetBoolean() ? "1" : "0"));
                    break;
                default:
                    members.Add(new(member.Name, member.Value.GetRawText(), member.Value.ValueKind == JsonValueKind.Number));
                    break;
            }
        }
        return members;
    }

    private static List<Member> Form(string text) =>
    [
        .. text.Trim().Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
            .Select(pair => new Member(WebUtility.UrlDecode(pair[0]), WebUtility.UrlDecode(pair.ElementAtOrDefault(1) ?? ""))),
    ];

    // The first line is the boundary, whatever the label says that it is.
    private static List<Member> Multipart(string text)
    {
        var members = new List<Member>();
        var boundary = text.Split('\n', 2)[0].TrimEnd();
        foreach (var part in text.Split(boundary).Skip(1))
        {
            if (part.StartsWith("--", StringComparison.Ordinal)) break; // The end of the form.
            var head = EndOfHead().Match(part);
            if (head.Success && FieldName().Match(part[..head.Index]) is { Success: true } name)
                members.Add(new(name.Groups["name"].Value, EndOfLine().Replace(part[(head.Index + head.Length)..], "")));
        }
        return members;
    }

    [GeneratedRegex(@"\r?\n\r?\n")]
    private static partial Regex EndOfHead();

    [GeneratedRegex("""(?<![\w*])name=(?:"(?<name>[^"]*)"|(?<name>[^;\s]+))""", RegexOptions.IgnoreCase)]
    private static partial Regex FieldName();

    [GeneratedRegex(@"\r?\n\z")]
    private static partial Regex EndOfLine();
}
