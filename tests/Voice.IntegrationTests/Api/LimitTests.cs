using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Voice.Application;
using Voice.Application.Contracts;
using Voice.Application.Jobs;
using Voice.Application.Recordings;
using Voice.Infrastructure.Audio;
using Voice.Infrastructure.Jobs;
using Voice.IntegrationTests.Contracts;

namespace Voice.IntegrationTests.Api;

/// <summary>Every resource has a stated cap: as much as it says is taken, and one more is not (README, Limits).</summary>
public class LimitTests
{
    private const string List = "/api/v1/voice/recordings";

    [Fact]
    public async Task A_caller_has_so_many_requests_and_another_has_its_own()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(
            database, "--Limits:RequestsPerSecond=1", "--Auth:ApiKeys:0=one", "--Auth:ApiKeys:1=other");

        var answers = new List<HttpResponseMessage>();
        for (var number = 0; number < 50 && answers.All(answer => answer.IsSuccessStatusCode); number++)
            answers.Add(await GetAsync(voice, "one"));
        using var others = await GetAsync(voice, "other");

        answers[0].Headers.GetValues("RateLimit-Limit").Should().Equal("1");
        answers[0].Headers.GetValues("RateLimit-Remaining").Should().Equal("1");
        answers[^1].StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        answers[^1].Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(1));
        (await answers[^1].Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString().Should().StartWith("Too many");
        others.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task So_many_answers_are_held_and_one_more_is_not()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, "--Limits:HeldPerCaller=2");
        await voice.Services.GetRequiredService<IRecordingRepository>().AddAsync(
            TheRecording.New(at: TimeProvider.System.GetUtcNow()), null, default);
        var path = $"{List}/{TheRecording.Id}";
        using var one = await voice.Http.GetAsync(path + "/events", HttpCompletionOption.ResponseHeadersRead);
        using var other = await voice.Http.GetAsync(path + "/events", HttpCompletionOption.ResponseHeadersRead);

        using var wait = await voice.Http.GetAsync(path + "?wait=60");
        using var stream = await voice.Http.GetAsync(path + "/events", HttpCompletionOption.ResponseHeadersRead);
        using var plain = await voice.Http.GetAsync(path);
        other.Dispose();

        foreach (var refused in (HttpResponseMessage[])[wait, stream])
        {
            refused.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
            refused.Headers.RetryAfter.Should().NotBeNull();
        }
        plain.StatusCode.Should().Be(HttpStatusCode.OK, "it is not held");
        await Eventually.SeesAsync(() => voice.Http.GetAsync(path + "?wait=1"), answer => answer.StatusCode == HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/api/v1/voice/conference/create", "application/json", 1024 * 1024)]
    [InlineData("/api/v1/voice/webhook", "application/x-www-form-urlencoded", 64 * 1024)]
    [InlineData("/api/v1/voice/sms", "application/x-www-form-urlencoded", 64 * 1024)]
    public async Task A_body_has_so_many_bytes_chunked_or_not(string path, string type, int most)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);

        foreach (var isChunked in (bool[])[false, true])
        {
            // The server counts what frames the chunks, too.
            (await PostAsync(isChunked ? most - 5_000 : most, isChunked)).Should().NotBe(HttpStatusCode.RequestEntityTooLarge);
            (await PostAsync(most + 1, isChunked)).Should().Be(HttpStatusCode.RequestEntityTooLarge);
        }

        async Task<HttpStatusCode> PostAsync(int bytes, bool isChunked)
        {
            var body = new StringContent(new string(' ', bytes), Encoding.UTF8, type);
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
            request.Headers.TransferEncodingChunked = isChunked;
            using var response = await voice.Http.SendAsync(request);
            return response.StatusCode;
        }
    }

    [Theory]
    [InlineData(16, false)]
    [InlineData(17, true)]
    public async Task An_upload_has_so_many_fields(int fields, bool isTooMany)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        using var form = new MultipartFormDataContent();
        for (var number = 0; number < fields; number++) form.Add(new StringContent("x"), $"field{number}");

        using var response = await voice.Http.PostAsync("/api/v1/voice/upload", form);

        (await response.Content.ReadAsStringAsync()).Contains("more than 16 fields").Should().Be(isTooMany);
    }

    [Fact]
    public async Task A_head_that_does_not_end_is_not_waited_for()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, "--Limits:HeaderTime=00:00:01");

        var (status, _) = await RawHttp.SendAsync(new Uri(voice.Address), "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "u8.ToArray());

        status.Should().Be(HttpStatusCode.RequestTimeout);
    }

    [Fact]
    public async Task So_many_uploads_are_read_at_the_same_time()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, "--Limits:UploadsAtOnce=1");
        var body = new System.IO.Pipelines.Pipe();
        using var slow = new MultipartFormDataContent { { new StreamContent(body.Reader.AsStream()), "file", "slow.wav" } };
        var reading = voice.Http.PostAsync("/api/v1/voice/upload", slow);
        await body.Writer.WriteAsync(new byte[100_000]);
        await Eventually.HoldsAsync(() => Directory.EnumerateDirectories(voice.AudioFolder).Any());

        var other = await ProcessTests.UploadAsync(voice, new ByteArrayContent(Silence.Wav(seconds: 1)));
        await body.Writer.CompleteAsync();
        using var first = await reading;

        other.Status.Should().Be(429);
        first.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity, "it names no parties");
        Directory.EnumerateDirectories(voice.AudioFolder).Should().BeEmpty();
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Events_of_unknown_sessions_are_kept_up_to_a_number_and_those_of_calls_always(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database, "--Limits:UnknownEvents=3");
        await voice.Services.GetRequiredService<IRecordingRepository>().AddAsync(
            TheRecording.New(at: TimeProvider.System.GetUtcNow()), null, default);

        var unknown = new List<HttpStatusCode>();
        foreach (var body in (string[])["sessionId=S1", "sessionId=S2", "unreadable=1", "sessionId=S3", "sessionId=S1"])
            unknown.Add(await PostAsync(voice, body));

        unknown.Should().Equal(HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity, HttpStatusCode.TooManyRequests,
            HttpStatusCode.OK); // The last is a repeat.
        (await PostAsync(voice, $"sessionId={TheRecording.Id}&status=busy")).Should().Be(HttpStatusCode.OK);
        (await database.CountAsync("SELECT COUNT(*) FROM webhook_inbox")).Should().Be(4);
        (await voice.UntilFinalAsync(TheRecording.Id)).FailureCode().Should().Be("busy");
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Events_of_unknown_sessions_are_kept_up_to_so_many_bytes(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database, "--Limits:UnknownEventBytes=50000");

        var answers = new List<HttpStatusCode>();
        for (var number = 0; number < 3; number++)
            answers.Add(await PostAsync(voice, $"sessionId=S{number}&note={new string('x', 30_000)}"));

        answers.Should().Equal(HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_timeline_tells_of_so_many_events_and_always_of_what_they_came_to(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database, "--Limits:TimelineLines=5");
        await voice.Services.GetRequiredService<IRecordingRepository>().AddAsync(
            TheRecording.New(at: TimeProvider.System.GetUtcNow()), null, default);

        for (var number = 0; number < 9; number++) await PostAsync(voice, $"sessionId={TheRecording.Id}&status=busy&note={number}");
        await PostAsync(voice, $"sessionId={TheRecording.Id}&duration=342&recordingUrl=https%3A%2F%2Fa.at-internal.com%2F1.mp3");

        (await voice.StatusAsync(TheRecording.Id)).Status().Should().Be("completed");
        (await database.CountAsync("SELECT COUNT(*) FROM voice_timeline WHERE kind IN ('provider_event', 'contradiction')"))
            .Should().BeLessThanOrEqualTo(5);
        (await database.CountAsync("SELECT COUNT(*) FROM voice_timeline WHERE kind = 'status_changed'")).Should().Be(2);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task So_many_jobs_wait_of_a_caller_and_of_all(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var jobs = Jobs(database);
        var limits = new Limits { JobsPerCaller = 2, Jobs = 3 };

        await AddAsync("one", 1);
        var second = await AddAsync("one", 2);
        await FluentActions.Awaiting(() => AddAsync("one", 3)).Should().ThrowAsync<TooManyException>("of one caller");
        (await AddAsync("one", 2)).Should().BeEquivalentTo(second, "it waits already");
        await AddAsync("other", 4);
        await FluentActions.Awaiting(() => AddAsync("third", 5)).Should().ThrowAsync<TooManyException>("of all");

        Task<Job> AddAsync(string caller, int number) => jobs.AddAsync(Job(caller, number), limits, default);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Callers_take_turns_however_many_jobs_one_of_them_has(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var jobs = Jobs(database);
        foreach (var number in Enumerable.Range(0, 6)) await jobs.AddAsync(Job("many", number), new(), default);
        foreach (var number in Enumerable.Range(6, 2)) await jobs.AddAsync(Job("few", number), new(), default);

        var order = new List<string>();
        for (var second = 1; second <= 8; second++)
            order.Add((await jobs.TakeAsync(TheRecording.Start.AddSeconds(second), TheRecording.Start.AddHours(1), default))!.Caller);

        order.Should().Equal("many", "few", "many", "few", "many", "many", "many", "many");
    }

    [SkippableFact]
    public async Task Decoding_may_take_so_much_of_the_processor()
    {
        Needs.Tool(File.Exists("/bin/sh"), "There is no shell.");
        var folder = Directory.CreateTempSubdirectory("voice-tool-");

        var busy = await Tool.RunAsync("sh", ["-c", "while :; do :; done"], null, Tool.Nothing, TimeSpan.FromSeconds(1), default)
            .WaitAsync(TimeSpan.FromMinutes(1));
        var idle = await Tool.RunAsync("sh", ["-c", "exit 3"], null, Tool.Nothing, TimeSpan.FromSeconds(1), default);

        Tool.IsKilled(busy).Should().BeTrue();
        idle.Should().Be(3);
        folder.Delete();
    }

    private static JobRepository Jobs(TestDatabase database) =>
        new(database.Source, database.Dialect, database.Changes, NullLogger<JobRepository>.Instance);

    private static Job Job(string caller, int number) => Application.Jobs.Job.New(
        new ContractOrder { AudioUrl = $"https://a.at-internal.com/{number}.mp3", Parties = [], ContractType = "other" },
        caller, TheRecording.Start.AddMilliseconds(number));

    private static async Task<HttpStatusCode> PostAsync(VoiceHost voice, string form)
    {
        using var response = await voice.PostWebhookAsync(form);
        return response.StatusCode;
    }

    private static Task<HttpResponseMessage> GetAsync(VoiceHost voice, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, List) { Headers = { { "Authorization", $"Bearer {key}" } } };
        return voice.Http.SendAsync(request);
    }
}
