using System.Collections.Concurrent;
using Voice.Application;

namespace Voice.UnitTests;

public class BatchesTests
{
    [Fact]
    public async Task The_first_goes_at_once_and_those_that_come_meanwhile_go_together()
    {
        var sizes = new ConcurrentQueue<int>();
        var gate = new TaskCompletionSource();
        var batches = new Batches<int, int>(async items =>
        {
            sizes.Enqueue(items.Count);
            await gate.Task;
            return [.. items.Select(item => item * 2)];
        }, largest: 4, atOnce: 1);

        var first = batches.RunAsync(1);
        var others = Enumerable.Range(2, 6).Select(batches.RunAsync).ToList();
        sizes.Should().Equal(1);
        gate.SetResult();

        (await first).Should().Be(2);
        (await Task.WhenAll(others)).Should().Equal(4, 6, 8, 10, 12, 14);
        sizes.Should().Equal(1, 4, 2);
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
