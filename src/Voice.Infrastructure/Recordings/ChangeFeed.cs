using Microsoft.Extensions.Hosting;
using Voice.Application.Recordings;
using Voice.Infrastructure.Database;

namespace Voice.Infrastructure.Recordings;

/// <summary>
/// Wakes whoever watches a recording. Changes made here are published right after their commit; those of other instances come through
/// <see cref="PostgresChangeListener"/>.
/// </summary>
internal sealed class ChangeFeed(Dialect dialect) : IChangeFeed, IHostedService
{
    /// <summary>Where instances tell each other who changed which recording.</summary>
    public const string Channel = "voice_recordings_changed";

    private readonly string _sender = Guid.NewGuid().ToString("N");

    // Recordings share generations by hash: a shared one costs a needless read now and then, one each would never be forgotten.
    private readonly long[] _generations = new long[16384];
    private readonly Dictionary<string, Topic> _topics = [];
    private readonly Lock _lock = new();
    private volatile bool _isUp = !dialect.IsShared; // Where it is not, nobody else can change anything.
    private volatile bool _isClosing;

    public bool IsUp => _isUp;

    public bool IsClosing => _isClosing;

    public long Generation(string recordingId) => Volatile.Read(ref GenerationOf(recordingId));

    public IChangeWatch Watch(string recordingId)
    {
        lock (_lock)
        {
            if (!_topics.TryGetValue(recordingId, out var topic)) _topics[recordingId] = topic = new Topic();
            topic.Watchers++;
            return new ChangeWatch(this, recordingId, topic);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The service stops: whoever waits gets what there is.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _isClosing = true;
        WakeAll();
        return Task.CompletedTask;
    }

    /// <summary>The recording looks different now: held bodies are void before the first watcher can look.</summary>
    public void Publish(string recordingId)
    {
        Interlocked.Increment(ref GenerationOf(recordingId));
        TaskCompletionSource? change = null;
        lock (_lock)
        {
            if (_topics.TryGetValue(recordingId, out var topic)) change = topic.Renew();
        }
        change?.SetResult();
    }

    /// <summary>What to tell other instances of a change.</summary>
    public string NoticeOf(string recordingId) => $"{_sender} {recordingId}";

    /// <summary>An instance told of a change; our own we knew before we told it.</summary>
    public void Hear(string notice)
    {
        if (notice.Split(' ') is [var sender, var recordingId] && sender != _sender) Publish(recordingId);
    }

    /// <summary>Other instances can, or cannot, be heard from now on. Either way something may have been missed.</summary>
    public void SetUp(bool isUp)
    {
        _isUp = isUp;
        for (var index = 0; index < _generations.Length; index++) Interlocked.Increment(ref _generations[index]);
        WakeAll();
    }

    private ref long GenerationOf(string recordingId) =>
        ref _generations[(uint)recordingId.GetHashCode(StringComparison.Ordinal) % (uint)_generations.Length];

    private void WakeAll()
    {
        List<TaskCompletionSource> changes;
        lock (_lock) changes = [.. _topics.Values.Select(topic => topic.Renew())];
        foreach (var change in changes) change.SetResult();
    }

    private sealed class Topic
    {
        private TaskCompletionSource _change = NewChange();

        public int Watchers { get; set; }

        public Task Change => _change.Task;

        public TaskCompletionSource Renew()
        {
            var ended = _change;
            _change = NewChange();
            return ended;
        }

        // Watchers go on in the pool, not on the thread that has a webhook to answer.
        private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class ChangeWatch(ChangeFeed feed, string recordingId, Topic topic) : IChangeWatch
    {
        public Task Change
        {
            get
            {
                lock (feed._lock) return topic.Change;
            }
        }

        public void Dispose()
        {
            lock (feed._lock)
            {
                if (--topic.Watchers == 0) feed._topics.Remove(recordingId);
            }
        }
    }
}
