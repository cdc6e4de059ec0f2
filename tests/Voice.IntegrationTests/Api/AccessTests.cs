using System.Net;
using System.Net.Http.Headers;
using Voice.Api;
using Voice.Application;

namespace Voice.IntegrationTests.Api;

public class AccessTests
{
    private static readonly string[] Sent = ["Authorization", "Content-Type", "Idempotency-Key", "If-None-Match", "Prefer"];

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("Bearer wrong", HttpStatusCode.Unauthorized)]
    [InlineData("Basic key-one", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer key-one", HttpStatusCode.NotFound)]
    [InlineData("bearer key-two", HttpStatusCode.NotFound)]
    public async Task A_key_admits_where_one_is_set(string? authorization, HttpStatusCode status)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, "--Auth:ApiKeys:0=key-one", "--Auth:ApiKeys:1=key-two");
        if (authorization is not null) voice.Http.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(authorization);

        using var response = await voice.Http.GetAsync("/api/v1/voice/recordings/conf_1");
        using var webhook = await voice.PostWebhookAsync("sessionId=S");

        response.StatusCode.Should().Be(status);
        (await response.Content.ReadAsStringAsync()).Should().StartWith("{\"detail\":\"");
        webhook.StatusCode.Should().Be(HttpStatusCode.OK, "the provider has no key");
    }

    [Fact]
    public async Task Front_ends_on_configured_origins_may_call_and_read_the_headers()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, "--Cors:Origins:0=https://shop.example");

        (await Allowed(voice, HttpMethod.Get, "https://shop.example", "Access-Control-Expose-Headers")).Should().Contain(
            "ETag", "Location", "Retry-After", "Idempotent-Replayed", "Preference-Applied");
        (await Allowed(voice, HttpMethod.Get, "https://shop.example", "Access-Control-Allow-Origin"))
            .Should().Equal("https://shop.example");
        (await Allowed(voice, HttpMethod.Get, "https://evil.example", "Access-Control-Allow-Origin")).Should().BeEmpty();
        (await Allowed(voice, HttpMethod.Options, "https://shop.example", "Access-Control-Allow-Headers")).Should().BeEquivalentTo(Sent);
        (await Allowed(voice, HttpMethod.Options, "https://evil.example", "Access-Control-Allow-Headers")).Should().BeEmpty();
    }

    [Theory]
    [InlineData("Auth:ApiKeys:0", "--environment=Production")]
    [InlineData("ConnectionStrings:Voice", "--ConnectionStrings:Voice=nonsense")]
    [InlineData("ConnectionStrings:Voice", "--ConnectionStrings:Voice=Server=localhost")]
    [InlineData("ConnectionStrings:Voice", "--ConnectionStrings:Voice=Host=127.0.0.1;Port=1;Password=hunter2;Timeout=1",
        "--Database:MigrateOnStart=true", "--Database:WaitOnStart=00:00:01")]
    [InlineData("ConnectionStrings:Voice", "--ConnectionStrings:Voice=Host=127.0.0.1;Port=1;Password=hunter2;Timeout=1",
        "--Database:WaitOnStart=00:00:01")]
    [InlineData("ConnectionStrings:Voice", "--ConnectionStrings:Voice=Host=127.0.0.1;Pasword=hunter2")]
    [InlineData("Recordings:SetupDeadline", "--Recordings:SetupDeadline=soon")]
    [InlineData("Recordings:SetupDeadline", "--Recordings:SetupDeadline=-00:00:01")]
    [InlineData("Sandbox:CallDuration", "--Sandbox:CallDuration=0")]
    [InlineData("Sandbox:CallDurration", "--Sandbox:CallDurration=00:00:01")]
    [InlineData("Webhook:Secret", "--Webhook:Secret=hunter2")]
    [InlineData("Webhook:PublicBaseUrl", "--Webhook:PublicBaseUrl=voice.example")]
    [InlineData("Webhook:Secrets", "--Webhook:Secrets:0=")]
    [InlineData("Auth:ApiKeys", "--Auth:ApiKeys:0= ")]
    [InlineData("Cors:Origins", "--Cors:Origins:0=https://shop.example/path")]
    [InlineData("AfricasTalking:Username", "--AfricasTalking:ApiKey=hunter2")]
    [InlineData("AfricasTalking:BaseUrl", "--AfricasTalking:BaseUrl=ftp://x")]
    [InlineData("Database:MigrateOnStart", "--Database:MigrateOnStart=maybe")]
    [InlineData("Urls", "--Urls=nonsense")]
    public async Task A_wrong_setting_stops_the_start_with_one_sentence_that_names_it(string name, params string[] settings)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);

        var start = FluentActions.Invoking(() => VoiceService.Build([
            "--environment=Development", $"--ConnectionStrings:Voice={database.ConnectionString}", "--Database:MigrateOnStart=false",
            .. settings]));

        start.Should().Throw<SettingException>().Which.Message.Should().Contain(name).And.NotContain("hunter2").And.NotContain("\n");
    }

    // What a browser's script on that origin is told it may, by that header; with OPTIONS before it sends what is not plain.
    private static async Task<string[]> Allowed(VoiceHost voice, HttpMethod method, string origin, string header)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/voice/recordings/conf_1") { Headers = { { "Origin", origin } } };
        if (method == HttpMethod.Options)
        {
            request.Headers.Add("Access-Control-Request-Method", "POST");
            request.Headers.Add("Access-Control-Request-Headers", string.Join(',', Sent));
        }
        using var response = await voice.Http.SendAsync(request);
        return response.Headers.TryGetValues(header, out var values) ? [.. values.SelectMany(value => value.Split(','))] : [];
    }
}
