using System.Collections.Concurrent;
using Voice.Application;

namespace Voice.UnitTests;

public class BatchesTests
{
    [Fact]
    public async Task Those_that_come_while_others_run_go_together()
    {
        var sizes = new ConcurrentQueue<int>();
        var (begun, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        var batches = new Batches<int, int>(async items =>
        {
            sizes.Enqueue(items.Count);
            begun.TrySetResult();
            await gate.Task;
            return [.. items.Select(item => item * 2)];
        }, largest: 4, atOnce: 1);

        var first = batches.RunAsync(1);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(10));
        var others = Enumerable.Range(2, 6).Select(batches.RunAsync).ToList();
        gate.SetResult();

        (await first).Should().Be(2);
        (await Task.WhenAll(others)).Should().Equal(4, 6, 8, 10, 12, 14);
        sizes.Should().Equal(1, 4, 2);
    }

    [Fact]
    public async Task Whoever_comes_first_does_not_do_the_work_of_others()
    {
        using var mayGoOn = new ManualResetEventSlim();
        var batches = new Batches<int, bool>(items =>
        {
            // As SQLite does it: all on the thread that asks.
            var isElsewhere = mayGoOn.Wait(TimeSpan.FromSeconds(10));
            return Task.FromResult<IReadOnlyList<bool>>([.. items.Select(_ => isElsewhere)]);
        }, largest: 4, atOnce: 1);

        var result = batches.RunAsync(1);
        mayGoOn.Set();

        (await result).Should().BeTrue();
    }

    [Fact]
    public async Task One_that_fails_fails_alone()
    {
        var gate = new TaskCompletionSource();
        var batches = new Batches<int, int>(async items =>
        {
            await gate.Task;
            return items.Contains(3) ? throw new InvalidOperationException("three") : [.. items];
        }, largest: 10, atOnce: 1);

        var results = Enumerable.Range(0, 6).Select(batches.RunAsync).ToList();
        gate.SetResult();

        await FluentActions.Awaiting(() => results[3]).Should().ThrowAsync<InvalidOperationException>().WithMessage("three");
        foreach (var number in new[] { 0, 1, 2, 4, 5 }) (await results[number]).Should().Be(number);
    }

    [Fact]
    public async Task Whoever_comes_at_whatever_moment_is_answered_and_no_more_batches_run_than_allowed()
    {
        var (running, most) = (0, 0);
        var batches = new Batches<int, int>(async items =>
        {
            var now = Interlocked.Increment(ref running);
            lock (this) most = Math.Max(most, now);
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return [.. items];
        }, largest: 3, atOnce: 2);

        var results = await Task.WhenAll(Enumerable.Range(0, 20_000).Select(number => Task.Run(() => batches.RunAsync(number))));

        results.Should().Equal(Enumerable.Range(0, 20_000));
        most.Should().BeLessThanOrEqualTo(2);
    }
}
