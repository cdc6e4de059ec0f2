using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
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
        var request = new HttpRequestMessage(HttpMethod.Get, "/swagger/v1/swagger.json") { Headers = { { "Origin", "https://shop.example" } } };
        using var response = await voice.Http.SendAsync(request);
        response.Headers.GetValues("Access-Control-Expose-Headers").Single().Split(',')
            .Should().BeEquivalentTo("ETag", "Location", "Retry-After", "Idempotent-Replayed", "Preference-Applied", "traceparent");
    }

    [Theory]
    [InlineData("http://localhost:5173", true)]
    [InlineData("http://localhost:4200", true)]
    [InlineData("http://127.0.0.1:3000", true)]
    [InlineData("http://[::1]:8080", true)]
    [InlineData("https://localhost", true)]
    [InlineData("http://localhost.evil.example", false)]
    [InlineData("http://evil.example", false)]
    [InlineData("null", false)]
    public async Task In_development_pages_of_this_machine_may_call_and_a_refused_one_is_one_line(string origin, bool mayCall)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        await using var production = await VoiceHost.StartAsync(database, "--environment=Production", "--Auth:ApiKeys:0=key");

        for (var call = 0; call < 3; call++) (await Origin(voice, origin)).Should().Be(mayCall ? origin : null);
        (await Origin(production, origin)).Should().BeNull();

        voice.Log.Lines.Count(line => line.Text.Contains("Cors:Origins") && line.Text.Contains(origin)).Should().Be(mayCall ? 0 : 1);
    }

    [Theory]
    [InlineData("Auth:ApiKeys:0", "--environment=Production")]
    [InlineData("ConnectionStrings:Voice", "--ConnectionStrings:Voice=nonsense")]
    [InlineData("ConnectionStrings:Voice", "--ConnectionStrings:Voice=Server=localhost")]
    [InlineData("ConnectionStrings:Voice", "--ConnectionStrings:Voice=Host=127.0.0.1;Port=1;Password=hunter2;Timeout=1", "--Database:MigrateOnStart=true")]
    [InlineData("ConnectionStrings:Voice", "--ConnectionStrings:Voice=Host=127.0.0.1;Pasword=hunter2")]
    [InlineData("Recordings:SetupDeadline must be a time such as 00:02:00", "--Recordings:SetupDeadline=soon")]
    [InlineData("Recordings:SetupDeadline must be a time such as 00:02:00", "--Recordings:SetupDeadline=120")]
    [InlineData("AfricasTalking:Timeout must be a time such as 00:02:00", "--AfricasTalking:Timeout=1")]
    [InlineData("AfricaTalking", "--AfricaTalking:ApiKey=hunter2")]
    [InlineData("Webhooks", "--Webhooks:Secrets:0=hunter2")]
    [InlineData("Url", "--Url=http://localhost:1")]
    [InlineData("ConnectionStrings:Voise", "--ConnectionStrings:Voise=Host=127.0.0.1;Password=hunter2")]
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

    [Theory]
    [InlineData("WEBHOOKS__SECRETS__0", true)]
    [InlineData("AfricaTalking__ApiKey", true)]
    [InlineData("CONNECTIONSTRING__VOICE", true)]
    [InlineData("OAUTH__CLIENT", false)]
    [InlineData("AUDIT__LOG", false)]
    [InlineData("SOMETHING__ELSE", false)]
    [InlineData("WEBHOOKS", false)]
    public void In_the_environment_only_what_all_but_has_a_name_of_ours_stops_the_start(string name, bool stops)
    {
        var prefix = $"voice_{Guid.NewGuid():N}_"; // Other tests share the environment.
        Environment.SetEnvironmentVariable(prefix + name, "hunter2");

        var check = () => SettingNames.Check((IConfigurationRoot)new ConfigurationBuilder().AddEnvironmentVariables(prefix).Build());

        if (stops) check.Should().Throw<SettingException>().Which.Message.Should().Contain(name.Split("__")[0]).And.NotContain("hunter2");
        else check.Should().NotThrow();
        Environment.SetEnvironmentVariable(prefix + name, null);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}", "another program")]
    [InlineData("http://192.0.2.1:{0}", "cannot listen")]
    [InlineData("https://127.0.0.1:0", "certificate")]
    public async Task An_address_that_cannot_be_listened_on_is_one_sentence_and_no_stack(string address, string sentence)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var log = new LogBook();
        await using var app = VoiceService.Build([
            "--environment=Development", $"--ConnectionStrings:Voice={database.ConnectionString}", "--Database:MigrateOnStart=false",
            "--Urls=" + address.Replace("{0}", $"{((IPEndPoint)taken.LocalEndpoint).Port}")]);
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);

        var start = await FluentActions.Awaiting(app.StartListeningAsync).Should().ThrowAsync<SettingException>();

        start.Which.Message.Should().Contain("Urls").And.Contain(sentence).And.NotContain("\n");
        log.Lines.Should().NotContain(line => line.Level > LogLevel.Warning);
    }

    [Fact]
    public void Every_setting_of_the_readme_is_known()
    {
        var readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"));
        var sections = Regex.Matches(readme, @"(?m)^\| `([A-Z]\w+)[:`]").Select(match => match.Groups[1].Value).Distinct().ToList();
        sections.Should().HaveCountGreaterThan(8);

        foreach (var section in sections)
            FluentActions.Invoking(() => SettingNames.Check((IConfigurationRoot)new ConfigurationBuilder()
                .AddInMemoryCollection([new(section == "ConnectionStrings" ? "ConnectionStrings:Voice" : section + ":X", "1")]).Build()))
                .Should().NotThrow(section);
    }

    private static async Task<string?> Origin(VoiceHost voice, string origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/voice/recordings/conf_1") { Headers = { { "Origin", origin } } };
        using var response = await voice.Http.SendAsync(request);
        return response.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null;
    }
}
