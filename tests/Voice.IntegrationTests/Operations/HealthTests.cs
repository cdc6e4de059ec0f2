using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Voice.IntegrationTests.Operations;

/// <summary>How an instance is, for who starts, watches or balances it.</summary>
public class HealthTests
{
    [SkippableTheory, OnBothDatabases]
    public async Task An_instance_that_is_well_is_live_and_ready_and_says_why(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database);

        var live = await voice.Http.GetFromJsonAsync<JsonElement>("/health/live");
        // The other instances are heard a moment after the start.
        var (status, ready) = await Eventually.SeesAsync(
            () => ReadyAsync(voice.Http), seen => StatusOf(seen.Body, "change_feed") == "healthy");

        live.GetProperty("status").GetString().Should().Be("live");
        status.Should().Be(HttpStatusCode.OK);
        ready.GetProperty("status").GetString().Should().Be("ready");
        ready.GetProperty("version").GetString().Should().MatchRegex(@"^\d+\.\d+\.\d+").And.Be(live.GetProperty("version").GetString());
        ready.GetProperty("checks").EnumerateObject().Select(check => check.Name)
            .Should().BeEquivalentTo("database", "change_feed", "disk", "engine", "shutdown");
        ready.GetProperty("checks").EnumerateObject().Should().OnlyContain(check =>
            check.Value.GetProperty("reason").GetString()!.EndsWith('.') && check.Value.GetProperty("milliseconds").GetDouble() >= 0);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_migration_that_has_not_run_is_named(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database);
        await database.ExecuteAsync("DELETE FROM schemaversions WHERE scriptname = '0007_limits.sql'");

        var (status, ready) = await ReadyAsync(voice.Http);

        status.Should().Be(HttpStatusCode.ServiceUnavailable);
        ready.GetProperty("checks").GetProperty("database").GetProperty("reason").GetString()
            .Should().Be("The migration 0007_limits.sql has not run.");
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task While_the_database_is_away_or_hangs_an_instance_is_live_and_not_ready_and_tells_nothing_of_it(bool hangs)
    {
        var server = await PostgresServer.StartPrivateAsync();
        await using var database = await TestDatabase.CreateAsync(server);
        await using var voice = await VoiceHost.StartAsync(database);
        if (hangs) await server.HangAsync();
        else await server.StopAsync();
        try
        {
            var (status, ready) = await ReadyAsync(voice.Http).WaitAsync(TimeSpan.FromSeconds(5));
            using var live = await voice.Http.GetAsync("/health/live");

            status.Should().Be(HttpStatusCode.ServiceUnavailable);
            StatusOf(ready, "database").Should().Be("unhealthy");
            ready.GetRawText().Should().NotContain("127.0.0.1").And.NotContain("Exception").And.NotContain("postgres");
            live.StatusCode.Should().Be(HttpStatusCode.OK);
            voice.Log.Lines.Should().NotContain(line => line.Text.Contains("health", StringComparison.OrdinalIgnoreCase));
        }
        finally
        {
            if (hangs) await server.GoOnAsync();
            else await server.StartAgainAsync();
        }
        await Eventually.SeesAsync(() => ReadyAsync(voice.Http), seen => seen.Status == HttpStatusCode.OK);
    }

    [SkippableFact]
    public async Task A_disk_without_room_is_no_place_to_send_anything()
    {
        using var disk = new SmallDisk(kilobytes: 4096);
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, $"--Audio:Folder={disk.Folder}");

        var (status, ready) = await ReadyAsync(voice.Http);

        status.Should().Be(HttpStatusCode.ServiceUnavailable);
        StatusOf(ready, "disk").Should().Be("unhealthy");
        ready.GetRawText().Should().NotContain(disk.Folder);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Probes_need_no_key_and_are_answered_however_many_they_are(string path)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(
            database, [.. Production.Settings, "--Limits:RequestsPerSecond=1"]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => voice.Http.GetAsync(path)));
        using var head = await voice.Http.SendAsync(new(HttpMethod.Head, path));

        answers.Append(head).Should().OnlyContain(answer => answer.StatusCode == HttpStatusCode.OK);
        (await head.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
        voice.Log.Lines.Should().NotContain(line => line.Text.Contains("health"));
    }

    [Fact]
    public async Task A_stopping_instance_turns_unready_before_it_stops_to_serve()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, "--Shutdown:Drain=00:00:03");
        var id = await voice.CreatedIdAsync();

        var stopping = voice.Services.GetRequiredService<IHost>().StopAsync();
        var (_, ready) = await Eventually.SeesAsync(() => ReadyAsync(voice.Http), seen => seen.Status == HttpStatusCode.ServiceUnavailable);

        StatusOf(ready, "shutdown").Should().Be("unhealthy");
        (await voice.StatusAsync(id)).GetProperty("recording_id").GetString().Should().Be(id, "it still serves");
        await stopping;
        voice.Log.Lines.Should().NotContain(line => line.Text.Contains("health", StringComparison.OrdinalIgnoreCase));
        await FluentActions.Awaiting(() => voice.Http.GetAsync("/health/live")).Should().ThrowAsync<HttpRequestException>();
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> ReadyAsync(HttpClient http)
    {
        using var response = await http.GetAsync("/health/ready");
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static string? StatusOf(JsonElement body, string check) =>
        body.GetProperty("checks").GetProperty(check).GetProperty("status").GetString();
}
