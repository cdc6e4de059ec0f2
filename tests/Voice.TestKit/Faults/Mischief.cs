namespace Voice.TestKit.Faults;

/// <summary>What is done to instances, to PostgreSQL, to the disk and to a clock: side by side, in an order that the seed tells.</summary>
internal sealed class Mischief(int seed, Cluster cluster)
{
    private readonly Dictionary<string, int> _done = [];

    /// <summary>How often each fault was done; never, where this machine does not let us.</summary>
    public IReadOnlyDictionary<string, int> Done => _done;

    /// <summary>Goes on until it is told to stop, and has each fault done at least once.</summary>
    public Task RunAsync(CancellationToken enough) => Task.WhenAll(
        LaneAsync("instances", 8, enough,
            ("an instance killed", dice => cluster.KillAsync(dice.Next(cluster.Size), Seconds(dice, 0.5, 4))),
            ("both instances killed", dice => KillBothAsync(Seconds(dice, 0, 2), Seconds(dice, 0, 2)))),
        LaneAsync("database", 2, enough,
            ("PostgreSQL stopped", dice => cluster.StopDatabaseAsync("-INT", Seconds(dice, 0.5, 5))),
            ("PostgreSQL crashed", dice => cluster.StopDatabaseAsync("-QUIT", Seconds(dice, 0, 3))),
            ("PostgreSQL hung", dice => cluster.HangDatabaseAsync(Seconds(dice, 2, 8))),
            ("connections cut", _ => cluster.CutConnectionsAsync())),
        LaneAsync("disk", 4, enough, ("disk full", dice => cluster.FillDiskAsync(Seconds(dice, 2, 6)))),
        LaneAsync("clock", 2, enough,
            ("clock an hour ahead", dice => cluster.JumpClockAsync(TimeSpan.FromHours(1), Seconds(dice, 3, 8))),
            ("clock an hour behind", dice => cluster.JumpClockAsync(TimeSpan.FromHours(-1), Seconds(dice, 3, 8)))));

    private async Task<bool> KillBothAsync(TimeSpan oneGone, TimeSpan otherGone) =>
        (await Task.WhenAll(cluster.KillAsync(0, oneGone), cluster.KillAsync(1, otherGone))).All(done => done);

    private async Task LaneAsync(
        string name, int pause, CancellationToken enough, params (string Name, Func<Random, Task<bool>> Do)[] faults)
    {
        var dice = Chance.Of(seed, name);
        var next = new Queue<int>();
        for (var round = 0; !enough.IsCancellationRequested || round < faults.Length; round++)
        {
            if (next.Count == 0)
            {
                var order = Enumerable.Range(0, faults.Length).ToArray();
                dice.Shuffle(order);
                next = new(order);
            }
            await Task.Delay(Seconds(dice, pause, 2 * pause), enough).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var fault = faults[next.Dequeue()];
            var isDone = await fault.Do(dice);
            lock (_done) _done[fault.Name] = _done.GetValueOrDefault(fault.Name) + (isDone ? 1 : 0);
        }
    }

    private static TimeSpan Seconds(Random dice, double least, double most) =>
        TimeSpan.FromSeconds(least + (dice.NextDouble() * (most - least)));
}
