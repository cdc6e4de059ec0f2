using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Voice.IntegrationTests.Api;

public class WebhookTests
{
    private const string Answered = "event-answered.form";
    private const string Ringing = "event-ringing.form";
    private const string Busy = "event-final-busy.form";
    private const string Carry = """<?xml version="1.0" encoding="UTF-8"?><Response/>""";
    private const string AudioForm = "https%3A%2F%2Fgigantic.keller-shockley.at-internal.com%2F0123456789abcdef0123456789abcdef.mp3";
    private const string Audio = "https://gigantic.keller-shockley.at-internal.com/0123456789abcdef0123456789abcdef.mp3";

    [SkippableTheory, OnBothDatabases]
    public async Task The_recorded_events_in_every_order_and_doubled_end_the_same(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var provider = await ProviderDouble.StartAsync(number => $"ATVId_{number}");
        await using var voice = await VoiceHost.StartAsync(database, provider.Settings);
        var orders = Orders([Ringing, Ringing, Answered, Answered, Busy, Busy]).ToList();
        orders.Should().HaveCount(90);

        for (var number = 1; number <= orders.Count; number++)
        {
            var id = await voice.CreatedIdAsync();
            foreach (var fixture in orders[number - 1])
                (await voice.PostWebhookAsync(Fixture(fixture, $"ATVId_{number}"))).StatusCode.Should().Be(HttpStatusCode.OK);
            (await voice.StatusAsync(id)).FailureCode().Should().Be("busy");
        }
        (await database.CountAsync("SELECT COUNT(*) FROM webhook_inbox WHERE applied_at IS NULL")).Should().Be(0);
        voice.Log.Lines.Should().NotContain(line => line.Level > LogLevel.Warning || line.Text.Contains("254705336634"));
    }

    [SkippableTheory, OnBothDatabases]
    public async Task The_recorded_events_as_they_are_each_find_their_own_call_even_when_they_come_first(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        string[] sessions =
            ["ATVId_0496051a90c295c4fa62fac955555a6b", "ATVId_11163e2ea9a58f3a7999fecda8eeb43a", "ATVId_b1782591735cb0a658b2c0da6cdb2abf"];
        await using var provider = await ProviderDouble.StartAsync(number => sessions[number - 1]);
        await using var voice = await VoiceHost.StartAsync(database, provider.Settings);
        foreach (var fixture in new[] { Busy, Busy, Ringing, Answered })
            (await voice.PostWebhookAsync(Fixture(fixture))).StatusCode.Should().Be(HttpStatusCode.OK);

        var ids = new List<string>();
        foreach (var _ in sessions) ids.Add(await voice.CreatedIdAsync());

        (await voice.StatusAsync(ids[0])).Status().Should().Be("recording");
        (await voice.StatusAsync(ids[1])).Status().Should().Be("recording");
        (await voice.StatusAsync(ids[2])).FailureCode().Should().Be("busy");
    }

    [Fact]
    public async Task Only_the_answered_event_gets_the_bridge_and_gets_it_again()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var provider = await ProviderDouble.StartAsync(_ => "ATVId_1");
        await using var voice = await VoiceHost.StartAsync(database, provider.Settings);
        await voice.CreatedIdAsync();

        (await Actions(voice, Fixture(Ringing, "ATVId_1"))).Should().Be(Carry);
        var bridge = await Actions(voice, Fixture(Answered, "ATVId_1"));
        bridge.Should().StartWith("""<?xml version="1.0" encoding="UTF-8"?><Response><Say>""").And.EndWith(
            """<Dial record="true" sequential="true" phoneNumbers="+254787654321" maxDuration="1200" callerId="+254711082000"/>"""
            + "</Response>");
        (await Actions(voice, Fixture(Answered, "ATVId_1"))).Should().Be(bridge);
        (await Actions(voice, "isActive=1&sessionId=ATVId_1&callSessionState=Answered&callStartTime=later")).Should().Be(Carry);
        (await Actions(voice, "isActive=1&sessionId=ATVId_1&callSessionState=Bridged")).Should().Be(Carry);
        (await Actions(voice, Fixture(Answered, "ATVId_unknown"))).Should().Be(Carry);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_phone_that_is_answered_before_create_has_returned_is_bridged(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        VoiceHost? host = null;
        var early = new TaskCompletionSource<Task<HttpResponseMessage>>();
        await using var provider = await ProviderDouble.StartAsync(async (_, context) =>
        {
            early.SetResult(host!.PostWebhookAsync(Fixture(Answered)));
            await Task.Delay(300);
            context.Response.StatusCode = 201;
            await context.Response.WriteAsync(TestKit.Fixture.Text("call-queued.json")
                .Replace("ATVId_d975fb98317557654018addf8f6cb396", "ATVId_11163e2ea9a58f3a7999fecda8eeb43a"));
        });
        await using var voice = host = await VoiceHost.StartAsync(database, provider.Settings);

        await voice.CreatedIdAsync();

        using var answer = await await early.Task;
        (await answer.Content.ReadAsStringAsync()).Should().Contain("phoneNumbers=\"+254787654321\"");
    }

