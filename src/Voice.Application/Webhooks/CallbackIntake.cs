using System.Data.Common;
using Voice.Application.Recordings;
using Voice.Domain.Recordings;

namespace Voice.Application.Webhooks;

/// <summary>
/// Takes callbacks in: keeps each and joins it to its recording. Callbacks that come while others are being taken in go together, because
/// most of what a callback costs is the way to the database and the wait for the disk.
/// </summary>
public sealed class CallbackIntake
{
    private const int LargestBatch = 64;
    private const int BatchesAtOnce = 2;

    // Long enough for the request itself to apply what it kept; after that the sweep does.
    private static readonly TimeSpan AppliedWithin = TimeSpan.FromSeconds(10);

    private readonly IWebhookInbox _inbox;
    private readonly IRecordingRepository _recordings;
    private readonly TimeProvider _clock;
    private readonly Batches<Callback, (Recording? Recording, bool IsKept)> _batches;

    /// <summary>One for the whole service.</summary>
    public CallbackIntake(IWebhookInbox inbox, IRecordingRepository recordings, TimeProvider clock)
    {
        (_inbox, _recordings, _clock) = (inbox, recordings, clock);
        _batches = new(TakeBatchAsync, LargestBatch, BatchesAtOnce);
    }

    /// <summary>
    /// Keeps a callback and, where its recording is known, applies it; one that was applied before only leaves a line in the timeline.
    /// </summary>
    /// <returns>The recording as saved; null when there is none (yet), or when the callback is unreadable.</returns>
    /// <exception cref="DbException">The database is away.</exception>
    /// <exception cref="TooManyException">It was not kept: too many are kept for which no recording is known.</exception>
    public async Task<Recording?> TakeAsync(Callback callback)
    {
        var (recording, isKept) = await _batches.RunAsync(callback);
        if (!isKept) throw new TooManyException("Too many callbacks of unknown calls are kept. Send this one again later.");
        if (recording is null) return null;
        Telemetry.CallbackVisible.Record(Math.Max(0, (_clock.GetUtcNow() - callback.Raw.ReceivedAt).TotalSeconds));
        RecordingTrace.Note(recording.RecordingId, "callback"); // Here, because a batch runs in the context of its first.
        return recording;
    }

    private async Task<IReadOnlyList<(Recording?, bool)>> TakeBatchAsync(IReadOnlyList<Callback> callbacks)
    {
        while (true)
        {
            var contexts = await _inbox.KeepAsync(callbacks, AppliedWithin);
            var fold = new Fold();
            var joined = callbacks.Zip(contexts, (callback, context) => (fold.Join(callback, context), context.IsKept)).ToList();
            // Not saved means that somebody else was faster: look again.
            if (fold.Recordings.Count == 0) return joined;
            if (await _recordings.SaveAsync(fold.Recordings, fold.Applied, CancellationToken.None)) return joined;
        }
    }

    /// <summary>Callbacks that are joined one after the other and saved together.</summary>
    private sealed class Fold
    {
        private readonly Dictionary<string, Recording> _recordings = [];
        private readonly HashSet<string> _applied = [];

        public Dictionary<string, Recording>.ValueCollection Recordings => _recordings.Values;

        /// <summary>Digests of what was applied.</summary>
        public HashSet<string> Applied => _applied;

        public Recording? Join(Callback callback, CallbackContext context)
        {
            if (callback.Content.Report is not { } report || RecordingOf(report, context) is not { } recording) return null;
            if (context.IsApplied || !_applied.Add(report.Digest)) recording.NoteRepeat(report);
            else recording.Apply(report);
            return recording;
        }

        private Recording? RecordingOf(CallEvent report, CallbackContext context)
        {
            if (context.Recording is not { } found) return null;
            var recording = _recordings.TryGetValue(found.RecordingId, out var joined) ? joined : found;
            // An echoed id counts only while no session is known; one that goes together with this may have told it. The sweep looks again.
            if (recording.HasNewSession && report.SessionId != recording.Facts.SessionId && report.SessionId != recording.RecordingId)
                return null;
            return _recordings[found.RecordingId] = recording;
        }
    }
}
