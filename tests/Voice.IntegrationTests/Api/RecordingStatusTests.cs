using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Voice.Application.Recordings;

namespace Voice.IntegrationTests.Api;

public class RecordingStatusTests
{
    [SkippableTheory, OnBothDatabases]
    public async Task It_answers_to_the_byte_as_documented(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await database.Recordings.AddAsync(TheRecording.New(), null, default);
        await database.PutOffDeadlinesAsync();
        await using var voice = await VoiceHost.StartAsync(database);
        var recordings = voice.Services.GetRequiredService<IRecordingRepository>();

        (await voice.Http.GetStringAsync("/api/v1/voice/recordings/conf_1234567890")).Should().Be("""
            {"recording_id":"conf_1234567890","status":"recording","duration":null,"recording_url":null,
            "created_at":"2024-01-15T10:00:00.000Z","processed_at":null}
            """.ReplaceLineEndings(""));

        await recordings.ChangeAsync("conf_1234567890", recording => recording.Apply(
            TheRecording.Final("https://voice.africastalking.com/recording/abc123def456", 342)), default);
        (await voice.Http.GetStringAsync("/api/v1/voice/recordings/conf_1234567890")).Should().Be("""
            {"recording_id":"conf_1234567890","status":"completed","duration":342,
            "recording_url":"https://voice.africastalking.com/recording/abc123def456",
            "created_at":"2024-01-15T10:00:00.000Z","processed_at":"2024-01-15T10:05:42.000Z"}
            """.ReplaceLineEndings(""));
    }

    [SkippableTheory, OnBothDatabases]
    public async Task An_outage_of_the_database_is_an_error_and_never_a_404(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database);
        await database.ExecuteAsync("ALTER TABLE voice_recordings RENAME TO gone");
        await database.ExecuteAsync("ALTER TABLE webhook_inbox RENAME TO gone_too");

        using var status = await voice.Http.GetAsync("/api/v1/voice/recordings/conf_1234567890");
        using var create = await voice.CreateAsync();
        using var webhook = await voice.PostWebhookAsync("sessionId=S");

        status.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await status.Content.ReadAsStringAsync()).Should().Be("""{"detail":"Failed to query recording status"}""");
        status.Headers.GetValues("traceparent").Should().ContainSingle().Which.Should().StartWith("00-");
        create.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        webhook.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        webhook.Headers.RetryAfter.Should().NotBeNull();
        voice.Log.Lines.Should().Contain(line => line.Level == LogLevel.Error, "the operator must hear of it");
    }

    [Theory]
    [InlineData("conf_nobody")]
    [InlineData("%27%3B%20DROP%20TABLE%20voice_recordings%3B--")]
    [InlineData("%D9%A1%D9%A2%D9%A3")]
    [InlineData("%F0%9F%98%80")]
    public async Task What_cannot_be_found_is_not_found(string id)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);

        await NotFound(voice, id);
    }

    [Fact]
    public async Task An_id_of_a_megabyte_is_not_found_like_any_other()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);

        await NotFound(voice, new string('a', 1_000_000));
    }

    [Fact]
    public async Task Errors_come_as_problems_to_who_asks_for_them()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/voice/recordings/conf_nobody")
        {
            Headers = { { "Accept", "application/problem+json" } },
        };

        using var response = await voice.Http.SendAsync(request);

        response.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        (await response.Content.ReadAsStringAsync()).Should().Be("""
            {"type":"about:blank","title":"Not Found","status":404,"detail":"Recording not found",
            "instance":"/api/v1/voice/recordings/conf_nobody"}
            """.ReplaceLineEndings(""));
    }

    private static async Task NotFound(VoiceHost voice, string id)
    {
        using var response = await voice.Http.GetAsync($"/api/v1/voice/recordings/{id}");
        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync()).Should().Be("""{"detail":"Recording not found"}""");
        voice.Log.Lines.Should().NotContain(line => line.Level > LogLevel.Warning);
    }
}
