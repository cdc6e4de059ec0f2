using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Voice.Application.Recordings;

namespace Voice.IntegrationTests.Waiting;

public class WaitTests
{
    private const string Id = "conf_1234567890";
    private const string Path = $"/api/v1/voice/recordings/{Id}";
    private const string Completed = $"sessionId={Id}&duration=342&recordingUrl=https%3A%2F%2Fa.at-internal.com%2F1.mp3";

    [SkippableTheory, OnBothDatabases]
    public async Task Without_a_tag_the_answer_is_held_until_the_status_is_final(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await StartAsync(database);

        var waiting = voice.Http.GetStringAsync($"{Path}?wait=30");
        await voice.PostWebhookAsync($"sessionId={Id}&duration=342");
        await Task.Delay(200);
        waiting.IsCompleted.Should().BeFalse("processing is not final");
        await voice.PostWebhookAsync(Completed);

        (await waiting).Should().Contain("\"completed\"");
    }

    [SkippableTheory, OnBothDatabases]
    public async Task With_a_tag_the_answer_is_held_until_the_body_differs(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await StartAsync(database);
        var tag = (await voice.Http.GetAsync(Path)).Headers.ETag!;
        var request = new HttpRequestMessage(HttpMethod.Get, Path)
        {
            Headers = { { "If-None-Match", tag.ToString() }, { "Prefer", "respond-async, wait=90" } },
        };

        var waiting = voice.Http.SendAsync(request);
        await voice.PostWebhookAsync($"isActive=1&sessionId={Id}&callSessionState=Ringing");
        await Task.Delay(200);
        waiting.IsCompleted.Should().BeFalse("a ringing phone does not show in the body");
        await voice.PostWebhookAsync($"sessionId={Id}&duration=342");

        using var response = await waiting;
        (await response.Content.ReadAsStringAsync()).Should().Contain("\"processing\"");
        response.Headers.GetValues("Preference-Applied").Should().Equal("wait=60");
    }

    [Fact]
    public async Task When_the_time_is_up_the_answer_is_what_there_is()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await StartAsync(database);
        var tag = (await voice.Http.GetAsync(Path)).Headers.ETag!;
        var request = new HttpRequestMessage(HttpMethod.Get, $"{Path}?wait=1") { Headers = { { "If-None-Match", tag.ToString() } } };

