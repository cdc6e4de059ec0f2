using System.Data.Common;
using Voice.Application.Recordings;

namespace Voice.Application;

/// <summary>Holds an answer until there is something to say. Whoever waits is woken; it does not look.</summary>
internal sealed class Waiter(IChangeFeed changes, TimeProvider clock)
{
    // While the feed or the database is down a change elsewhere is found by looking.
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(1);

    // What changes by time has changed when it is read at that time; timers may be a little early.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(1);

    /// <param name="id">What is watched.</param>
    /// <param name="read">Reads what there is.</param>
    /// <param name="known">Tags of the bodies that the caller has seen; null or empty: none.</param>
    /// <param name="wait">
    /// How long to hold the answer until it differs from what is known or, where nothing is known, until it is final.
    /// </param>
    /// <param name="cancellationToken">The caller hung up.</param>
    public async Task<T> WaitAsync<T>(
        string id, Func<CancellationToken, Task<T>> read, IReadOnlyCollection<string>? known, TimeSpan wait,
        CancellationToken cancellationToken) where T : Representation
    {
        var start = clock.GetTimestamp(); // Whatever becomes of the clock meanwhile.
        using var watch = changes.Watch(id);
        T? seen = null;
        while (true)
        {
            var next = watch.Change;
            var left = wait - clock.GetElapsedTime(start);
            var isLast = left <= TimeSpan.Zero || changes.IsClosing;
            var pause = left;
            try
            {
                seen = await read(cancellationToken);
                if (isLast || IsWorthAnswering(seen, known)) return seen;
                if (!changes.IsUp) pause = Least(pause, LookAgainAfter);
                if (seen.ChangesAt is { } time) pause = Least(pause, time - clock.GetUtcNow());
            }
            catch (DbException) when (!isLast || seen is not null)
            {
                // An outage ends no wait that still has time; after that, what was seen before it is what there is to say.
                if (isLast) return seen!;
                pause = Least(pause, LookAgainAfter);
            }
            if (pause < ShortestPause) pause = ShortestPause;
            await next.WaitAsync(pause, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static bool IsWorthAnswering(Representation representation, IReadOnlyCollection<string>? known) =>
        known is null or { Count: 0 } ? representation.IsFinal : !known.Contains(representation.Tag);

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
