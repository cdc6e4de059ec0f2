using System.Diagnostics;
using Dapper;
using Npgsql;

namespace Voice.Benchmarks;

/// <summary>What waiting costs, and how fast it ends.</summary>
internal static class Waiters
{
    /// <summary>Milliseconds from a webhook's answer to the answer of who waits for its recording, sorted out by percentile.</summary>
    public static async Task<(double P50, double P99)> DelayAsync(Uri webhook, Uri waiting, IEnumerator<long> recordings, int count)
    {
        using var poster = await Connection.OpenAsync(webhook);
        var delays = new List<double>();
        for (var number = 0; number < count; number++)
        {
            recordings.MoveNext();
            var id = Seed.Id(recordings.Current);
            using var waiter = await Connection.OpenAsync(waiting);
            await waiter.SendAsync(Connection.Get($"/api/v1/voice/recordings/{id}?wait=60"));
            await Task.Delay(5);
            var woken = waiter.ReceiveAsync().ContinueWith(_ => Stopwatch.GetTimestamp(), TaskContinuationOptions.ExecuteSynchronously);
            await poster.SendAsync(Connection.PostForm("/api/v1/voice/webhook", Final(id)));
            await poster.ReceiveAsync();
            var answered = Stopwatch.GetTimestamp();
            delays.Add(Math.Max(0, Stopwatch.GetElapsedTime(answered, await woken).TotalMilliseconds));
        }
        return (Load.Percentile(delays, 0.5), Load.Percentile(delays, 0.99));
    }

    /// <summary>Holds that many waiters on one recording, then ends it.</summary>
    public static async Task<(double KilobytesEach, long Reads, double WakeSeconds)> CrowdAsync(Uri address, int processId,
        string connectionString, long recording, int count)
    {
        var id = Seed.Id(recording);
        var idle = await ReadsInAsync(connectionString); // The sweep looks for what is due, with waiters or without.
        var before = ResidentKilobytes(processId);
        var waiters = new List<Connection>();
        for (var batch = 0; batch < count; batch += 500)
            waiters.AddRange(await Task.WhenAll(Enumerable.Range(0, Math.Min(500, count - batch)).Select(async _ =>
            {
                var waiter = await Connection.OpenAsync(address);
                await waiter.SendAsync(Connection.Get($"/api/v1/voice/recordings/{id}?wait=60"));
                return waiter;
            })));
        await Task.Delay(1000);
        var held = ResidentKilobytes(processId);
        var reads = await ReadsInAsync(connectionString) - idle;
        var answers = waiters.Select(waiter => waiter.ReceiveAsync()).ToList();
        using var poster = await Connection.OpenAsync(address);
        await poster.SendAsync(Connection.PostForm("/api/v1/voice/webhook", Final(id)));
        await poster.ReceiveAsync();
        var watch = Stopwatch.StartNew();
        if ((await Task.WhenAll(answers)).Any(status => status != 200)) throw new InvalidOperationException("A waiter was not answered.");
        var seconds = watch.Elapsed.TotalSeconds;
        foreach (var waiter in waiters) waiter.Dispose();
        return ((held - before) / (double)count, reads, seconds);
    }

    public static string Final(string id) => $"sessionId={id}&duration=342&recordingUrl=https%3A%2F%2Fa.at-internal.com%2F{id}.mp3";

    private static async Task<long> ReadsInAsync(string connectionString)
    {
        await Task.Delay(11_000); // PostgreSQL's idle connections report what they did within ten seconds.
        var before = await ReadsAsync(connectionString);
        await Task.Delay(12_000);
        return await ReadsAsync(connectionString) - before;
    }

    private static async Task<long> ReadsAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.ExecuteAsync("SELECT pg_stat_clear_snapshot()");
        return await connection.ExecuteScalarAsync<long>(
            "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'voice_recordings_pkey'");
    }

    private static long ResidentKilobytes(int processId) => long.Parse(
        File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith("VmRSS", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        System.Globalization.CultureInfo.InvariantCulture);
}
