using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Voice.Application.Recordings;

namespace Voice.IntegrationTests.Waiting;

public class OutageTests
{
    private const string Id = "conf_1234567890";
    private const string Path = "/api/v1/voice/recordings/" + Id;
    private const string CutAll =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";

    [SkippableFact]
    public async Task Reads_outlive_the_loss_of_every_connection_in_the_pool()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Postgres);
        await using var voice = await StartAsync(database);

        for (var round = 0; round < 5; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => voice.Http.GetStringAsync(Path))); // Fills the pool.
            await database.ExecuteAsync(CutAll);
            string[] paths = [Path, "/api/v1/voice/recordings", Path + "/timeline", Path + "?wait=0"];
            var answers = await Task.WhenAll(paths.Concat(paths).Concat(paths).Select(path => voice.Http.GetAsync(path)));

            answers.Select(answer => answer.StatusCode).Should().OnlyContain(status => status == HttpStatusCode.OK);
        }
        voice.Log.Lines.Should().NotContain(line => line.Level > LogLevel.Warning);
    }

    [SkippableFact]
    public async Task Waiters_outlive_the_loss_of_every_connection()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Postgres);
        await using var voice = await StartAsync(database);
        var waiters = Enumerable.Range(0, 200).Select(_ => voice.Http.GetStringAsync(Path + "?wait=60")).ToList();
        await Task.Delay(500);

        await database.ExecuteAsync(CutAll);
        await Task.Delay(500);
        await voice.PostWebhookAsync($"sessionId={Id}&status=busy");

        (await Task.WhenAll(waiters).WaitAsync(TimeSpan.FromSeconds(40))).Should().OnlyContain(body => body.Contains("\"busy\""));
    }

    [SkippableTheory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_waiter_that_meets_an_outage_waits_on(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await StartAsync(database);
        await database.ExecuteAsync("ALTER TABLE voice_recordings RENAME TO away");

        var waiting = voice.Http.GetStringAsync(Path + "?wait=60");
        await Task.Delay(1500);
        waiting.IsCompleted.Should().BeFalse();
        await database.ExecuteAsync("ALTER TABLE away RENAME TO voice_recordings");
        await voice.PostWebhookAsync($"sessionId={Id}&status=busy");

        (await waiting.WaitAsync(TimeSpan.FromSeconds(40))).Should().Contain("\"busy\"");
    }

    [SkippableTheory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task When_the_time_of_a_waiter_is_up_it_gets_what_it_could_see(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await StartAsync(database);

        var seeing = voice.Http.GetAsync(Path + "?wait=3");
        await Task.Delay(500);
        await database.ExecuteAsync("ALTER TABLE voice_recordings RENAME TO away");
        using var saw = await seeing;
        using var blind = await voice.Http.GetAsync(Path + "?wait=1");

        saw.StatusCode.Should().Be(HttpStatusCode.OK);
        (await saw.Content.ReadAsStringAsync()).Should().Contain("\"recording\"");
        blind.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
    }

    private static async Task<VoiceHost> StartAsync(TestDatabase database)
    {
        var voice = await VoiceHost.StartAsync(database);
        await voice.Services.GetRequiredService<IRecordingRepository>().AddAsync(
            TheRecording.New(at: TimeProvider.System.GetUtcNow()), null, default);
        return voice;
    }
}