    [SkippableTheory]
    [InlineData(Engine.Sqlite, "application/json")]
    [InlineData(Engine.Postgres, "application/json; charset=utf-8")]
    public async Task The_short_vocabulary_completes_by_conference_id(Engine engine, string contentType)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var provider = await ProviderDouble.StartAsync(_ => "ATVId_1");
        await using var voice = await VoiceHost.StartAsync(database, provider.Settings);
        var id = await voice.CreatedIdAsync();

        using var later = await Json(voice, new { sessionId = id, status = "completed", duration = 342 }, contentType);
        (await voice.StatusAsync(id))
            .Should().Match<JsonElement>(body => body.Status() == "processing" && body.GetProperty("duration").GetInt32() == 342);
        using var final = await Json(voice, new { sessionId = id, recordingUrl = Audio }, contentType);
        using var forged = await Json(voice, new { sessionId = id, recordingUrl = "https://evil.example/1.mp3", duration = 1 },
            contentType);

        (await final.Content.ReadAsStringAsync()).Should().Be($$"""{"status":"webhook_processed","session_id":"{{id}}"}""");
        (await forged.Content.ReadAsStringAsync()).Should().Be(await final.Content.ReadAsStringAsync());
        var body = await voice.StatusAsync(id);
        body.GetProperty("recording_url").GetString().Should().Be(Audio);
        body.GetProperty("duration").GetInt32().Should().Be(342);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task An_unreadable_event_names_the_field_and_is_kept(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database);

