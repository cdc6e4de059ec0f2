using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Voice.IntegrationTests.Api;

/// <summary>A request as it goes over the wire.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Bytes">All of it.</param>
/// <param name="Documented">The statuses that its route is documented to answer.</param>
internal sealed record FuzzedRequest(string Method, byte[] Bytes, IReadOnlySet<int> Documented)
{
    public override string ToString() => Regex.Replace(
        Encoding.Latin1.GetString(Bytes.AsSpan(0, Math.Min(Bytes.Length, 600))), @"[^\x20-\x7e\n]", sign => $"\\x{(int)sign.Value[0]:x2}");
}

/// <summary>Makes requests from an OpenAPI document and breaks some of their parts.</summary>
internal sealed partial class RequestGenerator(JsonElement document, string knownId, Random random)
{
    private static readonly string[] Texts =
    [
        "", " ", "\t", "0", "-1", "1.5", "1e400", "999999999999999999999", "null", "true", "[]", "{}", "NaN", "\0", "a\0b", "é", "😀",
        "\u200b", "\u202e", "'; DROP TABLE voice_recordings;--", "../..", "+", "+254712345678", "+2540712345678", "2024-01-15",
        "0001-01-01T00:00:00+14:00", "*", "\"\"", "W/\"x\"", "\"x\", , \"", "wait=1", "wait", "respond-async", "wait=99999999999",
        "%", "%zz", "%00", "%FF", "%ED%A0%80", new('a', 300), new('9', 5000),
    ];

    private static readonly string[] Jsons =
    [
        "null", "true", "0", "-1", "1.5", "1e400", "99999999999999999999", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"",
        "\"a\\u0000b\"", "[]", "[[]]", "{}", "{\"a\":{\"b\":[]}}", "\"+254712345678\"", "\"conf_1234567890\"",
        new string('[', 40) + new string(']', 40), "\"" + new string('x', 3000) + "\"",
    ];

    private static readonly string[] ContentTypes =
    [
        "", "text/plain", "application/json", "application/json; charset=utf-16", "application/json; charset=utf-7",
        "application/json; charset=\"", "application/json;;;", "*/*", "application/*", "nonsense", "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=utf-7", "multipart/form-data", "multipart/form-data; boundary=",
        "multipart/form-data; boundary=x", "multipart/form-data; boundary=" + new string('b', 5000),
    ];

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO"];

    private readonly List<(string Path, string Method, JsonElement Operation)> _operations =
    [
        .. from path in document.GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           select (path.Name, operation.Name.ToUpperInvariant(), operation.Value),
    ];

    public FuzzedRequest Next()
    {
        var (path, method, operation) = _operations[random.Next(_operations.Count)];
        var documented = operation.GetProperty("responses").EnumerateObject()
            .Select(answer => int.Parse(answer.Name, CultureInfo.InvariantCulture)).ToHashSet();
        var query = new List<string>();
        var headers = new List<string>();
        foreach (var parameter in operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray().ToArray() : [])
        {
            var name = parameter.GetProperty("name").GetString()!;
            switch (parameter.GetProperty("in").GetString())
            {
                case "path": path = path.Replace($"{{{name}}}", Often() ? knownId : Escape(Any(Texts)), StringComparison.Ordinal); break;
                case "query" when Often(): query.Add($"{name}={Escape(Any(Texts))}"); break;
                case "header" when Often(): headers.Add($"{name}: {HeaderBreaks().Replace(Any(Texts), "")}"); break;
            }
        }
        if (Seldom()) query.Add(Escape(Any(Texts)) + "=" + Escape(Any(Texts)));
        if (Seldom()) path = Broken(path);
        if (Seldom()) method = Any(Methods);
        if (Seldom()) headers.Add("Accept: " + Any(["application/problem+json", "text/html", "*/*;q=0", ""]));
        var body = BodyOf(operation, headers);
        var head = $"{method} {path}{(query.Count == 0 ? "" : "?" + string.Join('&', query))} HTTP/1.1\r\n"
            + "Host: localhost\r\nConnection: close\r\n"
            + string.Concat(headers.Select(header => header + "\r\n")) + "\r\n";
        return new FuzzedRequest(method, [.. Encoding.UTF8.GetBytes(head), .. body], documented);
    }

