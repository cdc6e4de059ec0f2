using System.Net;

namespace Voice.IntegrationTests.Api;

public class CrashTests
{
    [SkippableTheory, OnBothDatabases]
    public async Task A_call_outlives_a_kill_in_its_middle(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var folder = Directory.CreateTempSubdirectory("voice-crash-");
        string id;
        await using (var first = await VoiceProcess.StartAsync(database.ConnectionString, folder.FullName,
            "--Sandbox:CallDuration=00:00:03"))
        {
            id = await first.CreateAsync();
            await Task.Delay(1000);
            await first.KillAsync();
        }
        (await database.CountAsync("SELECT COUNT(*) FROM voice_recordings WHERE status = 'recording'")).Should().Be(1);

        await using var host = await VoiceHost.StartAsync(database, $"--Sandbox:Folder={folder.FullName}",
            "--Sandbox:CallDuration=00:00:03");

        (await host.UntilFinalAsync(id)).Status().Should().Be("completed");
        folder.Delete(recursive: true);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_webhook_that_was_answered_before_a_kill_is_never_lost(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var folder = Directory.CreateTempSubdirectory("voice-crash-");
        var answered = new List<int>();
        await using (var process = await VoiceProcess.StartAsync(database.ConnectionString, folder.FullName))
        {
            var killing = Task.CompletedTask;
            try
            {
                for (var number = 0; ; number++)
                {
                    using var response = await process.Http.PostAsync("/api/v1/voice/webhook",
                        new StringContent($"sessionId=S{number}", null, "application/x-www-form-urlencoded"));
                    if (response.StatusCode == HttpStatusCode.OK) answered.Add(number);
                    if (number == 50) killing = Task.Run(process.KillAsync);
                }
            }
            catch (HttpRequestException)
            {
                // Killed, as meant.
            }
            await killing;
        }

        answered.Should().NotBeEmpty();
        (await database.CountAsync(
            $"SELECT COUNT(*) FROM webhook_inbox WHERE session_id IN ({string.Join(',', answered.Select(number => $"'S{number}'"))})"))
            .Should().Be(answered.Count);
        folder.Delete(recursive: true);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task What_a_crash_left_kept_but_unapplied_is_applied_by_the_sweep(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var provider = await ProviderDouble.StartAsync(_ => "ATVId_1");
        await using var voice = await VoiceHost.StartAsync(database, provider.Settings);
        var id = await voice.CreatedIdAsync();
        const string Body = "isActive=0&sessionId=ATVId_1&status=NotAnswered";
        await database.ExecuteAsync($"""
            INSERT INTO webhook_inbox (digest, session_id, received_at, content_type, body, due_at)
            VALUES ('left', 'ATVId_1', 1705312800000, 'application/x-www-form-urlencoded',
                {(engine == Engine.Sqlite ? $"CAST('{Body}' AS BLOB)" : $"'{Body}'::bytea")}, 1705312810000)
            """);

        (await voice.UntilFinalAsync(id)).FailureCode().Should().Be("no_answer");
    }
}
