using Voice.Application.Recordings;
using Voice.Infrastructure.Database;
using Voice.Infrastructure.Recordings;

namespace Voice.UnitTests.Recordings;

public class StatusCacheTests
{
    private static readonly StatusRepresentation Body = OfVersion(1);
    private readonly ChangeFeed _feed = new(Dialect.Sqlite);
    private readonly StatusCache _cache;

    public StatusCacheTests() => _cache = new(_feed);

    [Fact]
    public void A_body_that_is_kept_again_and_again_is_one_entry()
    {
        Keep("another");
        for (var times = 0; times < 60_000; times++) Keep("the same");

        _cache.Find("another").Should().BeSameAs(Body);
    }

    [Fact]
    public void It_never_holds_more_than_its_bound()
    {
        for (var number = 0; number < 120_000; number++) Keep($"{number}");

        Enumerable.Range(0, 120_000).Count(number => _cache.Find($"{number}") is not null).Should().BeInRange(1, 50_000);
    }

    [Fact]
    public void A_body_is_forgotten_once_its_recording_has_changed()
    {
        Keep("changed");
        _feed.Publish("changed");

        _cache.Find("changed").Should().BeNull();
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void Whoever_comes_last_with_what_was_true_before_takes_nothing_back(int first, int second)
    {
        foreach (var version in new[] { first, second }) _cache.Keep("id", OfVersion(version), _feed.Generation("id"));

        _cache.Find("id")!.Version.Should().Be(2);
    }

    private void Keep(string id) => _cache.Keep(id, Body, _feed.Generation(id));

    private static StatusRepresentation OfVersion(int version) => new(
        new RecordingStatusBody("id", "completed", 42, null, TheRecording.Start, null, null),
        new RecordingView
        {
            RecordingId = "id",
            CreatedAt = TheRecording.Start,
            Outcome = TheRecording.New().Facts.Outcome,
            Version = version,
        });
}
