using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Voice.Application.Recordings;

namespace Voice.IntegrationTests.Api;

/// <summary>What every route does with the requests that people, their tools and their mistakes send.</summary>
public class RequestTests
{
    private const string Recordings = "/api/v1/voice/recordings";

    [SkippableTheory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Head_answers_as_get_does_without_the_body_wherever_get_is(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database);
        await AddAsync(voice);
        var routes = Routes(voice).Where(route => route.HttpMethod == "GET").Select(Path)
            .Concat(["/swagger/index.html", "/swagger/v1/swagger.json", "/client/voice-client.js", "/nowhere"]);

        foreach (var path in routes)
        {
            using var head = await voice.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
            using var get = await voice.Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);

            head.StatusCode.Should().Be(get.StatusCode, path);
            head.Content.Headers.ContentType.Should().Be(get.Content.Headers.ContentType, path);
            head.Headers.ETag.Should().Be(get.Headers.ETag, path);
            (await head.Content.ReadAsByteArrayAsync()).Should().BeEmpty(path);
        }
    }

    [Theory]
    [InlineData("%20")]
    [InlineData("%20%20")]
    [InlineData("%09")]
    [InlineData("%0A")]
    [InlineData("%C2%A0")]
    [InlineData("%E2%80%8B")]
    [InlineData("+")]
    [InlineData(".%20")]
    [InlineData("%FF%FE")]
    [InlineData("%ED%A0%80")]
    [InlineData("conf_1%20")]
    public async Task An_id_that_nothing_can_have_is_not_found_on_every_route_that_takes_one(string id)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        var routes = Routes(voice).Where(route => route.RelativePath!.Contains("_id}")).ToList();
        routes.Should().HaveCountGreaterThan(5);

        foreach (var route in routes)
        {
            var request = new HttpRequestMessage(new HttpMethod(route.HttpMethod!), Path(route, id));
            if (route.HttpMethod == "POST")
                request.Content = new StringContent("""{"phone":"+254712345678","code":"123456"}""", Encoding.UTF8, "application/json");
            using var response = await voice.Http.SendAsync(request);

            response.StatusCode.Should().Be(HttpStatusCode.NotFound, Path(route, id));
            (await DetailAsync(response)).Should().NotBeEmpty();
        }
        using var waiting = await voice.Http.GetAsync($"{Recordings}/{id}?wait=1");
        waiting.StatusCode.Should().Be(HttpStatusCode.NotFound);
        voice.Log.Lines.Should().NotContain(line => line.Level > LogLevel.Warning);
    }

    [Fact]
    public async Task A_query_member_that_is_not_there_is_named_with_those_that_are()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        await AddAsync(voice);
        var open = Routes(voice).Where(route => !route.RelativePath!.Contains("webhook") && !route.RelativePath.Contains("sms")).ToList();

        foreach (var route in open)
        {
            var request = new HttpRequestMessage(new HttpMethod(route.HttpMethod!), Path(route) + "?stauts=failed");
            if (route.HttpMethod == "POST") request.Content = MediaOf(route);
            using var response = await voice.Http.SendAsync(request);

            response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity, Path(route));
            (await FieldsAsync(response)).Should().Equal("stauts");
        }
        (await voice.Http.GetStringAsync($"{Recordings}?Status=completed&limit=5")).Should().Contain("\"items\":[]");
        using var list = await voice.Http.GetAsync($"{Recordings}?page=2&limit=5&=x");
        (await list.Content.ReadAsStringAsync()).Should().Contain("there are status, created_after, created_before, party, limit, cursor.");
        (await FieldsAsync(list)).Should().Equal("page", "query");
        (await voice.PostWebhookAsync("sessionId=S", "?whatever=1")).StatusCode
            .Should().Be(HttpStatusCode.OK, "the provider may add what it likes");
    }

    [Fact]
    public async Task A_query_member_with_two_values_is_named()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);

        foreach (var (query, field) in new[] { ("?status=failed&status=completed", "status"), ("?limit=1&limit=2", "limit"),
            ("/conf_1?wait=0&wait=1", "wait"), ("/conf_1/timeline?limit=1&limit=2", "limit") })
        {
            using var response = await voice.Http.GetAsync(Recordings + query);
            response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity, query);
            (await FieldsAsync(response)).Should().Equal(field);
        }
        (await voice.Http.GetAsync($"{Recordings}?limit=2&limit=2")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("gzip, gzip")]
    public async Task A_packed_body_is_refused_as_packed_wherever_it_is_not_read(string encoding)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);

        foreach (var route in Routes(voice).Where(route => route.HttpMethod == "POST" && !route.RelativePath!.Contains("webhook")))
        {
            var content = new ByteArrayContent([0x1F, 0x8B, 0x08]);
            content.Headers.TryAddWithoutValidation("Content-Type", route.SupportedRequestFormats.FirstOrDefault()?.MediaType);
            content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
            using var response = await voice.Http.PostAsync(Path(route), content);

            response.StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType, Path(route));
            (await DetailAsync(response)).Should().Contain("Content-Encoding");
        }
    }

    [Theory]
    [InlineData("", HttpStatusCode.UnprocessableEntity)]
    [InlineData("   ", HttpStatusCode.UnprocessableEntity)]
    [InlineData("k", HttpStatusCode.OK)]
    public async Task A_key_that_is_sent_is_a_key_however_empty(string key, HttpStatusCode status)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var provider = await ProviderDouble.StartAsync(number => $"ATVId_{number}");
        await using var voice = await VoiceHost.StartAsync(database, provider.Settings);
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/voice/conference/create")
        {
            Content = new StringContent("""{"parties":["+254712345678","+254787654321"]}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);

        using var response = await voice.Http.SendAsync(request);

        response.StatusCode.Should().Be(status);
        if (status != HttpStatusCode.OK) (await FieldsAsync(response)).Should().Equal("Idempotency-Key");
        provider.Calls.Should().HaveCount(status == HttpStatusCode.OK ? 1 : 0);
    }

    [Theory]
    [InlineData("utf-16", new byte[] { 0x7B })]
    [InlineData("utf-16", new byte[] { 0x00, 0xD8, 0x00, 0xD8 })]
    [InlineData("utf-8", new byte[] { 0x7B, 0x22, 0xFF, 0x22 })]
    [InlineData("utf-8", new byte[] { 0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00 })]
    [InlineData("utf-7", new byte[] { 0x7B, 0x7D })]
    [InlineData("nonsense", new byte[] { 0x7B, 0x7D })]
    public async Task A_body_that_cannot_be_decoded_is_the_callers_mistake(string charset, byte[] body)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);

        foreach (var route in Routes(voice))
        {
            if (route.SupportedRequestFormats.All(format => format.MediaType != "application/json")) continue;
            if (route.RelativePath!.Contains("webhook")) continue; // Reads whatever comes.
            var content = new ByteArrayContent(body);
            content.Headers.TryAddWithoutValidation("Content-Type", $"application/json; charset={charset}");
            using var response = await voice.Http.PostAsync(Path(route), content);

            response.StatusCode.Should().BeOneOf(HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnsupportedMediaType);
            (await DetailAsync(response)).Should().NotBeEmpty();
        }
        voice.Log.Lines.Should().NotContain(line => line.Level > LogLevel.Warning);
    }

    [Fact]
    public async Task A_slash_at_the_end_changes_nothing()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        await AddAsync(voice);

        (await voice.Http.GetStringAsync(Recordings + "/")).Should().Be(await voice.Http.GetStringAsync(Recordings));
        (await voice.Http.GetStringAsync($"{Recordings}/{TheRecording.New().RecordingId}/"))
            .Should().Be(await voice.Http.GetStringAsync($"{Recordings}/{TheRecording.New().RecordingId}"));
    }

    private static IEnumerable<ApiDescription> Routes(VoiceHost voice) =>
        voice.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>().ApiDescriptionGroups.Items
            .SelectMany(group => group.Items);

    private static string Path(ApiDescription route) => Path(route, TheRecording.New().RecordingId);

    private static string Path(ApiDescription route, string id) =>
        "/" + System.Text.RegularExpressions.Regex.Replace(route.RelativePath!, @"\{\w+_id\}", id);

    private static HttpContent MediaOf(ApiDescription route) => route.RelativePath!.EndsWith("/upload")
        ? new MultipartFormDataContent { { new StringContent("x"), "file" } }
        : new StringContent("{}", Encoding.UTF8, "application/json");

    // Now, because the deadlines of an older one would pass under the test.
    private static Task<UsedKey?> AddAsync(VoiceHost voice) => voice.Services.GetRequiredService<IRecordingRepository>().AddAsync(
        TheRecording.New(at: TimeProvider.System.GetUtcNow()), null, default);

    private static async Task<string> DetailAsync(HttpResponseMessage response) =>
        (await JsonAsync(response)).GetProperty("detail").GetString()!;

    private static async Task<IEnumerable<string>> FieldsAsync(HttpResponseMessage response) =>
        (await JsonAsync(response)).GetProperty("errors").EnumerateObject().Select(error => error.Name);

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
}
