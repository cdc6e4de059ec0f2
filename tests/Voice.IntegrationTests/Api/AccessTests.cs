using System.Net;
using System.Net.Http.Headers;
using Voice.Api;
using Voice.Application;
using Voice.IntegrationTests.Infrastructure;

namespace Voice.IntegrationTests.Api;

public class AccessTests
{
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

        (await Origin(voice, "https://shop.example")).Should().Be("https://shop.example");
        (await Origin(voice, "https://evil.example")).Should().BeNull();
    }

    [Theory]
    [InlineData("Auth:ApiKeys:0", "--environment=Production")]
    [InlineData("ConnectionStrings:Voice", "--ConnectionStrings:Voice=nonsense")]
    [InlineData("ConnectionStrings:Voice", "--ConnectionStrings:Voice=Server=localhost")]
    [InlineData("ConnectionStrings:Voice", "--ConnectionStrings:Voice=Host=127.0.0.1;Port=1;Password=hunter2;Timeout=1", "--Database:MigrateOnStart=true")]
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
            "--environment=Development", $"--ConnectionStrings:Voice={database.ConnectionString}", "--Database:MigrateOnStart=false", .. settings]));

        start.Should().Throw<SettingException>().Which.Message.Should().Contain(name).And.NotContain("hunter2").And.NotContain("\n");
    }

    private static async Task<string?> Origin(VoiceHost voice, string origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/voice/recordings/conf_1") { Headers = { { "Origin", origin } } };
        using var response = await voice.Http.SendAsync(request);
        return response.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null;
    }
}