    private byte[] BodyOf(JsonElement operation, List<string> headers)
    {
        if (!operation.TryGetProperty("requestBody", out var request)) return [];
        var media = Any(request.GetProperty("content").EnumerateObject().ToArray());
        var (type, body) = (media.Name, Array.Empty<byte>());
        switch (type)
        {
            case "application/json":
                body = Encoding.UTF8.GetBytes(Broken(
                    media.Value.TryGetProperty("example", out var example) ? JsonNode.Parse(example.GetRawText())! : Sample(media.Value)));
                break;
            case "multipart/form-data":
                type += "; boundary=" + Any(["x", "\"a=b\"", "----=_Part/1:2"]);
                var name = Any(["file", "parties", ""]);
                body = Encoding.UTF8.GetBytes(
                    $"--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{Any(Jsons)}\r\n--x--\r\n");
                break;
            default:
                body = Encoding.UTF8.GetBytes(string.Join('&', media.Value.GetProperty("example").GetString()!.Split('&')
                    .Select(pair => Seldom() ? pair.Split('=')[0] + "=" + Escape(Any(Texts)) : pair)));
                break;
        }
        if (Seldom()) body = Broken(body);
        if (Seldom()) body = Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(body));
        headers.Add("Content-Type: " + (Seldom() ? Any(ContentTypes) : type));
        if (Seldom()) headers.Add("Content-Encoding: gzip");
        if (!Seldom())
        {
            headers.Add($"Content-Length: {(Seldom() && body.Length > 0 ? body.Length - 1 : body.Length)}");
            return body;
        }
        headers.Add("Transfer-Encoding: chunked");
        var length = Seldom() ? "zz" : body.Length.ToString("x", CultureInfo.InvariantCulture);
        return [.. Encoding.ASCII.GetBytes(length + "\r\n"), .. body, .. "\r\n0\r\n\r\n"u8];
    }

    // A body that has no example is made from its schema, of texts.
    private JsonObject Sample(JsonElement media)
    {
        var name = media.GetProperty("schema").GetProperty("$ref").GetString()!.Split('/')[^1];
        return new(document.GetProperty("components").GetProperty("schemas").GetProperty(name).GetProperty("properties").EnumerateObject()
            .Select(property => KeyValuePair.Create(property.Name, (JsonNode?)JsonValue.Create(Any(Texts)))));
    }

    // Puts something else in the place of one value, somewhere, or says one member twice.
    private string Broken(JsonNode json)
    {
        var text = json.ToJsonString();
        var values = Value().Matches(text);
        if (values.Count == 0 || Seldom()) return Any(Jsons);
        var value = values[random.Next(values.Count)];
        text = text[..value.Index] + Any(Jsons) + text[(value.Index + value.Length)..];
        return Seldom() ? text[..^1] + "," + text[1..] : text;
    }

    private byte[] Broken(byte[] body)
    {
        var at = body.Length == 0 ? 0 : random.Next(body.Length);
        return random.Next(4) switch
        {
            0 => body[..at],
            1 => [.. body[..at], (byte)random.Next(256), .. body[at..]],
            2 => [0xEF, 0xBB, 0xBF, .. body],
            _ => [.. body, .. body],
        };
    }

    private string Broken(string path) => random.Next(3) switch
    {
        0 => path + "/",
        1 => path + "/" + Escape(Any(Texts)),
        _ => path.Insert(random.Next(1, path.Length), Escape(Any(Texts))),
    };

    private string Escape(string text) => Seldom() ? Space().Replace(text, "%20") : Uri.EscapeDataString(text);

    private T Any<T>(T[] values) => values[random.Next(values.Length)];

    private bool Seldom() => random.Next(6) == 0;

    private bool Often() => random.Next(2) == 0;

    [GeneratedRegex("[\r\n\0]")]
    private static partial Regex HeaderBreaks();

    [GeneratedRegex("[\\s\0]")]
    private static partial Regex Space();

    [GeneratedRegex("""(?<=[:\[,])("[^"]*"|[0-9.]+|null|true|false)(?=[,\]}])""")]
    private static partial Regex Value();
}
