using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Voice.Application.Replaying;

namespace Voice.IntegrationTests.Sandbox;

/// <summary>A provider that can be asked is asked before its silence counts.</summary>
public class AskingTests
{
    private const string EndIsNeverReported = "+254712340010";
    private static readonly string[] Hasty = ["--Recordings:SetupDeadline=00:00:05", "--Recordings:ProcessingDeadline=00:00:01"];

    [SkippableTheory, OnBothDatabases]
    public async Task A_call_whose_end_was_never_reported_is_completed_where_the_provider_can_be_asked(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database, [.. Hasty, "--Sandbox:Asked=true"]);

        var id = await voice.CreatedIdAsync(EndIsNeverReported, expected: 1);

        var done = await voice.UntilFinalAsync(id);
        done.Status().Should().Be("completed", $"{done}");
        done.GetProperty("duration").GetInt32().Should().BePositive();
        (await database.CountAsync("SELECT COUNT(*) FROM webhook_inbox WHERE applied_at IS NULL")).Should().Be(0);
        var replay = await voice.Services.GetRequiredService<IMediator>().Send(new ReplayInbox(false, new Progress<FoundDifference>()));
        replay.Different.Should().Be(0, "what was told is there to be read again");
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Where_it_cannot_be_asked_its_silence_counts(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database, Hasty);

        var done = await voice.UntilFinalAsync(await voice.CreatedIdAsync(EndIsNeverReported, expected: 1));

        done.GetProperty("failure").GetProperty("code").GetString().Should().Be("call_too_long");
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_call_that_the_provider_says_is_ringing_is_waited_for(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(
            database, "--Recordings:SetupDeadline=00:00:01", "--Sandbox:Asked=true", "--Sandbox:CallDuration=00:10:00");
        var id = await voice.CreatedIdAsync("+254712340002"); // It rings for five minutes, and reports that after one.

        await Eventually.SeesAsync(
            () => database.CountAsync("SELECT COUNT(*) FROM webhook_inbox WHERE applied_at IS NOT NULL"), count => count > 1);

        (await voice.StatusAsync(id)).Status().Should().Be("recording");
    }
}
