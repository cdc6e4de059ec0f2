using System.Collections.Concurrent;

namespace Voice.Application;

/// <summary>
/// Runs items together that come at the same time: those that come while all batches are running wait for the next. No timer: where nothing
/// is running, nothing waits.
/// </summary>
/// <param name="run">Runs a batch and gives the result of each item, in order.</param>
/// <param name="largest">The most items in a batch.</param>
/// <param name="atOnce">How many batches may run at the same time.</param>
public sealed class Batches<TItem, TResult>(Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> run, int largest, int atOnce)
{
    private readonly ConcurrentQueue<Entry> _waiting = new();
    private int _running;

    /// <summary>
    /// Runs an item, together with others or alone. When a batch fails its items are run alone, so that none fails for another's sake.
    /// </summary>
    public Task<TResult> RunAsync(TItem item)
    {
        var entry = new Entry(item);
        _waiting.Enqueue(entry);
        if (TryStart()) _ = RunWaitingAsync();
        return entry.Result.Task;
    }

    private bool TryStart()
    {
        if (Interlocked.Increment(ref _running) <= atOnce) return true;
        Interlocked.Decrement(ref _running);
        return false;
    }

    private async Task RunWaitingAsync()
    {
        await Task.Yield(); // SQLite works on the caller's thread, which is not there for the items of others.
        do
        {
            while (Next() is { Count: > 0 } batch) await RunBatchAsync(batch);
            Interlocked.Decrement(ref _running);
        }
        while (!_waiting.IsEmpty && TryStart()); // One may have come between the last look and the end.
    }

    private List<Entry> Next()
    {
        var batch = new List<Entry>();
        while (batch.Count < largest && _waiting.TryDequeue(out var entry)) batch.Add(entry);
        return batch;
    }

    private async Task RunBatchAsync(List<Entry> batch)
    {
        try
        {
            var results = await run([.. batch.Select(entry => entry.Item)]);
            for (var index = 0; index < batch.Count; index++) batch[index].Result.SetResult(results[index]);
        }
        catch (Exception) when (batch.Count > 1)
        {
            await Task.WhenAll(batch.Select(entry => RunBatchAsync([entry])));
        }
        catch (Exception exception)
        {
            batch[0].Result.SetException(exception);
        }
    }

    private sealed record Entry(TItem Item)
    {
        public TaskCompletionSource<TResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
