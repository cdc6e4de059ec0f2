using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Voice.Application.Recordings;

namespace Voice.IntegrationTests.Api;

public class ConditionalReadTests
{
    private const string Path = "/api/v1/voice/recordings/conf_1234567890";
    private const string Audio = "https://a.at-internal.com/1.mp3";

    [SkippableTheory, OnBothDatabases]
    public async Task A_tag_fits_until_the_body_changes(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database);
        var recordings = voice.Services.GetRequiredService<IRecordingRepository>();
        await recordings.AddAsync(TheRecording.New(), null, default);
        await database.PutOffDeadlinesAsync();

        using var first = await voice.Http.GetAsync(Path);
        var tag = first.Headers.ETag!;
        tag.IsWeak.Should().BeFalse();
        first.Headers.CacheControl!.ToString().Should().Be("no-cache, private");
        first.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(2));
        using var same = await GetAsync(voice, Path, tag.ToString());
        same.StatusCode.Should().Be(HttpStatusCode.NotModified);
        same.Headers.ETag.Should().Be(tag);
        (await same.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
        (await GetAsync(voice, Path, $"\"other\", W/{tag}")).StatusCode.Should().Be(HttpStatusCode.NotModified);
        (await GetAsync(voice, Path, "*")).StatusCode.Should().Be(HttpStatusCode.NotModified);

        await recordings.ChangeAsync("conf_1234567890", recording => recording.Apply(TheRecording.Final() with { IsFinal = false }),
            default);
        await database.PutOffDeadlinesAsync();
        (await GetAsync(voice, Path, tag.ToString())).StatusCode
            .Should().Be(HttpStatusCode.NotModified, "a ringing phone does not show in the body");
        await recordings.ChangeAsync("conf_1234567890", recording => recording.Apply(TheRecording.Final(Audio, 342)), default);
        using var changed = await GetAsync(voice, Path, tag.ToString());
        changed.StatusCode.Should().Be(HttpStatusCode.OK);
        changed.Headers.ETag.Should().NotBe(tag);
        changed.Headers.RetryAfter.Should().BeNull("nothing more will come");
    }

    [Theory]
    [InlineData("")]
    [InlineData("?wait=0")]
    public async Task Head_says_the_same_without_the_body(string query)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        await voice.Services.GetRequiredService<IRecordingRepository>().AddAsync(TheRecording.New(), null, default);

        using var head = await voice.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, Path + query));
        using var get = await voice.Http.GetAsync(Path + query);

        head.StatusCode.Should().Be(HttpStatusCode.OK);
        head.Headers.ETag.Should().Be(get.Headers.ETag);
        head.Content.Headers.ContentLength.Should().Be(get.Content.Headers.ContentLength);
        (await head.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_final_recording_is_answered_from_memory_and_never_stale(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database);
        var recordings = voice.Services.GetRequiredService<IRecordingRepository>();
        var feed = voice.Services.GetRequiredService<IChangeFeed>();
        await Eventually.HoldsAsync(() => feed.IsUp);
        await recordings.AddAsync(TheRecording.New(), null, default);
        await voice.PostWebhookAsync("sessionId=conf_1234567890&status=failed");
        (await voice.StatusAsync("conf_1234567890")).Status().Should().Be("failed");

        await database.ExecuteAsync("ALTER TABLE voice_recordings RENAME TO away");
        (await voice.StatusAsync("conf_1234567890")).Status().Should().Be("failed", "no database is needed for it");
        await database.ExecuteAsync("ALTER TABLE away RENAME TO voice_recordings");

        await voice.PostWebhookAsync($"sessionId=conf_1234567890&recordingUrl={Uri.EscapeDataString(Audio)}");
        (await voice.StatusAsync("conf_1234567890")).Status().Should().Be("completed");
    }

    private static Task<HttpResponseMessage> GetAsync(VoiceHost voice, string path, string tag)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        return voice.Http.SendAsync(request);
    }
}
