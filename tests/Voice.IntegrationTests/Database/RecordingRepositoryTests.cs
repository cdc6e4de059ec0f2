using Voice.Application.Recordings;
using Voice.Domain.Recordings;

namespace Voice.IntegrationTests.Database;

public class RecordingRepositoryTests
{
    [SkippableTheory, OnBothDatabases]
    public async Task Everything_that_is_known_is_stored(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var recordings = database.Recordings;
        await recordings.AddAsync(TheRecording.New(), null, default);
        var stored = (await recordings.FindAsync("conf_1234567890", default))!;
        stored.Placed("ATVId_1", TheRecording.Start.AddMilliseconds(1));
        stored.Apply(TheRecording.Final() with { IsFinal = false, FirstParty = PartyState.Answered, Digest = "d" });
        stored.Apply(TheRecording.Final("https://a.at-internal.com/1.mp3", 342, FailureCode.Failed));

        (await recordings.SaveAsync([stored], [], default)).Should().BeTrue();

        var found = (await recordings.FindAsync("conf_1234567890", default))!;
        found.Facts.Should().BeEquivalentTo(stored.Facts);
        found.Should().BeEquivalentTo(stored, options => options.Excluding(recording => recording.News)
            .Excluding(recording => recording.Version).Excluding(recording => recording.LooksDifferent)
            .Excluding(recording => recording.HasNewSession));
        found.Version.Should().Be(1);
        found.Facts.BridgedBy.Should().Be("d");
        (await database.CountAsync("SELECT COUNT(*) FROM voice_timeline")).Should().Be(5);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task An_unknown_recording_is_not_found(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);

        (await database.Recordings.FindAsync("conf_nobody", default)).Should().BeNull();
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Of_two_writers_the_second_must_look_again(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var recordings = database.Recordings;
        await recordings.AddAsync(TheRecording.New(), null, default);
        var one = (await recordings.FindAsync("conf_1234567890", default))!;
        var other = (await recordings.FindAsync("conf_1234567890", default))!;
        one.Placed("ATVId_1", TheRecording.Start);
        other.Apply(TheRecording.Final("https://a.at-internal.com/1.mp3"));

        (await recordings.SaveAsync([one], [], default)).Should().BeTrue();
        (await recordings.SaveAsync([other], [], default)).Should().BeFalse();

        (await recordings.FindAsync("conf_1234567890", default))!.Status.Should().Be(RecordingStatus.Recording);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Many_writers_at_once_lose_nothing(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var recordings = database.Recordings;
        await recordings.AddAsync(TheRecording.New(), null, default);

        await Task.WhenAll(Enumerable.Range(1, 16).Select(seconds => Task.Run(() =>
            recordings.ChangeAsync("conf_1234567890", recording => recording.Apply(TheRecording.Final(seconds: seconds)), default))));

        var found = (await recordings.FindAsync("conf_1234567890", default))!;
        found.Version.Should().Be(16);
        found.Duration.Should().Be(16);
        (await database.CountAsync("SELECT COUNT(*) FROM voice_timeline WHERE kind = 'provider_event'")).Should().Be(16);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_key_is_used_once_whoever_comes_at_the_same_time(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var recordings = database.Recordings;
        var key = new IdempotencyKey("k", "digest", TheRecording.Start.AddDays(-1));

        var uses = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Task.Run(() =>
            recordings.AddAsync(TheRecording.New($"conf_{number}"), key, default))));

        uses.Should().ContainSingle(use => use == null);
        uses.OfType<UsedKey>().Distinct().Should().ContainSingle();
        (await database.CountAsync("SELECT COUNT(*) FROM voice_recordings")).Should().Be(1);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_key_is_free_again_after_a_day(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var recordings = database.Recordings;
        await recordings.AddAsync(TheRecording.New("conf_1"), new("k", "one", TheRecording.Start.AddDays(-1)), default);

        var use = await recordings.AddAsync(
            TheRecording.New("conf_2", TheRecording.Start.AddDays(1).AddSeconds(1)), new("k", "other", TheRecording.Start.AddSeconds(1)),
            default);

        use.Should().BeNull();
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Every_overdue_recording_is_given_to_one_instance(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var recordings = database.Recordings;
        for (var number = 0; number < 30; number++) await recordings.AddAsync(TheRecording.New($"conf_{number}"), null, default);
        var now = TheRecording.Start.AddMinutes(3);

        (await recordings.TakeOverdueAsync(TheRecording.Start.AddMinutes(1), now, 100, default)).Should().BeEmpty();
        var taken = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => recordings.TakeOverdueAsync(now, now.AddSeconds(30), 100, default))));

        taken.SelectMany(ids => ids).Should().HaveCount(30).And.OnlyHaveUniqueItems();
        (await recordings.TakeOverdueAsync(now.AddSeconds(30), now.AddSeconds(60), 10, default))
            .Should().HaveCount(10, "an instance may die with what it took");
    }
}
