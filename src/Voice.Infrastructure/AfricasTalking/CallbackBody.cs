using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Voice.Infrastructure.AfricasTalking;

/// <summary>One member of a callback.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value as text.</param>
/// <param name="IsSingle">It has one value, not a list or an object of them.</param>
internal readonly record struct Member(string Name, string Value, bool IsSingle = true);

/// <summary>
/// Takes the members out of a callback's bytes: form-encoded, multipart or JSON, packed or not. What it is shows in the bytes themselves; a
/// label, if there is one, is worth nothing.
/// </summary>
internal static partial class CallbackBody
{
    private const int LargestUnpacked = 1024 * 1024;
    private const int MostLayers = 3;

    /// <summary>The members in the order they were sent; null when the body is neither a form nor a JSON object.</summary>
    public static IReadOnlyList<Member>? Members(byte[] body)
    {
        for (var layer = 0; layer < MostLayers && Wrapping(body) is { } wrapping; layer++)
        {
            if (Unpack(wrapping(new MemoryStream(body))) is not { } bytes) return null;
            body = bytes;
        }
        var text = Decode(body).TrimStart('\uFEFF');
        if (Start().Match(text).Groups["json"].Success) return CallbackJson.Members(text);
        return Boundary().Match(text) is { Success: true } line ? Multipart(text, line.Groups["boundary"].Value) : Form(text);
    }

    // What a packed body begins with begins no text.
    private static Func<Stream, Stream>? Wrapping(byte[] body) => body switch
    {
        [0x1F, 0x8B, ..] => packed => new GZipStream(packed, CompressionMode.Decompress),
        [0x78, 0x01 or 0x5E or 0x9C or 0xDA, ..] => packed => new ZLibStream(packed, CompressionMode.Decompress),
        _ => null,
    };

    private static byte[]? Unpack(Stream packed)
    {
        try
        {
            using (packed)
            {
                var bytes = new byte[LargestUnpacked + 1];
                var length = packed.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
                return length <= LargestUnpacked ? bytes[..length] : null;
            }
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

    private static List<Member>? Form(string text)
    {
        var pairs = text.Trim().Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToList();
        if (pairs.Count > 0 && pairs.TrueForAll(pair => pair.Length == 1)) return null;
        return [.. pairs.Select(pair => new Member(WebUtility.UrlDecode(pair[0]), WebUtility.UrlDecode(pair.ElementAtOrDefault(1) ?? "")))];
    }

    // The first line that a part's head follows is the boundary, whatever the label says that it is and whatever stands before it.
    private static List<Member> Multipart(string text, string boundary)
    {
        var members = new List<Member>();
        foreach (var part in ("\n" + text).Split("\n" + boundary).Skip(1))
        {
            if (part.StartsWith("--", StringComparison.Ordinal)) break; // The end of the form.
            var head = EndOfHead().Match(part);
            if (head.Success && FieldName().Match(part[..head.Index]) is { Success: true } name)
                members.Add(new(name.Groups["name"].Value, EndOfLine().Replace(part[(head.Index + head.Length)..], "")));
        }
        return members;
    }

    // What is no object is no JSON to us, and a comment may stand before it.
    [GeneratedRegex(@"\A\s*(?:/\*.*?\*/\s*|//[^\n]*\s*)*(?<json>[{\[])?", RegexOptions.Singleline)]
    private static partial Regex Start();

    [GeneratedRegex(@"^(?<boundary>--[^\r\n]+?)[ \t]*\r?\n[\w-]+[ \t]*:", RegexOptions.Multiline)]
    private static partial Regex Boundary();

    [GeneratedRegex(@"\r?\n\r?\n")]
    private static partial Regex EndOfHead();

    [GeneratedRegex("""(?<![\w*])name=(?:"(?<name>[^"]*)"|(?<name>[^;\s]+))""", RegexOptions.IgnoreCase)]
    private static partial Regex FieldName();

    [GeneratedRegex(@"\r?\n?\z")]
    private static partial Regex EndOfLine();
}
