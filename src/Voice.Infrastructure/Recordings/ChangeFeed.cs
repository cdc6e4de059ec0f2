using System.Data.Common;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Hosting;
using Voice.Application.Recordings;
using Voice.Infrastructure.Database;

namespace Voice.Infrastructure.Recordings;

/// <summary>
/// Wakes whoever watches a recording, a contract, or whatever else has an id. Changes made here are published right after their commit;
/// those of other instances come through <see cref="PostgresChangeListener"/>.
/// </summary>
internal sealed class ChangeFeed(Dialect dialect) : IChangeFeed, IHostedService
{
    /// <summary>Where instances tell each other who changed what.</summary>
    public const string Channel = "voice_recordings_changed";

    private readonly string _sender = Guid.NewGuid().ToString("N");

    // Ids share generations by hash: a shared one costs a needless read now and then, one each would never be forgotten.
    private readonly long[] _generations = new long[16384];
    private readonly Dictionary<string, Topic> _topics = [];
    private readonly Lock _lock = new();
    private volatile bool _isUp = !dialect.IsShared; // Where it is not, nobody else can change anything.
    private volatile bool _isClosing;

    public bool IsUp => _isUp;

    public bool IsClosing => _isClosing;

    public long Generation(string id) => Volatile.Read(ref GenerationOf(id));

    public IChangeWatch Watch(string id)
    {
        lock (_lock)
        {
            if (!_topics.TryGetValue(id, out var topic)) _topics[id] = topic = new Topic();
            topic.Watchers++;
            return new ChangeWatch(this, id, topic);
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

    /// <summary>It looks different now: held bodies are void before the first watcher can look.</summary>
    public void Publish(string id)
    {
        Interlocked.Increment(ref GenerationOf(id));
        TaskCompletionSource? change = null;
        lock (_lock)
        {
            if (_topics.TryGetValue(id, out var topic)) change = topic.Renew();
        }
        change?.SetResult();
    }

    /// <summary>Commits what makes them look different, and wakes whoever watches them, here and on other instances.</summary>
    public async Task CommitAsync(DbTransaction transaction, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var tell = $"SELECT v.notice{dialect.AndNotify(Channel)} FROM {dialect.Rows("@Notices", "notice text")}";
        var notices = JsonSerializer.Serialize(ids.Select(id => new { notice = NoticeOf(id) }));
        if (ids.Count > 0) await transaction.Connection!.ExecuteAsync(
            new CommandDefinition(tell, new { Notices = notices }, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        foreach (var id in ids) Publish(id);
    }

    /// <summary>What to tell other instances of a change.</summary>
    public string NoticeOf(string id) => $"{_sender} {id}";

    /// <summary>An instance told of a change; our own we knew before we told it.</summary>
    public void Hear(string notice)
    {
        if (notice.Split(' ') is [var sender, var id] && sender != _sender) Publish(id);
    }

    /// <summary>Other instances can, or cannot, be heard from now on. Either way something may have been missed.</summary>
    public void SetUp(bool isUp)
    {
        _isUp = isUp;
        for (var index = 0; index < _generations.Length; index++) Interlocked.Increment(ref _generations[index]);
        WakeAll();
    }

    private ref long GenerationOf(string id) =>
        ref _generations[(uint)id.GetHashCode(StringComparison.Ordinal) % (uint)_generations.Length];

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

    private sealed class ChangeWatch(ChangeFeed feed, string id, Topic topic) : IChangeWatch
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
                if (--topic.Watchers == 0) feed._topics.Remove(id);
            }
        }
    }
}
