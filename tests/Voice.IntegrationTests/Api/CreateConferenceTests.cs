using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Voice.IntegrationTests.Api;

public class CreateConferenceTests
{
    [SkippableTheory, OnBothDatabases]
    public async Task It_answers_as_documented_and_can_be_polled(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database, "--Webhook:Secrets:0=s3cret");

        using var response = await voice.CreateAsync();

        var id = response.Headers.Location!.ToString().Split('/')[^1];
        (await response.Content.ReadAsStringAsync()).Should().Be($$"""
            {"conference_id":"{{id}}","recording_url":null,"status":"active",
            "webhook_url":"{{voice.Address}}/api/v1/voice/webhook","parties":["+254712345678","+254787654321"]}
            """.ReplaceLineEndings(""));
        (await voice.UntilFinalAsync(id)).Status().Should().Be("completed");
    }

    [Fact]
    public async Task The_provider_is_asked_in_its_own_words()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var provider = await ProviderDouble.StartAsync(_ => "ATVId_1");
        await using var voice = await VoiceHost.StartAsync(database, provider.Settings);

        var id = await voice.CreatedIdAsync();

        provider.Keys.Should().Equal("the-api-key");
        provider.Calls.Should().ContainSingle().Which.ToDictionary(field => field.Key, field => field.Value.ToString()).Should().Equal(
            new Dictionary<string, string>
            {
                ["username"] = "us",
                ["from"] = "+254711082000",
                ["to"] = "+254712345678",
                ["clientRequestId"] = id,
            });
        (await voice.Http.GetAsync("/sandbox/recordings/1.mp3")).StatusCode.Should().Be(HttpStatusCode.NotFound, "the sandbox is off");
        voice.Log.Lines.Should().NotContain(line => line.Text.Contains("the-api-key") || line.Text.Contains("254712345678"));
    }

    [Theory]
    [InlineData(201,
        """{"entries":[{"phoneNumber":"+254712345678","status":"InvalidPhoneNumber","sessionId":"None"}],"errorMessage":"None"}""", 502,
        "invalid_number")]
    [InlineData(201,
        """{"entries":[{"phoneNumber":"+254712345678","status":"InsufficientCredit","sessionId":"None"}],"errorMessage":"None"}""", 502,
        "insufficient_credit")]
    [InlineData(200, """{"entries":[],"errorMessage":"Invalid callerId: 0718769881"}""", 502, "provider_refused")]
    [InlineData(400, "Request is missing required form field 'from'", 502, "provider_refused")]
    [InlineData(401, "The supplied authentication is invalid", 502, "provider_refused")]
    [InlineData(200, "<html></html>", 502, "outcome_unknown")]
    [InlineData(500, "oops", 502, "outcome_unknown")]
    public async Task Every_failure_of_the_provider_is_told_and_dials_once(int status, string body, int answer, string code)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var provider = await ProviderDouble.StartAsync((HttpStatusCode)status, body);
        await using var voice = await VoiceHost.StartAsync(database, provider.Settings);

        using var response = await voice.CreateAsync(key: "k");
        using var again = await voice.CreateAsync(key: "k");

        ((int)response.StatusCode).Should().Be(answer);
        (await voice.Http.GetFromJsonAsync(response.Headers.Location!)).FailureCode().Should().Be(code);
        again.StatusCode.Should().Be(response.StatusCode);
        again.Headers.GetValues("Idempotent-Replayed").Should().Equal("true");
        (await again.Content.ReadAsStringAsync()).Should().Be(await response.Content.ReadAsStringAsync());
        provider.Calls.Should().HaveCount(1);
        voice.Log.Lines.Should().NotContain(line => line.Level > LogLevel.Warning);
    }

    [SkippableTheory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Whatever_the_provider_answers_is_an_answer_with_a_location(Engine engine)
    {
        const string queued =
            """{"entries":[{"phoneNumber":"+254712345678","status":"Queued","sessionId":"ATVId_*"}],"errorMessage":"None"}""";
        (string Type, byte[] Body, int Status)[] answers =
        [
            ("application/json; charset=utf8", Encoding.UTF8.GetBytes(queued), 200),
            ("application/json; charset=ISO-8859-15", Encoding.UTF8.GetBytes(queued), 200),
            ("application/json; charset=klingon", Encoding.UTF8.GetBytes(queued), 200),
            ("application/json; charset=utf-7", Encoding.UTF8.GetBytes(queued), 200),
            ("application/json; charset=utf-16", Encoding.Unicode.GetBytes(queued), 200),
            ("application/json; charset=\"", Encoding.UTF8.GetBytes(queued), 200),
            ("garbage", Encoding.UTF8.GetBytes("\uFEFF" + queued), 200),
            ("application/json", Encoding.UTF8.GetBytes(queued.Replace("\"None\"", "\"\\ud800\"")), 200),
            ("application/json",
                Encoding.UTF8.GetBytes(queued.Replace("\"None\"", "{\"\\udc00\":[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]}")), 200),
            ("application/json", [.. Encoding.UTF8.GetBytes(queued.Replace("\"None\"}", "\"Telef")), 0xF3, .. "nica\"}"u8], 200),
            ("application/json", Encoding.UTF8.GetBytes(queued.Replace("Queued", "Odd \\ud800 \\u0000 word")), 502),
            ("application/json", Encoding.UTF8.GetBytes(queued.Replace("ATVId_*", "a\\u0000 \\ud800 b")), 502),
            ("application/json", Encoding.UTF8.GetBytes(queued.Replace("\"ATVId_*\"", "{}")), 502),
            ("application/json", new byte[100_000], 502),
            ("application/json", [0xFF, 0xFE, 0x00], 502),
        ];
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var provider = await ProviderDouble.StartAsync(async (number, context) =>
        {
            context.Response.StatusCode = 201;
            context.Response.Headers.ContentType = answers[number - 1].Type;
            var body = answers[number - 1].Body;
            await context.Response.Body.WriteAsync(Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(body).Replace("*", $"{number}")));
        });
        await using var voice = await VoiceHost.StartAsync(database, provider.Settings);

        foreach (var (type, body, status) in answers)
        {
            var key = Guid.NewGuid().ToString();
            using var response = await voice.CreateAsync(key: key);
            using var again = await voice.CreateAsync(key: key);

            ((int)response.StatusCode).Should().Be(status, $"{type} {Encoding.UTF8.GetString(body)[..Math.Min(80, body.Length)]}");
            response.Headers.Location.Should().NotBeNull();
            again.StatusCode.Should().Be(response.StatusCode, "a repeat is told the same and is no conflict");
            (await voice.Http.GetFromJsonAsync(response.Headers.Location!)).Status().Should().Be(status == 200 ? "recording" : "failed");
        }
        provider.Calls.Should().HaveCount(answers.Length);
        voice.Log.Lines.Should().NotContain(line => line.Level > LogLevel.Warning);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_provider_that_answers_nonsense_was_there_and_one_that_hangs_up_was_not(Engine engine)
    {
        (string Answer, int Status)[] answers =
        [
            ("HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{\"entries\":[", 502),
            ("HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n", 502),
            ("HTTP/1.1 201 Created\r\nContent-Length: 100000\r\n\r\n" + new string(' ', 100_000), 502),
            ("HTTP/1.1 201 Created\r\nContent-Length: abc\r\n\r\n{}", 502),
            ("HTTP/1.1 201 Created\r\nX: " + new string('x', 100_000) + "\r\n\r\n{}", 502),
            ("SSH-2.0-OpenSSH_9.2\r\n", 502),
            ("{\"entries\":[]}\r\n\r\n", 502),
            ("", 503),
        ];
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var provider = new RawDouble(number => answers[number - 1].Answer);
        await using var voice = await VoiceHost.StartAsync(database, $"--AfricasTalking:BaseUrl={provider.Address}",
            "--AfricasTalking:ApiKey=k", "--AfricasTalking:Username=u", "--AfricasTalking:VoiceNumber=+254711082000");

        foreach (var (answer, status) in answers)
        {
            using var response = await voice.CreateAsync();

            ((int)response.StatusCode).Should().Be(status, answer[..Math.Min(answer.Length, 60)]);
            (await voice.Http.GetFromJsonAsync(response.Headers.Location!)).FailureCode().Should().Be("outcome_unknown");
        }
        provider.Requests.Should().Be(answers.Length);
        voice.Log.Lines.Should().NotContain(line => line.Level > LogLevel.Warning);
    }

    [Fact]
    public async Task A_cookie_of_the_providers_is_not_sent_back()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var provider = new RawDouble(number =>
            $$"""{"entries":[{"status":"Queued","sessionId":"ATVId_{{number}}"}],"errorMessage":"None"}""" is var body
                ? $"HTTP/1.1 201 Created\r\nSet-Cookie: s=a\u0080b\r\nContent-Length: {body.Length}\r\n\r\n{body}" : "");
        await using var voice = await VoiceHost.StartAsync(database, $"--AfricasTalking:BaseUrl={provider.Address}",
            "--AfricasTalking:ApiKey=k", "--AfricasTalking:Username=u", "--AfricasTalking:VoiceNumber=+254711082000");

        for (var call = 0; call < 3; call++) (await voice.CreateAsync()).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_provider_that_is_not_there_was_not_asked()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        var provider = await ProviderDouble.StartAsync(_ => "never");
        await provider.DisposeAsync();
        await using var voice = await VoiceHost.StartAsync(database, "--AfricasTalking:BaseUrl=http://127.0.0.1:9",
            "--AfricasTalking:ApiKey=k", "--AfricasTalking:Username=u", "--AfricasTalking:VoiceNumber=+254711082000");

        using var response = await voice.CreateAsync();

        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter.Should().NotBeNull();
        (await voice.Http.GetFromJsonAsync(response.Headers.Location!)).FailureCode().Should().Be("provider_unreachable");
    }

    [Fact]
    public async Task A_provider_that_hangs_leaves_the_outcome_unknown_until_it_calls_back()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var provider = await ProviderDouble.StartAsync((_, context) => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var voice = await VoiceHost.StartAsync(database, [.. provider.Settings, "--AfricasTalking:Timeout=00:00:00.3"]);

        using var response = await voice.CreateAsync();
        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        var id = response.Headers.Location!.ToString().Split('/')[^1];
        (await voice.StatusAsync(id)).FailureCode().Should().Be("outcome_unknown");

        // It had placed the call after all: its echo of our id is all that tells.
        var answered = await voice.PostWebhookAsync($"isActive=1&callSessionState=Answered&sessionId=ATVId_9&clientRequestId={id}");
        await voice.PostWebhookAsync("isActive=0&callSessionState=Completed&sessionId=ATVId_9&dialDurationInSeconds=42"
            + "&recordingUrl=https%3A%2F%2Fa.at-internal.com%2F1.mp3");

        (await answered.Content.ReadAsStringAsync()).Should().Contain("phoneNumbers=\"+254787654321\"");
        (await voice.StatusAsync(id)).Status().Should().Be("completed");
        provider.Calls.Should().HaveCount(1);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task The_same_key_dials_once_however_often_and_at_once_it_is_sent(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var provider = await ProviderDouble.StartAsync(async (number, context) =>
        {
            await Task.Delay(200);
            await ProviderDouble.TakeAsync(context, $"ATVId_{number}");
        });
        await using var voice = await VoiceHost.StartAsync(database, provider.Settings);

        var responses = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => voice.CreateAsync(key: "one key")));
        using var after = await voice.CreateAsync(key: "one key");
        using var other = await voice.CreateAsync(other: "+254787654322", key: "one key");

        responses.Select(response => (int)response.StatusCode)
            .Should().OnlyContain(status => status == 200 || status == 409).And.ContainSingle(status => status == 200);
        var first = responses.Single(response => response.IsSuccessStatusCode);
        (await after.Content.ReadAsStringAsync()).Should().Be(await first.Content.ReadAsStringAsync());
        after.Headers.GetValues("Idempotent-Replayed").Should().Equal("true");
        after.Headers.Location.Should().Be(first.Headers.Location);
        other.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        provider.Calls.Should().HaveCount(1);
    }

    [Theory]
    [InlineData("", "body")]
    [InlineData("{", "body")]
    [InlineData("null", "body")]
    [InlineData("[]", "body")]
    [InlineData("\"text\"", "body")]
    [InlineData("{}", "parties")]
    [InlineData("""{"parties":null}""", "parties")]
    [InlineData("""{"parties":"+254712345678"}""", "parties")]
    [InlineData("""{"parties":[]}""", "parties")]
    [InlineData("""{"parties":["+254712345678"]}""", "parties")]
    [InlineData("""{"parties":["+254712345678","+254712345678"]}""", "parties")]
    [InlineData("""{"parties":["+254712345678","+254787654321","+254700000001"]}""", "parties")]
    [InlineData("""{"parties":["+254712345678",null]}""", "parties[1]")]
    [InlineData("""{"parties":["+254712345678",7]}""", "parties[1]")]
    [InlineData("""{"parties":["+254712345678",["x"]]}""", "parties[1]")]
    [InlineData("""{"parties":["+254712345678","+٢٥٤٧٨٧٦٥٤٣٢١"]}""", "parties[1]")]
    [InlineData("""{"parties":["+254712345678","'; DROP TABLE voice_recordings;--"]}""", "parties[1]")]
    [InlineData("""{"parties":["+254712345678","+254787654321"],"contract_type":"x"}""", "contract_type")]
    [InlineData("""{"parties":["+254712345678","+254787654321"],"contract_type":7}""", "contract_type")]
    [InlineData("""{"parties":["+254712345678","+254787654321"],"expected_duration":0}""", "expected_duration")]
    [InlineData("""{"parties":["+254712345678","+254787654321"],"expected_duration":14401}""", "expected_duration")]
    [InlineData("""{"parties":["+254712345678","+254787654321"],"expected_duration":99999999999}""", "expected_duration")]
    [InlineData("""{"parties":["+254712345678","+254787654321"],"expected_duration":1.5}""", "expected_duration")]
    [InlineData("""{"parties":["+254712345678","+254787654321"],"expected_duration":"600"}""", "expected_duration")]
    public async Task Invalid_input_names_the_field_and_stores_nothing(string body, string field)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);

        await Refused(voice, body, 422, field);

        (await database.CountAsync("SELECT COUNT(*) FROM voice_recordings")).Should().Be(0);
    }

    [Fact]
    public async Task Absurd_input_is_refused_too()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        var tenThousand = string.Join(',', Enumerable.Range(0, 10_000).Select(number => $"\"+2547{number:D8}\""));

        await Refused(voice, $$"""{"parties":[{{tenThousand}}]}""", 422, "parties");
        await Refused(voice, """{"parties":""" + new string('[', 5000) + new string(']', 5000) + "}", 422, "parties[0]");
        await Refused(voice, """{"deep":""" + new string('[', 5000) + new string(']', 5000) + "}", 422);
        await Refused(voice, $$"""{"parties":["{{new string('1', 500_000)}}","+254787654321"]}""", 422, "parties[0]");
        await Refused(voice, new string(' ', 1_200_000), 413);
        await Refused(voice, "{}", 415, mediaType: "text/plain");
        await Refused(voice, """{"parties":["+254712345678","+254787654321"]}""", 422, "Idempotency-Key", key: new string('k', 256));

        (await database.CountAsync("SELECT COUNT(*) FROM voice_recordings")).Should().Be(0);
    }

    private static async Task Refused(VoiceHost voice, string body, int status, string? field = null, string mediaType = "application/json",
        string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/voice/conference/create")
        {
            Content = new StringContent(body, Encoding.UTF8, mediaType),
        };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        request.Headers.ExpectContinue = true; // Who is refused before the body was read hears why.
        using var response = await voice.Http.SendAsync(request);

        ((int)response.StatusCode).Should().Be(status);
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        answer.GetProperty("detail").GetString().Should().NotBeNullOrEmpty().And.NotContain("System.").And.NotContain("LineNumber");
        if (field is not null) answer.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Equal(field);
        voice.Log.Lines.Should().NotContain(line => line.Level > LogLevel.Warning);
    }
}

internal static class HttpJson
{
    public static async Task<JsonElement> GetFromJsonAsync(this HttpClient http, Uri address) =>
        JsonDocument.Parse(await http.GetStringAsync(address)).RootElement;
}
