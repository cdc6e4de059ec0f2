using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Voice.IntegrationTests.Api;

public class ReadTokenTests
{
    private static readonly string[] OfRecordings = ["", "/events", "/timeline"];

    [SkippableTheory, OnBothDatabases]
    public async Task A_token_reads_one_recording_in_every_way_and_nothing_else(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database, "--Auth:ApiKeys:0=key");
        var (one, other) = (await CreatedAsync(voice), await CreatedAsync(voice));

        var (status, body) = await IssueAsync(voice, new { recording_id = one, expires_in = 60 });

        status.Should().Be(HttpStatusCode.OK);
        var token = body.GetProperty("token").GetString()!;
        (body.GetProperty("expires_at").GetDateTimeOffset() - TimeProvider.System.GetUtcNow())
            .Should().BeCloseTo(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(10));
        foreach (var way in OfRecordings)
        {
            (await GetAsync(voice, $"/api/v1/voice/recordings/{one}{way}?token={token}")).Should().Be(HttpStatusCode.OK, way);
            (await GetAsync(voice, $"/api/v1/voice/recordings/{other}{way}?token={token}")).Should().Be(HttpStatusCode.Forbidden, way);
            (await GetAsync(voice, $"/api/v1/voice/recordings/{one}{way}")).Should().Be(HttpStatusCode.Unauthorized, way);
            (await GetAsync(voice, $"/api/v1/voice/recordings/{one}{way}?token=")).Should().Be(HttpStatusCode.Unauthorized, way);
            (await GetAsync(voice, $"/api/v1/voice/recordings/{one}{way}?token={token}x")).Should().Be(HttpStatusCode.Unauthorized, way);
            (await GetAsync(voice, $"/api/v1/voice/recordings/{one}{way}?token=junk&token={token}"))
                .Should().Be(HttpStatusCode.Unauthorized, way);
        }
        (await GetAsync(voice, $"/api/v1/voice/recordings/{one}?wait=0&token={token}")).Should().Be(HttpStatusCode.OK);
        (await GetAsync(voice, $"/api/v1/voice/recordings?token={token}")).Should().Be(HttpStatusCode.Unauthorized);
        (await GetAsync(voice, $"/api/v1/contracts/{one}?token={token}")).Should().Be(HttpStatusCode.Forbidden);
        (await GetAsync(voice, $"/sandbox/sms?token={token}")).Should().Be(HttpStatusCode.Unauthorized);
        using var create = await voice.Http.PostAsync($"/api/v1/voice/conference/create?token={token}", JsonContent.Create(new { }));
        create.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        using var again = await voice.Http.PostAsync($"/api/v1/tokens?token={token}", JsonContent.Create(new { recording_id = one }));
        again.StatusCode.Should().Be(HttpStatusCode.Unauthorized, "a token gives no token");
        using var bearer = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/voice/recordings/{one}")
        { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        (await voice.Http.SendAsync(bearer)).StatusCode.Should().Be(HttpStatusCode.Unauthorized, "it is no key");
    }

    [Fact]
    public async Task A_token_ends()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, "--Auth:ApiKeys:0=key");
        var id = await CreatedAsync(voice);
        var token = (await IssueAsync(voice, new { recording_id = id, expires_in = 1 })).Body.GetProperty("token").GetString();

        await Eventually.SeesAsync(
            () => GetAsync(voice, $"/api/v1/voice/recordings/{id}?token={token}"), status => status == HttpStatusCode.Unauthorized);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_contracts_token_reads_it_its_page_and_its_canonical_form(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await database.ExecuteAsync("""
            INSERT INTO contracts (contract_id, subject, canonical, evidence, summary, status, created_at, confirm_by, version)
            VALUES ('ctr_1', 's', '{"audio_sha256":"a","contract_id":"ctr_1","contract_type":"other",
              "created_at":"2024-01-15T10:00:00.000Z","parties":[{"name":null,"phone":"+254712345678","role":"buyer"}],
              "recording_id":null,"terms":{"currency":null,"delivery_date":null,"delivery_location":null,"payment_terms":null,
              "product":null,"quality_requirements":null,"quantity":null,"total_amount":null,"unit":null,"unit_price":null,
              "upfront_payment":null},"transcript":""}', '{}', 'A', 'expired', 1, 1, 0)
            """);
        await database.ExecuteAsync("INSERT INTO contract_parties (contract_id, phone, position) VALUES ('ctr_1', '+254712345678', 0)");
        await using var one = await VoiceHost.StartAsync(database, "--Auth:ApiKeys:0=key");
        await using var other = await VoiceHost.StartAsync(database, "--Auth:ApiKeys:0=key");

        var token = (await IssueAsync(one, new { contract_id = "ctr_1" })).Body.GetProperty("token").GetString();

        foreach (var voice in new[] { one, other })
            foreach (var way in new[] { "", "/canonical", "/document" })
            {
                (await GetAsync(voice, $"/api/v1/contracts/ctr_1{way}?token={token}")).Should().Be(HttpStatusCode.OK, way);
                (await GetAsync(voice, $"/api/v1/contracts/ctr_2{way}?token={token}")).Should().Be(HttpStatusCode.Forbidden, way);
            }
        (await GetAsync(one, $"/api/v1/voice/recordings/ctr_1?token={token}")).Should().Be(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("""{}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"recording_id":"conf_1","contract_id":"ctr_1"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"recording_id":"conf_1","expires_in":0}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"recording_id":"conf_1","expires_in":2592001}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"recording_id":"conf_1","expires_in":"soon"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"recording_id":"conf_1"}""", HttpStatusCode.NotFound)]
    [InlineData("""{"recording_id":""}""", HttpStatusCode.NotFound)]
    [InlineData("""{"recording_id":"a:b"}""", HttpStatusCode.NotFound)]
    [InlineData("""{"contract_id":"ctr_1"}""", HttpStatusCode.NotFound)]
    public async Task There_is_no_token_for_nothing(string body, HttpStatusCode expected)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);

        using var response = await voice.Http.PostAsync("/api/v1/tokens", new StringContent(body, null, "application/json"));

        response.StatusCode.Should().Be(expected);
        (await response.Content.ReadAsStringAsync()).Should().StartWith("{\"detail\":\"");
    }

    private static async Task<string> CreatedAsync(VoiceHost voice)
    {
        voice.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "key");
        var id = await voice.CreatedIdAsync();
        await voice.UntilFinalAsync(id);
        voice.Http.DefaultRequestHeaders.Authorization = null;
        return id;
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> IssueAsync(VoiceHost voice, object what)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/tokens")
        { Content = JsonContent.Create(what), Headers = { Authorization = new AuthenticationHeaderValue("Bearer", "key") } };
        using var response = await voice.Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static async Task<HttpStatusCode> GetAsync(VoiceHost voice, string path)
    {
        using var response = await voice.Http.GetAsync(path);
        return response.StatusCode;
    }
}
