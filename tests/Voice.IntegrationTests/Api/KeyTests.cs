using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Voice.Application.Access;
using Voice.Domain.Recordings;
using Voice.Infrastructure.Access;

namespace Voice.IntegrationTests.Api;

public class KeyTests
{
    private const string Recording = "/api/v1/voice/recordings/conf_1";

    /// <summary>Every route that asks for a key, and the scope it asks for.</summary>
    public static TheoryData<string, string, Scope> Routes => new()
    {
        { "GET", "/api/v1/voice/recordings", Scope.Read },
        { "GET", Recording, Scope.Read },
        { "HEAD", Recording, Scope.Read },
        { "GET", Recording + "?wait=0", Scope.Read },
        { "GET", Recording + "/events", Scope.Read },
        { "GET", Recording + "/timeline", Scope.Read },
        { "GET", "/api/v1/contracts/ctr_1", Scope.Read },
        { "GET", "/api/v1/contracts/ctr_1/canonical", Scope.Read },
        { "GET", "/api/v1/contracts/ctr_1/document", Scope.Read },
        { "POST", "/api/v1/tokens", Scope.Read },
        { "POST", "/api/v1/voice/conference/create", Scope.Create },
        { "POST", "/api/v1/voice/process", Scope.Process },
        { "POST", "/api/v1/voice/upload", Scope.Process },
        { "GET", "/api/v1/voice/process/job_1", Scope.Process },
        { "POST", "/api/v1/contracts/ctr_1/confirm", Scope.Process },
        { "POST", "/api/v1/contracts/ctr_1/codes", Scope.Process },
        { "POST", "/api/v1/webhook-endpoints", Scope.Admin },
        { "GET", "/api/v1/webhook-endpoints", Scope.Admin },
        { "GET", "/api/v1/webhook-endpoints/whe_1", Scope.Admin },
        { "DELETE", "/api/v1/webhook-endpoints/whe_1", Scope.Admin },
        { "POST", "/api/v1/webhook-endpoints/whe_1/test", Scope.Admin },
        { "POST", "/api/v1/webhook-endpoints/whe_1/replay", Scope.Admin },
        { "GET", "/api/v1/webhook-endpoints/whe_1/deliveries", Scope.Admin },
        { "GET", "/sandbox/recordings/ATVId_1.mp3", Scope.Read },
        { "GET", "/sandbox/sms", Scope.Admin },
        { "POST", "/sandbox/sms", Scope.Admin },
        { "GET", "/", Scope.Read },
        { "GET", "/calls/new", Scope.Create },
        { "POST", "/calls", Scope.Create },
        { "GET", "/calls/conf_1", Scope.Read },
        { "GET", "/calls/conf_1/reports", Scope.Read },
        { "GET", "/calls/conf_1/audio", Scope.Read },
        { "POST", "/calls/conf_1/contract", Scope.Process },
        { "GET", "/contracts/ctr_1", Scope.Read },
        { "POST", "/contracts/ctr_1", Scope.Read },
        { "GET", "/contracts/ctr_1/audio", Scope.Read },
        { "GET", "/endpoints", Scope.Admin },
        { "POST", "/endpoints", Scope.Admin },
        { "GET", "/endpoints/whe_1", Scope.Admin },
        { "POST", "/endpoints/whe_1/test", Scope.Admin },
        { "POST", "/endpoints/whe_1/replay", Scope.Admin },
        { "POST", "/endpoints/whe_1/delete", Scope.Admin },
        { "POST", "/sandbox/call", Scope.Admin },
        { "POST", "/sandbox/version1/messaging", Scope.Admin },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_route_admits_keys_with_its_scope_and_says_which_one_is_lacking(string method, string path, Scope scope)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        var keys = new ApiKeyRepository(database.Source);
        var secrets = new Dictionary<Scope, string>();
        foreach (var own in Scopes.All)
        {
            (secrets[own], var key) = ApiKey.New(own.Name(), [own], TheRecording.Start);
            await keys.AddAsync(key, default);
        }
        await using var voice = await VoiceHost.StartAsync(database);

        (await SendAsync(voice, method, path, null)).Status.Should().Be(HttpStatusCode.Unauthorized);
        (await SendAsync(voice, method, path, "wrong")).Status.Should().Be(HttpStatusCode.Unauthorized);
        foreach (var (own, secret) in secrets)
        {
            var (status, body) = await SendAsync(voice, method, path, secret);
            if (own == scope) status.Should().NotBe(HttpStatusCode.Unauthorized).And.NotBe(HttpStatusCode.Forbidden);
            else status.Should().Be(HttpStatusCode.Forbidden, own.Name());
            if (own != scope && method != "HEAD")
                body.Should().Be($$"""{"detail":"This key does not have the scope {{scope.Name()}}."}""");
        }
    }

