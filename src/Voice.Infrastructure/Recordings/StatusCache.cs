using System.Collections.Concurrent;
using Voice.Application.Recordings;

namespace Voice.Infrastructure.Recordings;

/// <summary>
/// A bounded memory of final bodies; one is good only while the change feed is up and the recording's generation has not moved on.
/// </summary>
internal sealed class StatusCache(ChangeFeed feed) : IStatusCache
{
    private const int MostHeld = 50_000;
    private readonly ConcurrentDictionary<string, Held> _held = new(StringComparer.Ordinal);
    private int _count;

    public StatusRepresentation? Find(string recordingId) =>
        feed.IsUp && _held.TryGetValue(recordingId, out var held)
            && feed.Generation(recordingId) == held.Generation
            ? held.Representation
            : null;

    public void Keep(string recordingId, StatusRepresentation representation, long generation)
    {
        if (!feed.IsUp) return;
        var held = new Held(representation, generation);
        // A slow reader may come with what was true before another, who has answered already, looked.
        if (!_held.TryAdd(recordingId, held)) _held.AddOrUpdate(recordingId, held, (_, other) => other.IsNewerThan(held) ? other : held);
        else if (Interlocked.Increment(ref _count) > MostHeld)
        {
            // Starting over is simple and cheap: whatever is asked for often is back with its next read.
            Volatile.Write(ref _count, 0);
            _held.Clear();
        }
    }

    private sealed record Held(StatusRepresentation Representation, long Generation)
    {
        public bool IsNewerThan(Held other) => Representation.Version > other.Representation.Version;
    }
}
