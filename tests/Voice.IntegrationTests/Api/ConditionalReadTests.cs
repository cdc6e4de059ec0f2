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
        await using var provider = await ProviderDouble.StartAsync(_ => "ATVId_1");
        await using var voice = await VoiceHost.StartAsync(database, provider.Settings);
        var path = $"/api/v1/voice/recordings/{await voice.CreatedIdAsync()}";

        using var first = await voice.Http.GetAsync(path);
        var tag = first.Headers.ETag!;
        tag.IsWeak.Should().BeFalse();
        first.Headers.CacheControl!.ToString().Should().Be("no-cache, private");
        first.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(2));
        using var same = await GetAsync(voice, path, tag.ToString());
        same.StatusCode.Should().Be(HttpStatusCode.NotModified);
        same.Headers.ETag.Should().Be(tag);
        (await same.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
        (await GetAsync(voice, path, $"\"other\", W/{tag}")).StatusCode.Should().Be(HttpStatusCode.NotModified);
        (await GetAsync(voice, path, "*")).StatusCode.Should().Be(HttpStatusCode.NotModified);

        await voice.PostWebhookAsync("sessionId=ATVId_1&isActive=1&callSessionState=Ringing");
        (await GetAsync(voice, path, tag.ToString())).StatusCode
            .Should().Be(HttpStatusCode.NotModified, "a ringing phone does not show in the body");
        await voice.PostWebhookAsync("sessionId=ATVId_1&duration=342&recordingUrl=https%3A%2F%2Fa.at-internal.com%2F1.mp3");
        using var changed = await GetAsync(voice, path, tag.ToString());
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