        foreach (var (body, field) in ((string, string)[])
            [
                ("isActive=0", "sessionId"), ("sessionId=S&duration=-1", "duration"), ("sessionId=S&recordingUrl=nowhere", "recordingUrl"),
                ("sessionId=%00", "sessionId"),
            ])
        {
            using var response = await voice.PostWebhookAsync(body);
            response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
            JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("errors").TryGetProperty(field, out _)
                .Should().BeTrue();
        }
        (await database.CountAsync("SELECT COUNT(*) FROM webhook_inbox WHERE problem IS NOT NULL")).Should().Be(4);
        voice.Log.Lines.Should().NotContain(line => line.Level > LogLevel.Warning);
    }

    [Fact]
    public async Task Huge_bodies_and_other_methods_are_refused()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);

        using var huge = await voice.PostWebhookAsync("sessionId=" + new string('S', 100_000));
        using var get = await voice.Http.GetAsync("/api/v1/voice/webhook");

        huge.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        get.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        foreach (var response in new[] { huge, get })
            (await response.Content.ReadAsStringAsync()).Should().StartWith("{\"detail\":\"");
        (await database.CountAsync("SELECT COUNT(*) FROM webhook_inbox")).Should().Be(0);
    }

    [Theory]
    [InlineData("?token=old secret", true)]
    [InlineData("?token=new%2Fsecret", true)]
    [InlineData("/old%20secret", true)]
    [InlineData("", false)]
    [InlineData("?token=", false)]
    [InlineData("?token=old", false)]
    [InlineData("/wrong", false)]
    [InlineData("/new/secret", true)]
    [InlineData("/new%2fsecret", true)]
    [InlineData("/new/secret/more", false)]
    [InlineData("?token=new/secret", true)]
    [InlineData("?token=x&token=new/secret", true)]
    public async Task A_secret_admits_by_query_or_path_and_two_are_valid_at_once(string query, bool admitted)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, "--Webhook:Secrets:0=old secret", "--Webhook:Secrets:1=new/secret",
            "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft=Trace");

        using var response = await voice.PostWebhookAsync("sessionId=S", query);

        response.StatusCode.Should().Be(admitted ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
        (await database.CountAsync("SELECT COUNT(*) FROM webhook_inbox")).Should().Be(admitted ? 1 : 0);
        voice.Log.Lines.Should().NotContain(line => line.Text.Contains("old secret") || line.Text.Contains("old%20secret")
            || line.Text.Contains("new%2Fsecret"));
    }

    [Theory]
    [InlineData("?token=aB+/c+d/==")]
    [InlineData("?token=aB%2B%2Fc%2Bd%2F%3D%3D")]
    [InlineData("?token=aB%2b%2fc%2bd%2f==")]
    [InlineData("/aB+/c+d/==")]
    [InlineData("/aB%2B%2Fc%2Bd%2F%3D%3D")]
    [InlineData("/aB%2b/c+d%2F==")]
    public async Task A_random_secret_is_admitted_whether_its_plus_and_slash_are_escaped_or_not(string query)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, "--Webhook:Secrets:0=aB+/c+d/==");

        (await voice.PostWebhookAsync("sessionId=S", query)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await voice.PostWebhookAsync("sessionId=S", query.Replace("c", "x"))).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [SkippableFact]
    public async Task Two_instances_share_one_postgres()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Postgres);
        await using var provider = await ProviderDouble.StartAsync(_ => "ATVId_1");
        await using var one = await VoiceHost.StartAsync(database, provider.Settings);
        await using var other = await VoiceHost.StartAsync(database, provider.Settings);

        var id = await one.CreatedIdAsync();
        (await Actions(other, Fixture(Answered, "ATVId_1"))).Should().Contain("<Dial ");
        await other.PostWebhookAsync(
            $"isActive=0&sessionId=ATVId_1&callSessionState=Completed&status=Success&dialDurationInSeconds=42&recordingUrl={AudioForm}");

        (await one.StatusAsync(id)).Status().Should().Be("completed");
        (await other.StatusAsync(id)).Status().Should().Be("completed");
    }

    [SkippableTheory, OnBothDatabases]
    public async Task The_same_final_event_at_once_from_many_is_applied_once(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var provider = await ProviderDouble.StartAsync(_ => "ATVId_1");
        await using var voice = await VoiceHost.StartAsync(database, provider.Settings);
        var id = await voice.CreatedIdAsync();

        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            voice.PostWebhookAsync($"isActive=0&sessionId=ATVId_1&callSessionState=Completed&recordingUrl={AudioForm}")));

        responses.Should().OnlyContain(response => response.StatusCode == HttpStatusCode.OK);
        (await voice.StatusAsync(id)).Status().Should().Be("completed");
        (await database.CountAsync("SELECT COUNT(*) FROM webhook_inbox")).Should().Be(1);
        (await database.CountAsync("SELECT COUNT(*) FROM voice_timeline WHERE kind = 'status_changed'")).Should().Be(1);
    }

    private static async Task<string> Actions(VoiceHost voice, string form)
    {
        using var response = await voice.PostWebhookAsync(form);
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/xml");
        return await response.Content.ReadAsStringAsync();
    }

    private static Task<HttpResponseMessage> Json(VoiceHost voice, object body, string contentType)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(body)));
        content.Headers.Add("Content-Type", contentType);
        return voice.Http.PostAsync("/api/v1/voice/webhook", content);
    }

    private static string Fixture(string name, string? session = null) => session is null
        ? TestKit.Fixture.Text(name)
        : System.Text.RegularExpressions.Regex.Replace(TestKit.Fixture.Text(name), "ATVId_[0-9a-f]+", session);

    private static IEnumerable<string[]> Orders(string[] items) => items.Length == 0
        ? [[]]
        : items.Distinct()
            .SelectMany(first => Orders([.. items.TakeWhile(item => item != first), .. items.SkipWhile(item => item != first).Skip(1)])
            .Select(rest => (string[])[first, .. rest]));
}
