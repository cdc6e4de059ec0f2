using Voice.Application.Recordings;
using Voice.Application.Webhooks;
using Voice.Domain.Recordings;
using Voice.Infrastructure.Webhooks;

namespace Voice.IntegrationTests.Database;

public class WebhookInboxTests
{
    private static readonly Dictionary<string, string> NoProblems = [];

    [SkippableTheory, OnBothDatabases]
    public async Task A_report_is_kept_once_whoever_brings_it_at_the_same_time(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => Intake(database).TakeAsync(TheCallback("same")))));

        (await database.CountAsync("SELECT COUNT(*) FROM webhook_inbox")).Should().Be(1);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_report_is_applied_once_whoever_applies_it_at_the_same_time(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await database.Recordings.AddAsync(TheRecording.New(), null, default);
        await database.Recordings.ChangeAsync("conf_1234567890", recording => recording.Placed("ATVId_1", TheRecording.Start), default);
        var callback = TheCallback("digest", TheRecording.Final("https://a.at-internal.com/1.mp3"));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Intake(database).TakeAsync(callback))));

        (await database.CountAsync("SELECT COUNT(*) FROM voice_timeline WHERE kind = 'status_changed'")).Should().Be(1);
        (await database.CountAsync("SELECT times FROM voice_timeline WHERE detail LIKE '%; it changed nothing'")).Should().Be(7);
        (await database.CountAsync("SELECT COUNT(*) FROM voice_timeline WHERE repeat_of IS NOT NULL")).Should()
            .Be(1, "the repeats are one line");
        (await database.CountAsync("SELECT COUNT(*) FROM webhook_inbox WHERE applied_at IS NOT NULL")).Should().Be(1);
        (await Inbox(database).TakeUnappliedAsync(TheRecording.Start.AddHours(1), 10, default)).Should().BeEmpty();
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Instances_that_take_the_same_callbacks_in_different_orders_all_succeed(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var recordings = database.Recordings;
        var callbacks = new List<Callback>();
        for (var number = 0; number < 40; number++)
        {
            await recordings.AddAsync(TheRecording.New($"conf_{number:D2}"), null, default);
            callbacks.Add(TheCallback($"digest {number}",
                TheRecording.Final("https://a.at-internal.com/1.mp3") with { SessionId = $"conf_{number:D2}" }));
        }

        await Task.WhenAll(Enumerable.Range(0, 6).Select(instance => Task.Run(() =>
        {
            var intake = Intake(database);
            var order = callbacks.ToArray();
            new Random(instance).Shuffle(order);
            return Task.WhenAll(order.Select(intake.TakeAsync));
        })));

        (await database.CountAsync("SELECT COUNT(*) FROM voice_recordings WHERE status = 'completed'")).Should().Be(40);
        (await database.CountAsync("SELECT COUNT(*) FROM voice_timeline WHERE kind = 'status_changed'")).Should().Be(40);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task What_is_left_is_given_to_one_instance_again_and_again_but_not_for_ever(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var inbox = Inbox(database);
        await Intake(database).TakeAsync(TheCallback("digest"));
        await Intake(database).TakeAsync(TheCallback("unreadable", readable: false));
        var start = TheRecording.Start;

        (await inbox.TakeUnappliedAsync(start.AddSeconds(9), 10, default)).Should().BeEmpty();
        var left = await inbox.TakeUnappliedAsync(start.AddSeconds(10), 10, default);
        left.Should().ContainSingle();
        left[0].Should().BeEquivalentTo(new RawCallback([1, 2, 0, 255], "application/json", start));
        (await inbox.TakeUnappliedAsync(start.AddSeconds(19), 10, default)).Should().BeEmpty();
        (await inbox.TakeUnappliedAsync(start.AddSeconds(20), 10, default)).Should().ContainSingle();
        (await inbox.TakeUnappliedAsync(start.AddDays(1), 10, default)).Should()
            .HaveCount(2, "what could not be read is looked at once more");
        (await inbox.TakeUnappliedAsync(start.AddDays(9), 10, default)).Should().BeEmpty();
        (await inbox.FindUnappliedAsync("ATVId_1", default)).Should().HaveCount(2, "given up is not thrown away");
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_recording_is_found_by_session_by_its_own_id_and_by_the_echoed_tag(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var inbox = new WebhookInbox(database.Source, database.Dialect, new());
        var recordings = database.Recordings;
        await recordings.AddAsync(TheRecording.New("conf_placed"), null, default);
        await recordings.AddAsync(TheRecording.New("conf_waiting"), null, default);
        await recordings.ChangeAsync("conf_placed", recording => recording.Placed("ATVId_1", TheRecording.Start), default);

        (await Find("ATVId_1", null)).Should().Be("conf_placed");
        (await Find("conf_waiting", null)).Should().Be("conf_waiting");
        (await Find("ATVId_2", "conf_waiting")).Should().Be("conf_waiting");
        (await Find("ATVId_2", "conf_placed")).Should().BeNull("its session is another one");
        (await inbox.LookForSessionAsync("ATVId_1", TheRecording.Start, default)).Should().Be(SessionNews.Known);
        (await inbox.LookForSessionAsync("ATVId_9", TheRecording.Start, default)).Should().Be(SessionNews.MayCome);
        (await inbox.LookForSessionAsync("ATVId_9", TheRecording.Start.AddSeconds(1), default)).Should().Be(SessionNews.None);

        async Task<string?> Find(string session, string? echoed) => (await inbox.KeepAsync(
            [TheCallback($"{session} {echoed}", TheRecording.Final() with { SessionId = session, RecordingId = echoed })], default))
                .Single().Recording?.RecordingId;
    }

    private static WebhookInbox Inbox(TestDatabase database) => new(database.Source, database.Dialect, new());

    private static CallbackIntake Intake(TestDatabase database) => new(Inbox(database), database.Recordings, TimeProvider.System);

    private static Callback TheCallback(string digest, CallEvent? report = null, bool readable = true)
    {
        report ??= TheRecording.Final();
        return new Callback(
            new RawCallback([1, 2, 0, 255], "application/json", TheRecording.Start),
            new ReadCallback(digest, report.SessionId, readable ? report with { Digest = digest } : null, NoProblems));
    }
}
