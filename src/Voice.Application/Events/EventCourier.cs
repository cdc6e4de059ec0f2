using System.Collections.Concurrent;
using AutoMapper;

namespace Voice.Application.Events;

/// <summary>Takes events to endpoints, to each at its own pace: one that is slow or dead holds up nobody else.</summary>
public sealed class EventCourier(IEventOutbox outbox, IEventSender sender, IMapper mapper, EventRules rules, TimeProvider clock)
    : IAsyncDisposable
{
    private const int AtOnce = 16;

    // After a batch of which an endpoint took nothing: it may be away, or refuse just these.
    private const int FewAtOnce = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

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
                while (await SendBatchAsync(lane, endpoint, cancellationToken))
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
    private async Task<bool> SendBatchAsync(Lane lane, WebhookEndpoint endpoint, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMilliseconds();
        if (now < lane.PausesUntil) return false;
        var limit = lane.PausesUntil is null ? AtOnce : FewAtOnce;
        var batch = await outbox.TakeAsync(endpoint.EndpointId, now, now + Lease, limit, cancellationToken);
        if (batch.Count == 0) return false;
        var tried = await Task.WhenAll(batch.Select(due => SendAsync(endpoint, due, cancellationToken)));
        now = clock.GetUtcMilliseconds();
        lane.PausesUntil = tried.Any(delivery => delivery.State == DeliveryState.Delivered) ? null : now + Pause;
        await outbox.SaveAsync(tried, now, CancellationToken.None);
        return true;
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

        /// <summary>It took nothing of the last batch: it is tried with few, after a pause, until it takes one. Null: it is well.</summary>
        public DateTimeOffset? PausesUntil { get; set; }

        public Task Work { get; set; } = Task.CompletedTask;
    }
}

/// <summary>How events are delivered.</summary>
/// <param name="Patience">How long an endpoint that fails is tried again before it is disabled.</param>
public sealed record EventRules(TimeSpan Patience);
