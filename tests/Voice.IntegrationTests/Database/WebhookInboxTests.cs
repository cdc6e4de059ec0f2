using Voice.Application.Recordings;
using Voice.Application.Webhooks;
using Voice.Infrastructure.Webhooks;
using Voice.IntegrationTests.Infrastructure;

namespace Voice.IntegrationTests.Database;

public class WebhookInboxTests
{
    private static readonly Dictionary<string, string> NoProblems = [];

    [SkippableTheory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_report_is_kept_once_whoever_brings_it_at_the_same_time(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var inbox = new WebhookInbox(database.Source, database.Dialect);

        var places = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => Keep(inbox, "same"))));

        places.Distinct().Should().ContainSingle();
        (await database.CountAsync("SELECT COUNT(*) FROM webhook_inbox")).Should().Be(1);
    }

    [SkippableTheory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_report_is_applied_once_whoever_applies_it_at_the_same_time(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var inbox = new WebhookInbox(database.Source, database.Dialect);
        var recordings = database.Recordings;
        await recordings.AddAsync(TheRecording.New(), null, default);
        var place = await Keep(inbox, "digest");
        var report = TheRecording.Final("https://a.at-internal.com/1.mp3", inboxId: place.InboxId);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            recordings.ChangeAsync("conf_1234567890", recording => recording.Apply(report), default))));

        (await database.CountAsync("SELECT COUNT(*) FROM voice_timeline WHERE kind = 'provider_event'")).Should().Be(1);
        (await Keep(inbox, "digest")).Should().Be(place with { IsApplied = true });
        (await inbox.TakeUnappliedAsync(TheRecording.Start.AddHours(1), 10, default)).Should().BeEmpty();
    }

    [SkippableTheory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task What_is_left_is_given_to_one_instance_again_and_again_but_not_for_ever(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var inbox = new WebhookInbox(database.Source, database.Dialect);
        await Keep(inbox, "digest");
        await Keep(inbox, "unreadable", readable: false);
        var start = TheRecording.Start;

        (await inbox.TakeUnappliedAsync(start.AddSeconds(9), 10, default)).Should().BeEmpty();
        var left = await inbox.TakeUnappliedAsync(start.AddSeconds(10), 10, default);
        left.Should().ContainSingle();
        left[0].Callback.Should().BeEquivalentTo(new RawCallback([1, 2, 0, 255], "application/json", start));
        (await inbox.TakeUnappliedAsync(start.AddSeconds(19), 10, default)).Should().BeEmpty();
        (await inbox.TakeUnappliedAsync(start.AddSeconds(20), 10, default)).Should().ContainSingle();
        (await inbox.TakeUnappliedAsync(start.AddDays(1), 10, default)).Should().ContainSingle();
        (await inbox.TakeUnappliedAsync(start.AddDays(9), 10, default)).Should().BeEmpty();
        (await inbox.FindUnappliedAsync("ATVId_1", default)).Should().HaveCount(2, "given up is not thrown away");
    }

    [SkippableTheory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_recording_is_found_by_session_by_its_own_id_and_by_the_echoed_tag(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var inbox = new WebhookInbox(database.Source, database.Dialect);
        var recordings = database.Recordings;
        await recordings.AddAsync(TheRecording.New("conf_placed"), null, default);
        await recordings.AddAsync(TheRecording.New("conf_waiting"), null, default);
        await recordings.ChangeAsync("conf_placed", recording => recording.Placed("ATVId_1", TheRecording.Start), default);

        (await recordings.FindBySessionAsync("ATVId_1", null, default))!.RecordingId.Should().Be("conf_placed");
        (await recordings.FindBySessionAsync("conf_waiting", null, default))!.RecordingId.Should().Be("conf_waiting");
        (await recordings.FindBySessionAsync("ATVId_2", "conf_waiting", default))!.RecordingId.Should().Be("conf_waiting");
        (await recordings.FindBySessionAsync("ATVId_2", "conf_placed", default)).Should().BeNull("its session is another one");
        (await inbox.IsCallBeingPlacedAsync(TheRecording.Start, default)).Should().BeTrue();
        (await inbox.IsCallBeingPlacedAsync(TheRecording.Start.AddSeconds(1), default)).Should().BeFalse();
    }

    private static Task<InboxPlace> Keep(WebhookInbox inbox, string digest, bool readable = true) => inbox.KeepAsync(
        new RawCallback([1, 2, 0, 255], "application/json", TheRecording.Start),
        new ReadCallback(digest, "ATVId_1", readable ? TheRecording.Final() : null, NoProblems),
        TheRecording.Start.AddSeconds(10), default);
}