        (await voice.Http.GetStringAsync($"{Path}?wait=1")).Should().Contain("\"recording\"");
        (await voice.Http.SendAsync(request)).StatusCode.Should().Be(HttpStatusCode.NotModified);
    }

    [Theory]
    [InlineData("?wait=-1", null)]
    [InlineData("?wait=", null)]
    [InlineData("?wait=1.5", null)]
    [InlineData("?wait=soon", null)]
    [InlineData("?wait=٣", null)]
    [InlineData("", "wait=soon")]
    [InlineData("", "wait")]
    public async Task Nonsense_is_invalid(string query, string? prefer)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await StartAsync(database);
        var request = new HttpRequestMessage(HttpMethod.Get, Path + query);
        if (prefer is not null) request.Headers.Add("Prefer", prefer);

        using var response = await voice.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await response.Content.ReadAsStringAsync()).Should().Contain($"\"errors\":{{\"{(prefer is null ? "wait" : "Prefer")}\":");
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Shutting_down_releases_waiters_at_once_with_a_normal_answer(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var voice = await StartAsync(database);
        using var http = new HttpClient { BaseAddress = voice.Http.BaseAddress };
        var waiting = http.GetAsync($"{Path}?wait=60");
        var streaming = http.GetStringAsync($"{Path}/events");
        await Task.Delay(300);

        await voice.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(40)); // They would have waited for a minute.

        (await waiting).StatusCode.Should().Be(HttpStatusCode.OK);
        (await streaming).Should().Contain("\"recording\"");
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_waiter_does_not_look_at_the_database_while_it_waits(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await StartAsync(database);
        await UntilUpAsync(voice, true);
        var waiting = voice.Http.GetStringAsync($"{Path}?wait=60");
        await Task.Delay(300);

        const string fail = "UPDATE voice_recordings SET status = 'failed', over_at = created_at, failure_code = 'busy'";
        await database.ExecuteAsync(fail); // Behind the feed's back.
        await Task.Delay(2500);
        waiting.IsCompleted.Should().BeFalse("a look would have found it");
        await database.ExecuteAsync("UPDATE voice_recordings SET status = 'recording', over_at = NULL, failure_code = NULL");
        await voice.PostWebhookAsync(Completed);

        (await waiting.WaitAsync(TimeSpan.FromSeconds(30))).Should().Contain("\"completed\"");
    }

    [SkippableFact]
    public async Task A_waiter_on_another_instance_is_woken()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Postgres);
        await using var one = await StartAsync(database);
        await using var other = await VoiceHost.StartAsync(database);
        await UntilUpAsync(other, true);

        var waiting = other.Http.GetStringAsync($"{Path}?wait=60");
        await Task.Delay(200);
        await one.PostWebhookAsync(Completed);

        (await waiting.WaitAsync(TimeSpan.FromSeconds(30))).Should().Contain("\"completed\"");
    }

    [SkippableFact]
    public async Task When_the_feed_breaks_nothing_is_missed_and_it_comes_back()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Postgres);
        await using var one = await StartAsync(database);
        await using var other = await VoiceHost.StartAsync(database);
        await UntilUpAsync(other, true);
        var waiting = other.Http.GetStringAsync($"{Path}?wait=60");
        await Task.Delay(200);

        // The listening connections are cut and the change is written while nobody can hear of it.
        await database.ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()");
        await UntilUpAsync(other, false);
        await database.ExecuteAsync($"""
            UPDATE voice_recordings SET status = 'failed', over_at = 1705312800000, failure_code = 'busy', version = version + 1
            WHERE recording_id = '{Id}'
            """);

        (await waiting.WaitAsync(TimeSpan.FromSeconds(30))).Should().Contain("\"busy\"");
        await UntilUpAsync(other, true);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_stream_tells_each_change_and_ends_after_the_final_one(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await StartAsync(database);

        using var response = await voice.Http.GetAsync($"{Path}/events", HttpCompletionOption.ResponseHeadersRead);
        response.Content.Headers.ContentType!.MediaType.Should().Be("text/event-stream");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        (await EventAsync(reader)).Should().StartWith("event: status|id: 0|data: {").And.Contain("\"recording\"");
        await voice.PostWebhookAsync($"sessionId={Id}&duration=342");
        (await EventAsync(reader)).Should().Contain("\"processing\"");
        await voice.PostWebhookAsync(Completed);
        var last = await EventAsync(reader);
        last.Should().Contain("\"completed\"");
        (await reader.ReadToEndAsync()).Should().BeEmpty("the stream has ended");

        var again = new HttpRequestMessage(HttpMethod.Get, $"{Path}/events") { Headers = { { "Last-Event-ID", last.Split('|')[1][4..] } } };
        (await voice.Http.SendAsync(again)).StatusCode.Should().Be(HttpStatusCode.NoContent, "an EventSource must not come back for ever");
        (await voice.Http.GetStringAsync($"{Path}/events")).Should().Contain("\"completed\"");
        (await voice.Http.GetAsync("/api/v1/voice/recordings/conf_nobody/events")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    private static async Task<string> EventAsync(StreamReader reader)
    {
        var lines = new List<string>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await reader.ReadLineAsync(patience.Token) is { Length: > 0 } line) lines.Add(line);
        return string.Join('|', lines);
    }

    private static async Task<VoiceHost> StartAsync(TestDatabase database)
    {
        var voice = await VoiceHost.StartAsync(database);
        await voice.Services.GetRequiredService<IRecordingRepository>()
            .AddAsync(TheRecording.New(at: TimeProvider.System.GetUtcNow()), null, default);
        return voice;
    }

    private static Task UntilUpAsync(VoiceHost voice, bool up)
    {
        var feed = voice.Services.GetRequiredService<IChangeFeed>();
        return Eventually.HoldsAsync(() => feed.IsUp == up, expected: $"the feed to be {(up ? "up" : "down")}");
    }
}
