using System.Collections.Concurrent;
using AutoMapper;

namespace Voice.Application.Events;

/// <summary>Takes events to endpoints, to each at its own pace: one that is slow or dead holds up nobody else.</summary>
public sealed class EventCourier(IEventOutbox outbox, IEventSender sender, IMapper mapper, EventRules rules, TimeProvider clock)
    : IAsyncDisposable
{
    private const int AtOnce = 16;
    private const int MostFailing = 8;

    // Longer than a try takes; after that whoever had taken it is dead.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Lane> _lanes = new();

    /// <summary>Sees to it that what is due to an endpoint is sent, and does not wait for that.</summary>
    /// <exception cref="System.Data.Common.DbException">It ended in this the last time.</exception>
    public async Task ServeAsync(WebhookEndpoint endpoint, CancellationToken cancellationToken)
    {
        var lane = _lanes.GetOrAdd(endpoint.EndpointId, _ => new Lane());
        if (Interlocked.Exchange(ref lane.State, Lane.Wanted) != Lane.Idle) return; // It looks again before it ends.
        var last = lane.Work;
        lane.Work = RunAsync(lane, endpoint, cancellationToken);
        await last;
    }

    /// <summary>Waits until what was under way is noted.</summary>
    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(_lanes.Values.Select(lane => lane.Work)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task RunAsync(Lane lane, WebhookEndpoint endpoint, CancellationToken cancellationToken)
    {
        await Task.Yield(); // SQLite works on the caller's thread.
        try
        {
            do
            {
                lane.State = Lane.Running;
                while (await SendBatchAsync(endpoint, cancellationToken))
                {
                }
            }
            while (Interlocked.CompareExchange(ref lane.State, Lane.Idle, Lane.Running) != Lane.Running);
        }
        catch
        {
            lane.State = Lane.Idle;
            throw;
        }
    }

    /// <returns>Whether there was any.</returns>
    private async Task<bool> SendBatchAsync(WebhookEndpoint endpoint, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMilliseconds();
        var batch = await outbox.TakeAsync(endpoint.EndpointId, now, now + Lease, AtOnce, MostFailing, cancellationToken);
        var tried = await Task.WhenAll(batch.Select(due => SendAsync(endpoint, due, cancellationToken)));
        if (tried.Length > 0) await outbox.SaveAsync(tried, clock.GetUtcMilliseconds(), CancellationToken.None);
        return tried.Length > 0;
    }

    private async Task<Delivery> SendAsync(WebhookEndpoint endpoint, DueDelivery due, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await sender.PostAsync(endpoint, due.Delivery.EventId, EventBody.Of(due, mapper), cancellationToken);
            var tried = due.Delivery.Answered(answer, clock.GetUtcMilliseconds(), rules.Patience, Random.Shared.NextDouble());
            Telemetry.Deliveries.Record((tried.TriedAt!.Value - tried.At).TotalSeconds, Telemetry.Label("outcome", tried.State.Name()));
            return tried;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return due.Delivery.CutShort(clock.GetUtcMilliseconds());
        }
    }

    /// <summary>What is done for one endpoint: one batch after the other, and again when more came meanwhile.</summary>
    private sealed class Lane
    {
        public const int Idle = 0;
        public const int Running = 1;
        public const int Wanted = 2;

        public int State;

        public Task Work { get; set; } = Task.CompletedTask;
    }
}

/// <summary>How events are delivered.</summary>
/// <param name="Patience">How long an endpoint that fails is tried again before it is disabled.</param>
public sealed record EventRules(TimeSpan Patience);