    [Fact]
    public async Task Every_route_of_the_api_asks_for_a_key_or_a_secret()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, "--Auth:ApiKeys:0=key", "--Webhook:Secrets:0=secret");

        var routes = voice.Services.GetRequiredService<Microsoft.AspNetCore.Mvc.ApiExplorer.IApiDescriptionGroupCollectionProvider>()
            .ApiDescriptionGroups.Items.SelectMany(group => group.Items).ToList();

        routes.Should().HaveCountGreaterThan(15);
        foreach (var route in routes)
            (await SendAsync(voice, route.HttpMethod!, "/" + route.RelativePath, null)).Status
                .Should().Be(HttpStatusCode.Unauthorized, route.RelativePath);
    }

    [SkippableFact]
    public async Task Keys_are_made_listed_and_revoked_by_command_while_two_instances_run()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Postgres);
        await using var one = await VoiceHost.StartAsync(database, "--Auth:ApiKeys:0=set");
        await using var other = await VoiceHost.StartAsync(database, "--Auth:ApiKeys:0=set");

        var (code, secret, _) = await VoiceCommand.RunAsync(database, "keys", "new", "shop", "--scope", "read,create");
        code.Should().Be(0);
        secret.Should().MatchRegex("^vk_[0-9a-f]{64}$");
        foreach (var voice in new[] { one, other })
            (await SendAsync(voice, "GET", Recording, secret)).Status.Should().Be(HttpStatusCode.NotFound, "a new key works at once");
        (await VoiceCommand.RunAsync(database, "keys", "new", "shop", "--scope", "read")).Should().Match<(int Code, string, string Error)>(
            run => run.Code == 1 && run.Error.Contains("shop"));
        (await VoiceCommand.RunAsync(database, "keys", "new", "other", "--scope", "reed")).Code.Should().Be(1);
        await Eventually.SeesAsync(
            () => database.CountAsync("SELECT COUNT(*) FROM api_keys WHERE last_used_at IS NOT NULL"), count => count == 1);
        var list = (await VoiceCommand.RunAsync(database, "keys", "list")).Output;
        list.Should().Contain("shop").And.Contain("read,create").And.NotContain(secret[3..]);

        (await VoiceCommand.RunAsync(database, "keys", "revoke", "shop")).Code.Should().Be(0);

        foreach (var voice in new[] { one, other })
        {
            await Eventually.SeesAsync(async () => (await SendAsync(voice, "GET", Recording, secret)).Status,
                status => status == HttpStatusCode.Unauthorized, seconds: 10);
            (await SendAsync(voice, "GET", Recording, "set")).Status.Should().Be(HttpStatusCode.NotFound);
        }
        (await VoiceCommand.RunAsync(database, "keys", "revoke", "shop")).Code.Should().Be(1);
        one.Log.Lines.Concat(other.Log.Lines).Should().NotContain(line => line.Text.Contains(secret));
    }

    [Fact]
    public async Task A_first_key_shuts_the_door_of_a_service_in_development()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        (await SendAsync(voice, "GET", Recording, null)).Status.Should().Be(HttpStatusCode.NotFound);

        await new ApiKeyRepository(database.Source).AddAsync(ApiKey.New("shop", [Scope.Read], TheRecording.Start).Key, default);

        await Eventually.SeesAsync(
            async () => (await SendAsync(voice, "GET", Recording, null)).Status, status => status == HttpStatusCode.Unauthorized);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Two_callers_with_the_same_idempotency_key_do_not_know_of_each_other(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var provider = await ProviderDouble.StartAsync(number => $"ATVId_{number}");
        await using var voice = await VoiceHost.StartAsync(
            database, [.. provider.Settings, "--Auth:ApiKeys:0=one", "--Auth:ApiKeys:1=other"]);

        var first = await CreateAsync("one", "+254712345678");
        var second = await CreateAsync("other", "+254712345679");
        var repeat = await CreateAsync("one", "+254712345678");
        var swapped = await CreateAsync("one", "+254712345679");

        first.StatusCode.Should().Be(HttpStatusCode.OK);
        second.StatusCode.Should().Be(HttpStatusCode.OK, "it is another caller's key");
        repeat.Headers.GetValues("Idempotent-Replayed").Should().Equal("true");
        repeat.Headers.Location.Should().Be(first.Headers.Location);
        swapped.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        provider.Calls.Should().HaveCount(2);

        Task<HttpResponseMessage> CreateAsync(string key, string phone)
        {
            voice.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            return voice.CreateAsync(phone, key: "same");
        }
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_repeat_gets_the_first_answer_whatever_became_of_the_recording_since(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var provider = await ProviderDouble.StartAsync(number => $"ATVId_{number}");
        await using var voice = await VoiceHost.StartAsync(database, provider.Settings);
        using var first = await voice.CreateAsync(key: "k");
        var id = first.Headers.Location!.ToString().Split('/')[^1];
        await voice.PostWebhookAsync($"sessionId={id}&status=busy");
        await database.ExecuteAsync("UPDATE voice_recordings SET placement = 'Refused', refusal_reason = 'another story'");

        using var repeat = await voice.CreateAsync(key: "k");

        (await repeat.Content.ReadAsStringAsync()).Should().Be(await first.Content.ReadAsStringAsync());
        provider.Calls.Should().HaveCount(1);
    }

    private static async Task<(HttpStatusCode Status, string Body)> SendAsync(VoiceHost voice, string method, string path, string? key)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (method == "POST")
            request.Content = path.EndsWith("upload") || path.Contains("/sms")
                ? new MultipartFormDataContent("x")
                : JsonContent.Create(new { });
        using var response = await voice.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
