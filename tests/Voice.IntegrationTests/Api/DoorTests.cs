using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Voice.Api;
using Voice.Application;
using Voice.Application.Access;
using Voice.Infrastructure.Access;

namespace Voice.IntegrationTests.Api;

/// <summary>What comes through a door that is not its own is refused.</summary>
public class DoorTests
{
    private const string Create = "/api/v1/voice/conference/create";
    private const string Webhook = "/api/v1/voice/webhook";
    private const string Parties = """{"parties":["+254712345678","+254787654321"]}""";

    [Theory]
    [InlineData("", "Auth:ApiKeys:0 Webhook:Secrets:0 AfricasTalking:ApiKey Webhook:PublicBaseUrl")]
    [InlineData("key", "Webhook:Secrets:0 AfricasTalking:ApiKey Webhook:PublicBaseUrl")]
    [InlineData("stored", "Webhook:Secrets:0 AfricasTalking:ApiKey Webhook:PublicBaseUrl")]
    [InlineData("revoked", "Auth:ApiKeys:0 Webhook:Secrets:0 AfricasTalking:ApiKey Webhook:PublicBaseUrl")]
    [InlineData("key secret", "AfricasTalking:ApiKey Webhook:PublicBaseUrl")]
    [InlineData("key open", "AfricasTalking:ApiKey Webhook:PublicBaseUrl")]
    [InlineData("key open sandbox", "Webhook:PublicBaseUrl")]
    [InlineData("key secret provider", "Webhook:PublicBaseUrl")]
    [InlineData("secret provider address", "Auth:ApiKeys:0")]
    [InlineData("open sandbox address", "Auth:ApiKeys:0")]
    [InlineData("key secret provider address", "")]
    [InlineData("stored open sandbox address", "")]
    public async Task Outside_development_all_that_is_missing_is_asked_for_at_once_by_name(string has, string asks)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        var keys = new ApiKeyRepository(database.Source);
        if (has.Contains("stored") || has.Contains("revoked"))
            await keys.AddAsync(ApiKey.New("k", [Scope.Read], TheRecording.Start).Key, default);
        if (has.Contains("revoked")) await keys.RevokeAsync("k", TheRecording.Start, default);
        var settings = has.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => word switch
        {
            "key" => ["--Auth:ApiKeys:0=hunter2"],
            "secret" => ["--Webhook:Secrets:0=hunter2"],
            "open" => ["--Webhook:Open=true"],
            "sandbox" => ["--Sandbox:InProduction=true"],
            "address" => ["--Webhook:PublicBaseUrl=https://voice.example"],
            "provider" => ["--AfricasTalking:ApiKey=hunter2", "--AfricasTalking:Username=u", "--AfricasTalking:VoiceNumber=+254711082000"],
            _ => Array.Empty<string>(),
        });

        var start = FluentActions.Invoking(() => VoiceService.Build([
            "--environment=Staging", $"--ConnectionStrings:Voice={database.ConnectionString}", "--Database:MigrateOnStart=false",
            .. settings]));

        if (asks.Length == 0) start.Should().NotThrow();
        else
            Regex.Matches(start.Should().Throw<SettingException>().Which.Message, @"[A-Za-z:0]+(?= must be set)")
                .Select(match => match.Value).Should().Equal(asks.Split(' '));
    }

    [SkippableTheory, OnBothDatabases]
    public async Task In_production_the_sandbox_works_behind_the_key_and_nothing_a_request_says_of_itself_is_handed_out(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database, Production.Settings);
        voice.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Production.Key);
        voice.Http.DefaultRequestHeaders.Host = "evil.example";
        voice.Http.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example");
        voice.Http.DefaultRequestHeaders.Add("Forwarded", "host=evil.example");

        using var created = await voice.Http.PostAsync(Create, Json(Parties));

        var body = await created.Content.ReadAsStringAsync();
        JsonDocument.Parse(body).RootElement.GetProperty("webhook_url").GetString()
            .Should().Be(Production.PublicBaseUrl + "/api/v1/voice/webhook");
        body.Should().NotContain("evil.example").And.NotContain("only");
        created.Headers.Location!.ToString().Should().StartWith("/api/v1/voice/recordings/");
        var done = await voice.UntilFinalAsync(created.Headers.Location.ToString().Split('/')[^1]);
        done.Status().Should().Be("completed");
        done.GetProperty("recording_url").GetString().Should().StartWith(Production.PublicBaseUrl + "/sandbox/recordings/ATVId_");
        voice.Http.DefaultRequestHeaders.Authorization = null;
        (await voice.Http.GetAsync("/sandbox/sms")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        using var call = await voice.Http.PostAsync("/sandbox/call", new FormUrlEncodedContent([new("to", "+254712345678")]));
        call.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    [InlineData("evil.example:8000", HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.1.evil.example", HttpStatusCode.BadRequest)]
    [InlineData("localhost", HttpStatusCode.NotFound)]
    [InlineData("localhost:1", HttpStatusCode.NotFound)]
    [InlineData("127.0.0.1:8000", HttpStatusCode.NotFound)]
    [InlineData("[::1]:8000", HttpStatusCode.NotFound)]
    public async Task In_development_only_hosts_of_this_machine_are_served(string host, HttpStatusCode expected)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        await using var told = await VoiceHost.StartAsync(database, "--AllowedHosts=*");

        var (status, body) = await FromHostAsync(voice, host);

        status.Should().Be(expected);
        body.Should().StartWith("{\"detail\":\"").And.NotContain("evil");
        (await FromHostAsync(told, host)).Status.Should().Be(HttpStatusCode.NotFound, "AllowedHosts names every host");
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(null, "same-origin", true)]
    [InlineData(null, "none", true)]
    [InlineData(null, "cross-site", false)]
    [InlineData(null, "same-site", false)]
    [InlineData(null, "nonsense", false)]
    [InlineData("https://evil.example", null, false)]
    [InlineData("https://evil.example", "cross-site", false)]
    [InlineData("https://evil.example", "same-site", false)]
    [InlineData("null", null, false)]
    [InlineData("null", "cross-site", false)]
    [InlineData("https://shop.example.evil.example", "cross-site", false)]
    [InlineData("https://shop.example", null, true)]
    [InlineData("https://shop.example", "cross-site", true)]
    [InlineData("https://voice.example", null, true)]
    [InlineData("https://voice.example", "same-origin", true)]
    public async Task A_page_of_another_site_posts_nothing_anywhere(string? origin, string? site, bool isAdmitted)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, [.. Production.Settings, "--Cors:Origins:0=https://shop.example"]);
        voice.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Production.Key);
        if (origin is not null) voice.Http.DefaultRequestHeaders.Add("Origin", origin);
        if (site is not null) voice.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", site);
        var secret = "?token=" + Uri.EscapeDataString(Production.Secret);

        foreach (var path in new[]
            { Webhook + secret, "/api/v1/voice/sms" + secret, "/api/v1/voice/upload", Create, "/sandbox/call", "/nowhere" })
        {
            using var response = await voice.Http.PostAsync(path, path == Create ? Json(Parties)
                : new FormUrlEncodedContent([new("sessionId", "S"), new("to", "+254712345678")]));
            if (isAdmitted) response.StatusCode.Should().NotBe(HttpStatusCode.Forbidden, path);
            else
            {
                response.StatusCode.Should().Be(HttpStatusCode.Forbidden, path);
                (await response.Content.ReadAsStringAsync()).Should().StartWith("{\"detail\":\"");
            }
        }
        (await voice.Http.GetAsync("/api/v1/voice/recordings")).StatusCode.Should().Be(HttpStatusCode.OK, "reading changes nothing");
        if (!isAdmitted) (await database.CountAsync("SELECT COUNT(*) FROM webhook_inbox")).Should().Be(0);
    }

    [Theory]
    [InlineData("http://localhost:5173", true)]
    [InlineData("http://evil.example", false)]
    public async Task In_development_pages_of_this_machine_may_post(string origin, bool isAdmitted)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        voice.Http.DefaultRequestHeaders.Add("Origin", origin);
        voice.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");

        using var response = await voice.PostWebhookAsync("sessionId=S");

        response.StatusCode.Should().Be(isAdmitted ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.0/8", true)]
    public async Task Forwarded_headers_count_only_from_a_known_proxy(string known, bool counts)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(
            database, [.. Production.Settings, .. known.Length == 0 ? (string[])[] : [$"--Proxy:Known:0={known}"]]);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/voice/recordings");
        request.Headers.Add("X-Forwarded-Proto", "https");

        using var response = await voice.Http.SendAsync(request);

        response.Headers.Contains("Strict-Transport-Security").Should().Be(counts, "it is told where the caller speaks https");
    }

    [Theory]
    [InlineData("10.0.0.1/33")]
    [InlineData("proxy.example")]
    [InlineData("")]
    public async Task A_proxy_that_cannot_be_meant_stops_the_start(string known)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);

        FluentActions.Invoking(() => VoiceService.Build(["--environment=Development",
            $"--ConnectionStrings:Voice={database.ConnectionString}", "--Database:MigrateOnStart=false", $"--Proxy:Known:0={known}"]))
            .Should().Throw<SettingException>().Which.Message.Should().Contain("Proxy:Known");
    }

    [Fact]
    public async Task Every_answer_keeps_browsers_from_guessing_and_from_telling_addresses_on()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        await database.ExecuteAsync("ALTER TABLE voice_calls RENAME TO gone");
        await database.ExecuteAsync("ALTER TABLE webhook_inbox RENAME TO gone_too");
        var answers = new List<HttpResponseMessage>();
        foreach (var path in new[]
            {
                "/", "/nowhere", "/swagger/index.html", "/swagger/v1/swagger.json", "/client/voice-client.js", "/sandbox/sms",
                "/api/v1/voice/recordings", "/api/v1/voice/recordings/conf_1", "/api/v1/voice/recordings?limit=0",
            })
            answers.Add(await voice.Http.GetAsync(path));
        answers.Add(await voice.PostWebhookAsync("sessionId=S"));
        answers.Add(await voice.Http.PostAsync(Create, new StringContent("x", Encoding.UTF8, "text/plain")));
        using (var foreign = new HttpRequestMessage(HttpMethod.Post, Webhook) { Headers = { { "Origin", "https://evil.example" } } })
            answers.Add(await voice.Http.SendAsync(foreign));
        using (var host = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "evil.example" } })
            answers.Add(await voice.Http.SendAsync(host));

        answers.Select(answer => (int)answer.StatusCode).Distinct().Should().Contain([200, 400, 403, 404, 415, 422, 503]);
        foreach (var answer in answers)
        {
            answer.Headers.GetValues("X-Content-Type-Options").Should().Equal(["nosniff"], answer.RequestMessage!.RequestUri!.ToString());
            answer.Headers.GetValues("Referrer-Policy").Should().Equal("same-origin");
            answer.Headers.Contains("Strict-Transport-Security").Should().BeFalse("this is Development");
        }
    }

    [Theory]
    [InlineData("POST", "/api/v1/voice/webhook/{0}", "application/x-www-form-urlencoded", "nothing=1")]
    [InlineData("POST", "/api/v1/voice/webhook/{0}", "application/x-www-form-urlencoded", "sessionId=S&duration=soon")]
    [InlineData("POST", "/api/v1/voice/webhook/{0}", "text/plain", "x")]
    [InlineData("POST", "/api/v1/voice/webhook/{0}x", "application/x-www-form-urlencoded", "sessionId=S")]
    [InlineData("POST", "/API/V1/voice/Webhook/{0}", "application/x-www-form-urlencoded", "nothing=1")]
    [InlineData("POST", "/api/v1/voice/webhook/a/{0}/b", "application/x-www-form-urlencoded", "sessionId=S")]
    [InlineData("POST", "/api/v1/voice/webhooks/{0}", "application/x-www-form-urlencoded", "sessionId=S")]
    [InlineData("POST", "/voice/webhook/{0}", "application/x-www-form-urlencoded", "sessionId=S")]
    [InlineData("POST", "/api/v1/voice/webhook?token={0}", "application/x-www-form-urlencoded", "nothing=1")]
    [InlineData("POST", "/api/v1/voice/sms/{0}", "application/json", "{}")]
    [InlineData("POST", "/api/v1/voice/sms/{0}", "multipart/form-data", "x")]
    [InlineData("GET", "/api/v1/voice/webhook/{0}", null, "")]
    [InlineData("GET", "/voice/webhook/{0}", null, "")]
    [InlineData("GET", "/client/{0}", null, "")]
    [InlineData("DELETE", "/api/v1/voice/sms/{0}", null, "")]
    public async Task A_secret_in_an_address_is_nowhere_echoed(string method, string path, string? type, string body)
    {
        const string secret = "s3cret-in-the-address";
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, $"--Webhook:Secrets:0={secret}",
            "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft=Trace", "--Logging:LogLevel:System=Trace");
        foreach (var origin in new[] { null, "https://evil.example" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("{0}", secret));
            request.Headers.Add("Accept", "application/problem+json");
            if (origin is not null) request.Headers.Add("Origin", origin);
            if (type is not null)
            {
                request.Content = new StringContent(body);
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            }

            using var response = await voice.Http.SendAsync(request);

            ((int)response.StatusCode).Should().BeInRange(400, 499);
            var problem = await response.Content.ReadAsStringAsync();
            problem.Should().NotContain(secret).And.Contain("\"instance\":\"/");
            response.Headers.ToString().Should().NotContain(secret);
        }
        voice.Log.Lines.Should().Contain(line => line.Level < LogLevel.Information, "everything is logged");
        voice.Log.Lines.Where(line => line.Text.Contains(secret)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_sandboxs_secret_is_nowhere_logged_while_it_calls_back()
    {
        const string secret = "s3cret-in-the-address";
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, $"--Webhook:Secrets:0={secret}",
            "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft=Trace", "--Logging:LogLevel:System=Trace");

        await voice.UntilFinalAsync(await voice.CreatedIdAsync());

        voice.Log.Lines.Where(line => line.Text.Contains(secret)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("/sandbox/recordings/ATVId_11163e2ea9a58f3a7999fecda8eeb43a.mp3")]
    [InlineData("/sandbox/recordings/1.mp3")]
    [InlineData("/sandbox/recordings/../../secret")]
    public async Task The_sandbox_fetches_from_no_other_port_of_this_machine(string path)
    {
        var asked = 0;
        var bystander = await HttpDouble.StartAsync(app => app.MapGet("/{*path}", () =>
        {
            Interlocked.Increment(ref asked);
            return Results.Text("secret");
        }));
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        var address = bystander.Urls.First() + path;
        var id = await voice.CreatedIdAsync(other: "+254787650010");
        await voice.PostWebhookAsync($"sessionId={id}&status=completed&recordingUrl={Uri.EscapeDataString(address)}");

        using var response = await voice.Http.PostAsync("/api/v1/voice/process", Json(
            $$"""
            {"audio_url":"{{address}}",
            "parties":[{"phone":"+254712345678","role":"buyer"},{"phone":"+254787654321","role":"seller"}]}
            """));

        asked.Should().Be(0);
        (await response.Content.ReadAsStringAsync()).Should().NotContain("\"transcript\":\"secret");
        await bystander.StopAtOnceAsync();
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static async Task<(HttpStatusCode Status, string Body)> FromHostAsync(VoiceHost voice, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/voice/recordings/conf_1") { Headers = { Host = host } };
        using var response = await voice.Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
