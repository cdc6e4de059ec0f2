using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Voice.Application.Recordings;

namespace Voice.IntegrationTests.Operations;

/// <summary>What the log says, how often, and what it never does.</summary>
public class LogTests
{
    [SkippableTheory, OnBothDatabases]
    public async Task Outside_Development_every_line_is_JSON_and_none_has_a_phone_a_secret_or_what_was_said(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var speech = await SpeechDouble.StartAsync(SpeechDouble.Deal);
        var folder = Directory.CreateTempSubdirectory("voice-log-");
        await using var voice = await VoiceProcess.StartAsync(
            database.ConnectionString, folder.FullName, [.. NoisyRun.Settings, .. speech.Settings]);

        await NoisyRun.MakeAsync(voice.Http);

        var lines = (await voice.TerminateAsync()).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        folder.Delete(recursive: true);
        var messages = lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("Message").GetString()!).ToList();
        messages[0].Should().MatchRegex(@"^Voice \d+\.\d+\.\d+ listens on http");
        foreach (var word in NoisyRun.Unspeakable) string.Join('\n', lines).Should().NotContainEquivalentOf(word);
        messages.Should().Contain(message => Regex.IsMatch(
            message, @"^POST /api/v1/voice/webhook/\{\*token\}: 401 in [\d.]+ ms, recording none, trace [0-9a-f]{32}\.$"));
        messages.Should().Contain(message => message.StartsWith("Two reports on how the call of conf_"));
        // What happened to a recording is found by its id, and by the id of its trace, whichever request it was.
        var change = messages.Select(message => Regex.Match(
            message, @"^Recording (conf_\w+): recording → completed, trace ([0-9a-f]{32})\.$")).First(match => match.Success);
        var id = change.Groups[1].Value;
        change.Groups[2].Value.Should().Be(RecordingTrace.IdOf(id).ToString());
        messages.Should().Contain(message => Regex.IsMatch(
            message, $@"^POST /api/v1/voice/conference/create: 200 in [\d.]+ ms, recording {id}, trace [0-9a-f]{{32}}\.$"));
        messages.Should().Contain(message => Regex.IsMatch(
            message, $@"^POST /api/v1/voice/process: 200 in [\d.]+ ms, recording {id}, trace [0-9a-f]{{32}}\.$"));
        messages.Should().Contain(message => Regex.IsMatch(
            message, $@"^Job job_\w+: completed, failure none, recording {id}, trace {RecordingTrace.IdOf(id)}\.$"));
        messages.Should().Contain(message => Regex.IsMatch(
            message, @"^Job job_\w+: failed, failure invalid, recording none, trace none\.$"));
        messages.Should().Contain(message => Regex.IsMatch(
            message, $@"^POST /api/v1/voice/webhook: 200 in [\d.]+ ms, recording {id}, trace [0-9a-f]{{32}}\.$"));
    }

    [Fact]
    public async Task Status_reads_that_come_all_day_have_no_line()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        var id = await voice.CreatedIdAsync();

        await voice.StatusAsync(id);
        await voice.Http.GetAsync($"/api/v1/voice/recordings/{id}/timeline");

        voice.Log.Lines.Should().Contain(line => line.Text.Contains("recordings/{recording_id}/timeline: 200"))
            .And.NotContain(line => line.Text.Contains("recordings/{recording_id}: "));
    }

    [SkippableFact]
    public async Task A_database_that_is_away_is_one_line_for_everybody_who_meets_it_and_one_when_it_is_back()
    {
        var server = await PostgresServer.StartPrivateAsync();
        await using var database = await TestDatabase.CreateAsync(server);
        await using var voice = await VoiceHost.StartAsync(database);
        await voice.UntilFinalAsync(await voice.CreatedIdAsync());
        await server.StopAsync();

        await Eventually.HoldsAsync(() => Warnings(voice).Any(text => text.StartsWith("The database is away")));
        for (var request = 0; request < 20; request++) (await voice.PostWebhookAsync($"sessionId=S{request}&status=busy")).Dispose();
        await Task.Delay(5000); // Sweeps, keys, the feed and the clock meet it meanwhile, each several times.
        var away = Warnings(voice);
        await server.StartAgainAsync();
        await Eventually.HoldsAsync(() => Warnings(voice).Contains("The database is back."));

        away.Should().ContainSingle().Which.Should().NotContain("   at ");
        Warnings(voice).Should().HaveCount(2);
    }

    private static List<string> Warnings(VoiceHost voice) =>
        [.. voice.Log.Lines.Where(line => line.Level >= LogLevel.Warning).Select(line => line.Text)];
}
