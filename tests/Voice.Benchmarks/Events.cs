using System.Diagnostics;
using System.Net.Http.Json;
using Voice.TestKit;

namespace Voice.Benchmarks;

/// <summary>How fast a customer's back-end is told, which here is a bare host in this process that checks each signature.</summary>
internal sealed class Events : IAsyncDisposable
{
    private readonly VoiceProcess _voice;
    private Receiver _receiver = null!;
    private volatile TaskCompletionSource<long> _next = new();
    private int _count;

    private Events(VoiceProcess voice) => _voice = voice;

    public static async Task<Events> StartAsync(VoiceProcess voice)
    {
        var events = new Events(voice);
        events._receiver = await Receiver.StartAsync((_, _, _) =>
        {
            Interlocked.Increment(ref events._count);
            events._next.TrySetResult(Stopwatch.GetTimestamp());
            return Task.CompletedTask;
        });
        await events._receiver.RegisterAsync(voice.Http);
        return events;
    }

    /// <summary>Milliseconds from a webhook's answer, which follows the commit, to the first try, by percentile.</summary>
    public async Task<(double P50, double P99)> DelayAsync(Func<long> recordings, int count)
    {
        using var poster = await Connection.OpenAsync(_voice.Http.BaseAddress!);
        var delays = new List<double>();
        for (var number = 0; number < count; number++)
        {
            _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await poster.SendAsync(Connection.PostForm("/api/v1/voice/webhook", Waiters.Final(Seed.Id(recordings()))));
            await poster.ReceiveAsync();
            var answered = Stopwatch.GetTimestamp();
            delays.Add(Math.Max(0, Stopwatch.GetElapsedTime(answered, await _next.Task).TotalMilliseconds));
        }
        return (Load.Percentile(delays, 0.5), Load.Percentile(delays, 0.99));
    }

    /// <summary>Deliveries a second when many wait: those that went before are asked for again.</summary>
    public async Task<double> RateAsync(int count)
    {
        await WaitAsync(count);
        Volatile.Write(ref _count, 0);
        using var replay = await _voice.Http.PostAsJsonAsync($"/api/v1/webhook-endpoints/{_receiver.EndpointId}/replay", new { });
        replay.EnsureSuccessStatusCode();
        await WaitAsync(1);
        var (watch, first) = (Stopwatch.StartNew(), Volatile.Read(ref _count));
        await WaitAsync(count);
        return (Volatile.Read(ref _count) - first) / watch.Elapsed.TotalSeconds;
    }

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    private Task WaitAsync(int count) => Eventually.HoldsAsync(() => Volatile.Read(ref _count) >= count, seconds: 300);
}
