using System.Data.Common;
using Moq;
using Voice.Application;
using Voice.Application.Recordings;

namespace Voice.UnitTests;

public class WaiterTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly Representation Pending = new("pending", isFinal: false);
    private static readonly Representation Final = new("final", isFinal: true);

    private readonly Mock<IChangeFeed> _feed = new();
    private TaskCompletionSource _change = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Representation _now = Pending;
    private int _reads;

    public WaiterTests()
    {
        var watch = new Mock<IChangeWatch>();
        watch.Setup(one => one.Change).Returns(() => _change.Task);
        _feed.Setup(feed => feed.Watch("id")).Returns(watch.Object);
        _feed.Setup(feed => feed.IsUp).Returns(true);
    }

    [Theory]
    [InlineData(false, "pending", null)] // Without time there is nothing to wait for.
    [InlineData(true, "final", null)]
    [InlineData(true, "pending", "final")]
    [InlineData(true, "final", "pending")]
    public async Task What_is_worth_answering_is_answered_at_once(bool waits, string now, string? known)
    {
        _now = Named(now);

        var answer = await WaitAsync(waits ? Long : TimeSpan.Zero, known is null ? [] : [Named(known).Tag]);

        answer.Should().BeSameAs(_now);
        _reads.Should().Be(1);
    }

    [Theory]
    [InlineData("pending", null, "final")]
    [InlineData("pending", "pending", "final")]
    [InlineData("final", "final", "pending")]
    public async Task What_is_not_is_held_until_a_change_without_looking(string now, string? known, string then)
    {
        _now = Named(now);
        var waiting = WaitAsync(Long, known is null ? [] : [Named(known).Tag]);
        Change(); // One that does not show.
        await Eventually.HoldsAsync(() => _reads == 2);

        _now = Named(then);
        await Task.Delay(1500);
        (waiting.IsCompleted, _reads).Should().Be((false, 2), "nobody told of it");
        Change();

        (await waiting.WaitAsync(Patience)).Should().BeSameAs(_now);
        _reads.Should().Be(3);
    }

    [Fact]
    public async Task What_changes_by_time_alone_needs_nobody_to_tell_of_it()
    {
        var time = TimeProvider.System.GetUtcNow().AddMilliseconds(700);
        var pending = new Representation("pending", isFinal: false, time);

        var answer = await WaitAsync(Long, [], () => TimeProvider.System.GetUtcNow() < time ? pending : Final).WaitAsync(Patience);

        answer.Should().BeSameAs(Final);
        _reads.Should().BeLessThan(10, "it is read when its time has come, not before");
    }

    [Fact]
    public async Task A_time_that_is_far_ends_no_wait() =>
        (await WaitAsync(TimeSpan.FromMilliseconds(50), [], () => new("pending", isFinal: false, DateTimeOffset.MaxValue))
            .WaitAsync(Patience)).Tag.Should().Be(Pending.Tag);

    [Fact]
    public async Task While_the_feed_is_down_a_change_is_found_by_looking()
    {
        _feed.Setup(feed => feed.IsUp).Returns(false);
        var waiting = WaitAsync(Long, []);

        _now = Final;

        (await waiting.WaitAsync(Patience)).Should().BeSameAs(Final);
    }

    [Fact]
    public async Task When_the_service_ends_the_answer_is_what_there_is()
    {
        var waiting = WaitAsync(Long, []);
        _feed.Setup(feed => feed.IsClosing).Returns(true);
        Change();

        (await waiting.WaitAsync(Patience)).Should().BeSameAs(Pending);
    }

    [Fact]
    public async Task An_outage_ends_no_wait_that_has_time_left()
    {
        var answer = await WaitAsync(Long, [], () => _reads < 3 ? throw new Mock<DbException>().Object : Final).WaitAsync(Patience);

        answer.Should().BeSameAs(Final);
    }

    [Fact]
    public async Task An_outage_that_outlives_the_wait_is_told_unless_something_was_seen_before_it()
    {
        var wait = TimeSpan.FromMilliseconds(50);

        (await WaitAsync(wait, [], () => _reads == 1 ? Pending : throw new Mock<DbException>().Object)).Should().BeSameAs(Pending);
        await FluentActions.Awaiting(() => WaitAsync(wait, [], () => throw new Mock<DbException>().Object))
            .Should().ThrowAsync<DbException>();
    }

    [Fact]
    public async Task Who_hangs_up_waits_no_more()
    {
        using var gone = new CancellationTokenSource();
        var waiting = new Waiter(_feed.Object, TimeProvider.System).WaitAsync("id", _ => Task.FromResult(Pending), null, Long, gone.Token);

        await gone.CancelAsync();

        await FluentActions.Awaiting(() => waiting.WaitAsync(Patience)).Should().ThrowAsync<OperationCanceledException>();
    }

    private static Representation Named(string name) => name == "final" ? Final : Pending;

    private Task<Representation> WaitAsync(TimeSpan wait, string[] known, Func<Representation>? read = null) =>
        new Waiter(_feed.Object, TimeProvider.System).WaitAsync("id", _ =>
        {
            Interlocked.Increment(ref _reads);
            return Task.FromResult(read is null ? _now : read());
        }, known, wait, default);

    private void Change()
    {
        var change = _change;
        _change = new(TaskCreationOptions.RunContinuationsAsynchronously);
        change.SetResult();
    }
}
