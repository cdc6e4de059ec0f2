using System.Net;

namespace Voice.IntegrationTests.Sandbox;

public class StoryTests
{
    [SkippableTheory, OnBothDatabases]
    public async Task Every_story_ends_as_the_readme_says(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database,
            "--Recordings:SetupDeadline=00:00:02", "--AfricasTalking:Timeout=00:00:04", "--Webhook:Secrets:0=a secret & more");
        var stories = new (string First, string Other, string End)[]
        {
            ("+254712345678", "+254787654321", "completed"),
            ("+254712340001", "+254787654321", "busy"),
            ("+254712340002", "+254787654321", "no_answer"),
            ("+254712340003", "+254787654321", "rejected"),
            ("+254712345678", "+254787650004", "party_unreachable"),
            ("+254712340005", "+254787654321", "invalid_number"),
            ("+254712340006", "+254787654321", "insufficient_credit"),
            ("+254712340007", "+254787654321", "completed"),
            ("+254712340008", "+254787654321", "completed"),
            ("+254712340009", "+254787654321", "completed"),
            ("+254712340010", "+254787654321", "call_too_long"),
            ("+254712340011", "+254787654321", "outcome_unknown"),
            ("+254712340012", "+254787654321", "outcome_unknown"),
        };

        var ends = await Task.WhenAll(stories.Select(async story =>
        {
            var body = await voice.UntilFinalAsync(await voice.CreatedIdAsync(story.First, story.Other, expected: 1));
            return body.Status() == "failed" ? body.FailureCode() : body.Status();
        }));

        ends.Should().Equal(stories.Select(story => story.End));
        (await database.CountAsync("SELECT COUNT(*) FROM webhook_inbox WHERE applied_at IS NULL")).Should().Be(0);
    }

    [Fact]
    public async Task The_recording_can_be_played_from_its_address()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        var body = await voice.UntilFinalAsync(await voice.CreatedIdAsync());

        var audio = await voice.Http.GetByteArrayAsync(body.GetProperty("recording_url").GetString());
        using var part = await voice.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, body.GetProperty("recording_url").GetString())
        {
            Headers = { { "Range", "bytes=0-99" } },
        });

        audio.Should().HaveCountGreaterThan(100_000).And.HaveCountLessThan(500_000);
        body.GetProperty("duration").GetInt32().Should().Be(38);
        part.StatusCode.Should().Be(HttpStatusCode.PartialContent, "players seek");
    }

    [Fact]
    public async Task Audio_that_never_comes_is_missing_after_the_deadline()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var provider = await ProviderDouble.StartAsync(_ => "ATVId_1");
        await using var voice = await VoiceHost.StartAsync(database, [.. provider.Settings, "--Recordings:ProcessingDeadline=00:00:00.5"]);
        var id = await voice.CreatedIdAsync();

        await voice.PostWebhookAsync("isActive=0&sessionId=ATVId_1&callSessionState=Completed&status=Success");

        (await voice.UntilFinalAsync(id)).FailureCode().Should().Be("audio_missing");
    }
}
