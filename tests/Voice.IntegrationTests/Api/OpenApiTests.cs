using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.Extensions.DependencyInjection;

namespace Voice.IntegrationTests.Api;

public class OpenApiTests
{
    [Fact]
    public async Task The_document_has_every_route_with_its_answers_headers_and_examples()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);

        var document = JsonDocument.Parse(await voice.Http.GetStringAsync("/swagger/v1/swagger.json")).RootElement;

        var routes = voice.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>().ApiDescriptionGroups.Items
            .SelectMany(group => group.Items)
                .Select(route => (Path: "/" + route.RelativePath, Method: route.HttpMethod!.ToLowerInvariant())).ToList();
        routes.Should().HaveCountGreaterThan(3);
        foreach (var (path, method) in routes)
        {
            var operation = document.GetProperty("paths").GetProperty(path).GetProperty(method);
            operation.GetProperty("summary").GetString().Should().NotBeNullOrEmpty();
            foreach (var answer in operation.GetProperty("responses").EnumerateObject())
                if (answer.Name is not ("304" or "204") && !path.EndsWith("/events")
                    && !(answer.Name == "200" && path.EndsWith("/document")))
                    answer.Value.GetProperty("content").GetProperty("application/json").GetProperty("examples").EnumerateObject()
                        .Should().NotBeEmpty($"{method} {path} {answer.Name}");
        }
        Example(document, "/api/v1/voice/recordings/{recording_id}", "get", "404").Should().Be("""{"detail":"Recording not found"}""");
        Example(document, "/api/v1/voice/recordings/{recording_id}", "get", "500")
            .Should().Be("""{"detail":"Failed to query recording status"}""");
        document.GetProperty("paths").GetProperty("/api/v1/voice/conference/create").GetProperty("post").GetProperty("responses")
            .GetProperty("503")
            .GetProperty("headers").EnumerateObject().Select(header => header.Name).Should().Contain(["Retry-After", "Location"]);
    }

    [Fact]
    public async Task The_pages_are_served()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);

        (await voice.Http.GetStringAsync("/swagger")).Should().Contain("Voice API");
    }

    private static string Example(JsonElement document, string path, string method, string status)
    {
        var example = document.GetProperty("paths").GetProperty(path).GetProperty(method).GetProperty("responses").GetProperty(status)
            .GetProperty("content").GetProperty("application/json").GetProperty("examples").EnumerateObject().First()
                .Value.GetProperty("value");
        return JsonSerializer.Serialize(example);
    }
}
