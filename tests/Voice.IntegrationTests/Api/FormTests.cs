using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Voice.IntegrationTests.Api;

/// <summary>Forms as browsers, mail libraries and fuzzers write them, on the routes of the provider.</summary>
public class FormTests
{
    private const string UrlEncoded = "application/x-www-form-urlencoded";

    [Theory]
    [InlineData("X")]
    [InlineData("----=_Part_12_1/3:7")]
    [InlineData("\"a b\"")]
    [InlineData("----=_Part_0; charset=utf-8")]
    public async Task A_multipart_message_is_read_whatever_its_boundary_looks_like(string boundary)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        var mark = boundary.Trim('"').Split(';')[0];

        using var response = await PostAsync(voice, "sms", $"multipart/form-data; boundary={boundary}",
            $"--{mark}\r\nContent-Disposition: form-data; name=from\r\n\r\n+254712345678\r\n"
            + $"--{mark}\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nhello\r\n--{mark}--\r\n");

        (await response.Content.ReadAsStringAsync()).Should().Be("""{"status":"ignored"}""");
    }

    [SkippableTheory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task What_is_no_form_is_refused_with_a_sentence_on_every_route_that_takes_one(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database);
        var tooMany = string.Concat(Enumerable.Range(0, 5000).Select(number => $"a{number}=&"));
        (string Route, string? Type, string Body)[] requests =
        [
            .. ((string[])["sms", "webhook"]).SelectMany(route => ((string Route, string? Type, string Body)[])
            [
                (route, null, "from=1&text=2"),
                (route, "", "from=1&text=2"),
                (route, "garbage", "from=1&text=2"),
                (route, "text/plain", "from=1&text=2"),
                (route, "application/", "from=1&text=2"),
                (route, UrlEncoded + "; charset=utf-7", "from=1&text=2"),
                (route, "multipart/form-data", "from=1&text=2"),
                (route, "multipart/form-data; boundary=" + new string('b', 5000), "--b\r\n\r\n"),
                (route, "multipart/form-data; boundary=", "x"),
                (route, "multipart/form-data; boundary=X", "--X\r\nContent-Disposition: form-data; name=from\r\n\r\n1"),
                (route, "multipart/form-data; boundary=X", "--X\r\n" + new string('h', 40_000)),
            ]),
            ("sms", UrlEncoded, tooMany),
            ("sms", UrlEncoded, "from=1&from=2&text=x"),
        ];

        foreach (var (route, type, body) in requests)
        {
            using var response = await PostAsync(voice, route, type, body);

            var answer = await response.Content.ReadAsStringAsync();
            ((int)response.StatusCode).Should().BeOneOf([415, 422], $"{route} {type} {body[..Math.Min(60, body.Length)]}: {answer}");
            JsonDocument.Parse(answer).RootElement.GetProperty("detail").GetString().Should().NotBeNullOrEmpty();
        }
        (await database.CountAsync("SELECT COUNT(*) FROM webhook_inbox")).Should().BePositive("callbacks are kept, forms or not");
        voice.Log.Lines.Should().NotContain(line => line.Level > LogLevel.Warning);
    }

    [Fact]
    public async Task A_message_too_large_is_413()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);

        using var response = await PostAsync(voice, "sms", UrlEncoded, "from=1&text=" + new string('x', 70_000));

        response.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    private static Task<HttpResponseMessage> PostAsync(VoiceHost voice, string route, string? type, string body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);
        return voice.Http.PostAsync($"/api/v1/voice/{route}", content);
    }
}
