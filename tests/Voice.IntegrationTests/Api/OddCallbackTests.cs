using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Voice.IntegrationTests.Api;

/// <summary>What real providers, proxies and forgers send to the webhook.</summary>
public class OddCallbackTests
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Audio = "https://a.at-internal.com/1.mp3";
    private const string Final = "isActive=0&sessionId=ATVId_1&callSessionState=Completed&status=Success&dialDurationInSeconds=42.0"
        + "&recordingUrl=https%3A%2F%2Fa.at-internal.com%2F1.mp3";

    [SkippableTheory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task However_a_final_event_is_packed_it_is_kept_as_it_came_and_ends_its_call(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var provider = await ProviderDouble.StartAsync(number => $"ATVId_{number}");
        await using var voice = await VoiceHost.StartAsync(database, provider.Settings);
        var json = JsonSerializer.Serialize(
            new { isActive = "0", sessionId = "ATVId_1", status = "Success", dialDurationInSeconds = 42, recordingUrl = Audio });
        const string boundary = "----=_Part_12_1/3:7";
        var multipart = string.Concat(Final.Split('&').Select(pair => pair.Split('=', 2)).Select(pair =>
            $"--{boundary}\r\nContent-Disposition: form-data; name=\"{pair[0]}\"\r\n\r\n{Uri.UnescapeDataString(pair[1])}\r\n"))
                + $"--{boundary}--\r\n";
        (string Type, byte[] Body)[] callbacks =
        [
            (Form, Bytes(Final)),
            (Form, Bytes(Final + "&clientRequestId=a%00b&x%00=%00")),
            (Form, Bytes(Final + "&callerCarrierName=Telef%F3nica")),
            (Form, Bytes(Final + "&" + Final)),
            (Form, [0xEF, 0xBB, 0xBF, .. Bytes(Final)]),
            (Form + "; charset=ISO-8859-15", Bytes(Final)),
            (Form, Zip(Bytes(Final))),
            ("application/json", [.. Bytes(json[..^1] + ",\"callerCarrierName\":\"Telef"), 0xF3, .. "nica\"}"u8]),
            ("application/json", Bytes(json[..^1] + ""","x":"\ud800","a\u0000b":"\u0000","\udc00":1}""")),
            ("application/json", Bytes(json[..^1] + ",\"deep\":" + new string('[', 9000) + new string(']', 9000) + "}")),
            ("application/json; charset=utf8", [0xEF, 0xBB, 0xBF, .. Bytes(json)]),
            ("application/json; charset=utf-16", Encoding.Unicode.GetBytes(json)),
            ($"multipart/form-data; boundary={boundary}", Bytes(multipart)),
            ("multipart/form-data; boundary=\"something else\"", Bytes(multipart)),
            ("multipart/form-data", Bytes("In several parts.\r\n" + multipart)),
            ("", Bytes(Final)),
            ("text/plain", Bytes(Final)),
            ("application/octet-stream", Bytes(json)),
            ("text/json", Bytes(json)),
            (Form + "; charset=utf-7", Bytes(Final)),
            ("application/json", Bytes("/* */" + json[..^1] + ",\"a\":\"\t\n\0\u0001\\q\",\"b\":NaN,\"c\":012,\"d\":None}\0")),
            (Form, Zip(Zip(Bytes(Final)))),
            (Form, Deflate(Bytes(Final))),
            (Form, Bytes(Final + "&isActive=0.0&dialDurationInSeconds=42&callSessionState=completed")),
        ];

        for (var number = 1; number <= callbacks.Length; number++)
        {
            var (type, body) = callbacks[number - 1];
            body = Replace(body, "ATVId_1", $"ATVId_{number}");
            var id = await voice.CreatedIdAsync();
            using var response = await PostAsync(voice, type, body);

            (await response.Content.ReadAsStringAsync()).Should()
                .Be($$"""{"status":"webhook_processed","session_id":"ATVId_{{number}}"}""", $"{number}: {type}");
            (await voice.StatusAsync(id)).Should().Match<JsonElement>(status => status.GetProperty("duration").GetInt32() == 42
                && status.GetProperty("recording_url").GetString() == Audio, $"{number}: {type}");
            (await LastBodyAsync(database)).Should().Equal(body);
        }
        voice.Log.Lines.Should().NotContain(line => line.Level > LogLevel.Warning);
    }

    [SkippableTheory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_final_event_with_a_bad_part_ends_the_call_and_the_bad_part_is_told(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var provider = await ProviderDouble.StartAsync(number => $"ATVId_{number}");
        await using var voice = await VoiceHost.StartAsync(database, provider.Settings);
        (string Fields, string Field, string Status, int? Seconds)[] finals =
        [
            ("status=Success&durationInSeconds=60&dialDurationInSeconds=-1", "dialDurationInSeconds", "processing", 60),
            ("status=Success&dialDurationInSeconds=60&recordingUrl=nowhere", "recordingUrl", "processing", 60),
            ("status=Success&dialDurationInSeconds=1&dialDurationInSeconds=2&recordingUrl=https%3A%2F%2Fa.at-internal.com%2F1.mp3",
                "dialDurationInSeconds", "completed", null),
            ("status=NotAnswered&hangupCause=USER_BUSY&durationInSeconds=0.5", "durationInSeconds", "failed", null),
        ];

        for (var number = 1; number <= finals.Length; number++)
        {
            var (fields, field, status, seconds) = finals[number - 1];
            var id = await voice.CreatedIdAsync();
            using var response = await voice.PostWebhookAsync($"isActive=0&sessionId=ATVId_{number}&{fields}");

            response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
            Errors(await response.Content.ReadAsStringAsync()).Should().Equal(field);
            var body = await voice.StatusAsync(id);
            (body.Status(), body.GetProperty("duration").ValueKind == JsonValueKind.Null ? (int?)null
                : body.GetProperty("duration").GetInt32()).Should().Be((status, seconds));
            (await voice.Http.GetStringAsync($"/api/v1/voice/recordings/{id}/timeline")).Should().Contain($"it could not be read: {field}");
        }
        (await database.CountAsync("SELECT COUNT(*) FROM webhook_inbox WHERE problem IS NOT NULL AND applied_at IS NOT NULL")).Should()
            .Be(finals.Length);
    }

    [SkippableTheory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_fact_counts_only_as_much_as_the_door_it_came_through(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var provider = await ProviderDouble.StartAsync(number => $"ATVId_{number}");
        await using var voice = await VoiceHost.StartAsync(database, provider.Settings);
        var id = await voice.CreatedIdAsync();

        // Everybody who may poll knows the conference, so its id opens neither the bridge nor anything else of a running call.
        foreach (var state in new[] { "Answered", "Bridged" })
        {
            using var forged = await voice.PostWebhookAsync($"isActive=1&sessionId={id}&callSessionState={state}");
            (await forged.Content.ReadAsStringAsync()).Should().EndWith("<Response/>");
        }
        using var answered = await voice.PostWebhookAsync("isActive=1&sessionId=ATVId_1&callSessionState=Answered");
        (await answered.Content.ReadAsStringAsync()).Should().Contain("<Dial ");

        using var evil = await voice.PostWebhookAsync(
            $"sessionId={id}&status=completed&duration=1&recordingUrl=http%3A%2F%2Fevil.example%2Fa.mp3");
        evil.StatusCode.Should().Be(HttpStatusCode.OK);
        (await voice.StatusAsync(id)).Status().Should().Be("processing");
        await voice.PostWebhookAsync(Final);
        await voice.PostWebhookAsync($"sessionId={id}&status=busy");

        var body = await voice.StatusAsync(id);
        (body.Status(), body.GetProperty("recording_url").GetString()).Should().Be(("completed", Audio));
        var timeline = await voice.Http.GetStringAsync($"/api/v1/voice/recordings/{id}/timeline");
        timeline.Should().Contain("its recording address does not count: http://evil.example/a.mp3")
            .And.Contain("a recording address, after another that does not count").And.Contain("busy, although its recording is known");
        voice.Log.Lines.Where(line => line.Level == LogLevel.Warning && line.Text.Contains(id) && line.Text.Contains("contradict")).Should()
            .HaveCount(2);
    }

    [Fact]
    public async Task Audio_whose_only_address_does_not_count_is_unavailable_after_the_deadline()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var provider = await ProviderDouble.StartAsync(_ => "ATVId_1");
        await using var voice = await VoiceHost.StartAsync(database, [.. provider.Settings, "--Recordings:ProcessingDeadline=00:00:00.5"]);
        var id = await voice.CreatedIdAsync();

        await voice.PostWebhookAsync(Final.Replace("a.at-internal.com", "evil.example"));

        (await voice.UntilFinalAsync(id)).FailureCode().Should().Be("audio_unavailable");
    }

    [SkippableTheory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_final_event_that_is_repeated_a_thousand_times_is_one_line_with_a_count_and_the_timeline_has_pages(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var provider = await ProviderDouble.StartAsync(_ => "ATVId_1");
        await using var voice = await VoiceHost.StartAsync(database, provider.Settings);
        var id = await voice.CreatedIdAsync();

        await Parallel.ForEachAsync(Enumerable.Range(0, 1001), new ParallelOptions { MaxDegreeOfParallelism = 50 }, async (_, _) =>
        {
            using var response = await voice.PostWebhookAsync(Final);
            response.StatusCode.Should().Be(HttpStatusCode.OK);
        });

        var entries = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = JsonDocument.Parse(await voice.Http.GetStringAsync($"/api/v1/voice/recordings/{id}/timeline?limit=2{cursor}"))
                .RootElement;
            page.GetProperty("entries").GetArrayLength().Should().BeInRange(1, 2);
            entries.AddRange(page.GetProperty("entries").EnumerateArray()
                .Select(entry => $"{entry.GetProperty("kind")}: {entry.GetProperty("detail")}"));
            cursor = page.GetProperty("next_cursor").GetString() is { } next ? $"&cursor={next}" : null;
        }
        entries.Should().HaveCount(5);
        entries.Should().ContainSingle(entry => entry.EndsWith("; it changed nothing (1000 times)"));
        foreach (var (query, field) in new[] { ("limit=0", "limit"), ("limit=501", "limit"), ("limit=x", "limit"), ("cursor=x", "cursor"),
            ("cursor=-1", "cursor") })
        {
            using var response = await voice.Http.GetAsync($"/api/v1/voice/recordings/{id}/timeline?{query}");
            Errors(await response.Content.ReadAsStringAsync()).Should().Equal(field);
        }
    }

    [SkippableTheory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Callbacks_that_are_broken_at_random_are_all_kept_and_hurt_nobody(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var provider = await ProviderDouble.StartAsync(_ => "ATVId_1");
        await using var voice = await VoiceHost.StartAsync(database, provider.Settings);
        var id = await voice.CreatedIdAsync();
        var json = JsonSerializer.Serialize(
            new { isActive = "0", sessionId = "ATVId_1", status = "Success", clientRequestId = id, amount = 4.5 });
        var random = new Random(20260115);

        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(number =>
        {
            var body = Bytes(
                number % 2 == 0 ? json : $"isActive=1&sessionId=ATVId_1&callSessionState=Ringing&clientRequestId={id}&x=%00&y={number}");
            for (var changes = random.Next(1, 6); changes > 0; changes--)
                body = random.Next(3) switch
                {
                    0 => [.. body[..random.Next(body.Length)], (byte)random.Next(256), .. body[random.Next(body.Length)..]],
                    1 => [.. body[..random.Next(1, body.Length)]],
                    _ => [.. body,
                        .. Bytes(new string[] { "\0", "%00", "\\ud800", "\uFEFF", "&sessionId=%", "null", "\"}" }[random.Next(7)])],
                };
            return PostAsync(voice, number % 2 == 0 ? "application/json" : Form, body);
        }));

        answers.Select(answer => (int)answer.StatusCode).Should().OnlyContain(status => status == 200 || status == 422);
        (await voice.PostWebhookAsync(Final)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await voice.StatusAsync(id)).Status().Should().Be("completed");
        voice.Log.Lines.Should().NotContain(line => line.Level > LogLevel.Warning);
    }

    [Theory]
    [InlineData("webhook", Form, "zz")]
    [InlineData("webhook", Form, "80000000")]
    [InlineData("webhook", "application/json", "ffffffffffffffff")]
    [InlineData("conference/create", "application/json", "80000000")]
    [InlineData("process", "application/json", "7fffffffff")]
    [InlineData("sms", Form, "80000000")]
    [InlineData("sms", "multipart/form-data; boundary=X", "80000000")]
    [InlineData("upload", "multipart/form-data; boundary=X", "80000000")]
    public async Task A_chunk_that_has_no_size_is_refused_with_a_sentence_and_loses_nobody_else(string route, string type, string size)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);

        var answer = await RawAsync(voice,
            $"POST /api/v1/voice/{route} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: {type}\r\n"
            + $"Transfer-Encoding: chunked\r\n\r\n{size}\r\nsessionId=S\r\n0\r\n\r\n");

        answer.Should().StartWith("HTTP/1.1 400").And.Contain("{\"detail\":\"");
        (await voice.PostWebhookAsync("sessionId=S")).StatusCode.Should().Be(HttpStatusCode.OK);
        voice.Log.Lines.Should().NotContain(line => line.Level > LogLevel.Warning);
    }

    private static async Task<string> RawAsync(VoiceHost voice, string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, voice.Http.BaseAddress!.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(10));
    }

    private static Task<HttpResponseMessage> PostAsync(VoiceHost voice, string type, byte[] body)
    {
        var content = new ByteArrayContent(body);
        if (type.Length > 0) content.Headers.TryAddWithoutValidation("Content-Type", type);
        return voice.Http.PostAsync("/api/v1/voice/webhook", content);
    }

    private static async Task<byte[]> LastBodyAsync(TestDatabase database)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT body FROM webhook_inbox ORDER BY inbox_id DESC LIMIT 1";
        return (byte[])(await command.ExecuteScalarAsync())!;
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Repeats_that_differ_only_in_what_nobody_reads_are_one_line_with_a_count(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var provider = await ProviderDouble.StartAsync(_ => "ATVId_1");
        await using var voice = await VoiceHost.StartAsync(database, provider.Settings);
        var id = await voice.CreatedIdAsync();

        for (var number = 0; number < 30; number++)
        {
            await voice.PostWebhookAsync($"isActive=1&sessionId=ATVId_1&callSessionState=Ringing&amount={number}");
            await voice.PostWebhookAsync($"{Final}&amount={number}");
        }

        var timeline = JsonDocument.Parse(await voice.Http.GetStringAsync($"/api/v1/voice/recordings/{id}/timeline")).RootElement;
        timeline.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("detail").GetString()).Skip(2).Should().Equal(
            "Ringing", "Completed, final, 42 s, with a recording address", "recording → completed",
            "Ringing; it changed nothing (29 times)",
            "Completed, final, 42 s, with a recording address; it changed nothing (29 times)");
        (await database.CountAsync("SELECT COUNT(*) FROM webhook_inbox")).Should().Be(60, "each is kept as it came");
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_running_call_is_answered_whatever_is_odd_about_its_state_and_ended_only_by_who_says_so(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var provider = await ProviderDouble.StartAsync(_ => "ATVId_1");
        await using var voice = await VoiceHost.StartAsync(database, provider.Settings);
        var id = await voice.CreatedIdAsync();

        string[] unclearOnes = ["isActive=&callSessionState=Completed", "callSessionState=Answered", "isActive=2&direction=Outbound"];
        foreach (var fields in unclearOnes)
        {
            using var unclear = await voice.PostWebhookAsync($"sessionId=ATVId_1&{fields}");
            Errors(await unclear.Content.ReadAsStringAsync()).Should().Equal("isActive");
        }
        using var answered = await voice.PostWebhookAsync(
            "isActive=1&isActive=1.0&sessionId=ATVId_1&callSessionState=Ringing&callSessionState=Answered&durationInSeconds=x");

        (await answered.Content.ReadAsStringAsync()).Should().Contain("<Dial ");
        (await voice.StatusAsync(id)).Status().Should().Be("recording");
        (await voice.Http.GetStringAsync($"/api/v1/voice/recordings/{id}/timeline")).Should()
            .Contain("Completed; it could not be read: isActive").And.Contain("Ringing or Answered");
    }

    private static byte[] Deflate(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionMode.Compress)) zlib.Write(body);
        return packed.ToArray();
    }

    private static byte[] Inflate(byte[] body)
    {
        using var bytes = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(body), CompressionMode.Decompress)) zlib.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static byte[] Zip(byte[] body)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionMode.Compress)) zip.Write(body);
        return zipped.ToArray();
    }

    private static byte[] Unzip(byte[] body)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress)) zip.CopyTo(bytes);
        return bytes.ToArray();
    }

    // Latin-1 is the one encoding in which any bytes are a text and come back as they were.
    private static byte[] Replace(byte[] body, string old, string by) => body switch
    {
        [0x1F, 0x8B, ..] => Zip(Replace(Unzip(body), old, by)),
        [0x78, 0x9C, ..] => Deflate(Replace(Inflate(body), old, by)),
        [_, 0, ..] => Encoding.Unicode.GetBytes(Encoding.Unicode.GetString(body).Replace(old, by)),
        _ => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(body).Replace(old, by)),
    };

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static IEnumerable<string> Errors(string body) =>
        JsonDocument.Parse(body).RootElement.GetProperty("errors").EnumerateObject().Select(error => error.Name);
}
