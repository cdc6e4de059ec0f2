using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.Extensions.DependencyInjection;
using Voice.Application.Access;
using Voice.Infrastructure.Access;

namespace Voice.IntegrationTests.Api;

public class OpenApiTests
{
    private const string Create = "/api/v1/voice/conference/create";
    private const string List = "/api/v1/voice/recordings";
    private const string Status = List + "/{recording_id}";
    private const string Timeline = Status + "/timeline";
    private const string Webhook = "/api/v1/voice/webhook";
    private const string Tokens = "/api/v1/tokens";
    private const string Parties = """{"parties":["+254712345678","+254787654321"]}""";

    [Fact]
    public async Task The_document_has_every_route_with_its_answers_headers_and_examples()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);

        var document = await DocumentAsync(voice);

        var routes = voice.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>().ApiDescriptionGroups.Items
            .SelectMany(group => group.Items)
            .Select(route => (Path: "/" + route.RelativePath, Method: route.HttpMethod!.ToLowerInvariant()))
            .Where(route => !route.Path.EndsWith("/{token}")).ToList(); // The same door again, with its secret in the path.
        routes.Should().HaveCountGreaterThan(3);
        foreach (var (path, method) in routes)
        {
            var operation = document.GetProperty("paths").GetProperty(path).GetProperty(method);
            operation.GetProperty("summary").GetString().Should().NotBeNullOrEmpty();
            foreach (var answer in operation.GetProperty("responses").EnumerateObject())
                if (answer.Name is not ("204" or "304")) Examples(answer.Value).Should().NotBeEmpty($"{method} {path} {answer.Name}");
        }
        Answer(document, "post", Create, 503).GetProperty("headers").EnumerateObject().Select(header => header.Name)
            .Should().Contain(["Retry-After", "Location"]);
    }

    [Fact]
    public async Task The_documented_bodies_are_those_that_are_answered()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var provider = await ProviderDouble.StartAsync(number => $"ATVId_{number}");
        await using var voice = await VoiceHost.StartAsync(database, provider.Settings);
        var document = await DocumentAsync(voice);
        var created = await voice.CreatedIdAsync();

        await Same("post", Tokens, "Token", await PostAsync(voice, Tokens, $$"""{"recording_id":"{{created}}"}"""));
        await Same("post", Create, "Created", await PostAsync(voice, Create, Parties));
        await Same("get", List, "A page", await voice.Http.GetAsync(List + "?limit=1"));
        await Same("get", Timeline, "Just created", await voice.Http.GetAsync(At(Timeline, created)));
        await Same("get", Status, "In progress", await voice.Http.GetAsync(At(Status, created)));
        await Same("post", Webhook, "Over", await voice.PostWebhookAsync($"sessionId={created}&status=no-answer"));
        await Same("get", Status, "Failed", await voice.Http.GetAsync(At(Status, created)));
        await voice.PostWebhookAsync($"sessionId={created}&duration=342&recordingUrl=https%3A%2F%2Fa.at-internal.com%2F1.mp3");
        await Same("get", Status, "Completed", await voice.Http.GetAsync(At(Status, created)));

        async Task Same(string method, string path, string example, HttpResponseMessage answered) =>
            Shape(JsonDocument.Parse(await answered.Content.ReadAsStringAsync()).RootElement)
                .Should().Equal(Shape(Answer(document, method, path, 200).GetProperty("content").GetProperty("application/json")
                    .GetProperty("examples").GetProperty(example).GetProperty("value")), $"{method} {path} {example}");
    }

    [Fact]
    public async Task The_documented_errors_are_those_that_are_answered()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        await using var locked = await VoiceHost.StartAsync(database, "--Auth:ApiKeys:0=key", "--Webhook:Secrets:0=secret");
        await using var cutOff = await VoiceHost.StartAsync(database, "--AfricasTalking:ApiKey=k", "--AfricasTalking:Username=u",
            "--AfricasTalking:VoiceNumber=+254711082000", "--AfricasTalking:BaseUrl=http://127.0.0.1:1");
        var document = await DocumentAsync(voice);

        await Same("get", Status, await locked.Http.GetAsync(At(Status, "conf_1")), HttpStatusCode.Unauthorized);
        await Same("post", Webhook, await locked.PostWebhookAsync("sessionId=S"), HttpStatusCode.Unauthorized);
        await Same("post", Tokens, await PostAsync(locked, Tokens, "{}"), HttpStatusCode.Unauthorized);
        await Same("post", Tokens, await PostAsync(voice, Tokens, "{}"), HttpStatusCode.UnprocessableEntity);
        await Same("post", Tokens, await PostAsync(voice, Tokens, """{"recording_id":"conf_1"}"""), HttpStatusCode.NotFound);
        var (secret, key) = ApiKey.New("admin", [Scope.Admin], TheRecording.Start);
        await new ApiKeyRepository(database.Source).AddAsync(key, default);
        locked.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        await Same("get", Status, await locked.Http.GetAsync(At(Status, "conf_1")), HttpStatusCode.Forbidden);
        await Same("post", Create, await PostAsync(locked, Create, Parties), HttpStatusCode.Forbidden);
        locked.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        await Same("post", Webhook, await locked.PostWebhookAsync("sessionId=S"), HttpStatusCode.Forbidden);
        await new ApiKeyRepository(database.Source).RevokeAsync("admin", TheRecording.Start, default);
        await Eventually.SeesAsync(() => voice.Http.GetAsync(At(Status, "conf_1")), answer => answer.StatusCode == HttpStatusCode.NotFound);
        await Same("get", Status, await voice.Http.GetAsync(At(Status, "conf_1")), HttpStatusCode.NotFound);
        await Same("get", Status, await voice.Http.GetAsync(At(Status, "conf_1") + "?wait=soon"), HttpStatusCode.UnprocessableEntity);
        await Same("get", List, await voice.Http.GetAsync(List + "?limit=0"), HttpStatusCode.UnprocessableEntity);
        await Same("get", Timeline, await voice.Http.GetAsync(At(Timeline, "conf_1")), HttpStatusCode.NotFound);
        await Same("post", Create, await PostAsync(voice, Create, Parties, "text/plain"), HttpStatusCode.UnsupportedMediaType);
        await Same("post", Create, await PostAsync(voice, Create, new string(' ', 2_000_000)), HttpStatusCode.RequestEntityTooLarge);
        await Same("post", Create, await PostAsync(voice, Create, """{"parties":["+254712345678","+2547000"]}"""),
            HttpStatusCode.UnprocessableEntity);
        await Same("post", Create, await PostAsync(cutOff, Create, Parties), HttpStatusCode.ServiceUnavailable);
        await database.ExecuteAsync("ALTER TABLE voice_recordings RENAME TO gone");
        await Same("get", Status, await voice.Http.GetAsync(At(Status, "conf_1")), HttpStatusCode.InternalServerError);
        await Same("get", List, await voice.Http.GetAsync(List), HttpStatusCode.ServiceUnavailable);
        await Same("get", Timeline, await voice.Http.GetAsync(At(Timeline, "conf_1")), HttpStatusCode.ServiceUnavailable);

        async Task Same(string method, string path, HttpResponseMessage answered, HttpStatusCode status)
        {
            answered.StatusCode.Should().Be(status);
            var answer = Answer(document, method, path, (int)status);
            var example = answer.GetProperty("content").GetProperty("application/json").GetProperty("example");
            (await answered.Content.ReadAsStringAsync()).Should().Be(JsonSerializer.Serialize(example, Application.JsonRules.Options));
            if (answer.TryGetProperty("headers", out var headers))
                foreach (var header in headers.EnumerateObject().Where(header => header.Name != "Idempotent-Replayed"))
                    answered.Headers.Contains(header.Name).Should().BeTrue($"{method} {path} {status} has {header.Name}");
        }
    }

    [Theory]
    [InlineData("get", Status, "ApiKey ReadToken")]
    [InlineData("get", Timeline, "ApiKey ReadToken")]
    [InlineData("get", "/api/v1/contracts/{contract_id}/document", "ApiKey ReadToken")]
    [InlineData("get", List, "ApiKey")]
    [InlineData("post", Create, "ApiKey")]
    [InlineData("post", Tokens, "ApiKey")]
    [InlineData("post", Webhook, "WebhookSecret")]
    [InlineData("post", "/api/v1/voice/sms", "WebhookSecret")]
    public async Task The_document_says_what_admits_to_each_route(string method, string path, string admits)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        var document = await DocumentAsync(voice);

        document.GetProperty("paths").GetProperty(path).GetProperty(method).GetProperty("security").EnumerateArray()
            .Select(one => one.EnumerateObject().Single().Name).Should().Equal(admits.Split(' '));
        document.GetProperty("components").GetProperty("securitySchemes").EnumerateObject().Select(scheme => scheme.Name)
            .Should().Contain(admits.Split(' '));
    }

    [Fact]
    public async Task What_the_document_requires_of_a_body_the_service_asks_for_by_name()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        var document = await DocumentAsync(voice);

        var asked = 0;
        foreach (var path in document.GetProperty("paths").EnumerateObject())
            foreach (var schema in BodySchemas(path.Value).Select(reference => Resolve(document, reference)))
            {
                if (!schema.TryGetProperty("required", out var members)) continue;
                var required = members.EnumerateArray().Select(member => member.GetString()!).ToArray();
                using var answer = await PostAsync(voice, System.Text.RegularExpressions.Regex.Replace(path.Name, "{.*?}", "x"), "{}");
                answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity, path.Name);
                var missed = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("errors");
                required.Except(missed.EnumerateObject().Select(field => field.Name)).Should().BeEmpty(path.Name);
                asked += required.Length;
            }
        asked.Should().BeGreaterThan(4);

        static IEnumerable<string> BodySchemas(JsonElement path) =>
            path.TryGetProperty("post", out var post) && post.TryGetProperty("requestBody", out var body)
                && body.GetProperty("content").TryGetProperty("application/json", out var json)
                && json.GetProperty("schema").TryGetProperty("$ref", out var reference) ? [reference.GetString()!] : [];
    }

    [Fact]
    public async Task Every_body_that_is_taken_has_a_validator_for_the_document_to_be_read_off()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        var described = voice.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>().ApiDescriptionGroups.Items
            .SelectMany(group => group.Items).SelectMany(route => route.ParameterDescriptions)
            .Where(parameter => parameter.Source.Id is "Body").Select(parameter => parameter.Type).ToHashSet();
        described.Should().NotBeEmpty();
        described.Where(type => voice.Services.GetService(typeof(IValidator<>).MakeGenericType(type)) is null).Should().BeEmpty();
    }

    private static JsonElement Resolve(JsonElement document, string reference) =>
        document.GetProperty("components").GetProperty("schemas").GetProperty(reference.Split('/')[^1]);

    private static async Task<JsonElement> DocumentAsync(VoiceHost voice) =>
        JsonDocument.Parse(await voice.Http.GetStringAsync("/swagger/v1/swagger.json")).RootElement;

    private static Task<HttpResponseMessage> PostAsync(VoiceHost voice, string path, string body, string mediaType = "application/json") =>
        voice.Http.PostAsync(path, new StringContent(body, Encoding.UTF8, mediaType));

    private static string At(string path, string id) => path.Replace("{recording_id}", id);

    private static JsonElement Answer(JsonElement document, string method, string path, int status) =>
        document.GetProperty("paths").GetProperty(path).GetProperty(method).GetProperty("responses").GetProperty($"{status}");

    private static IEnumerable<JsonElement> Examples(JsonElement answer) => answer.GetProperty("content").EnumerateObject()
        .SelectMany(media => media.Value.TryGetProperty("examples", out var examples)
            ? examples.EnumerateObject().Select(example => example.Value)
            : media.Value.TryGetProperty("example", out var one) ? [one] : Enumerable.Empty<JsonElement>());

    // Every member with its kind, in order; of a list the first element stands for all.
    private static IEnumerable<string> Shape(JsonElement value, string path = "") => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Shape(member.Value, $"{path}.{member.Name}")),
        JsonValueKind.Array => value.EnumerateArray().Take(1).SelectMany(element => Shape(element, path + "[]")),
        _ => [$"{path}: {value.ValueKind}"],
    };
}
