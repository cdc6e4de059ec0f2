using System.Data.Common;
using Voice.Application.Recordings;
using Voice.Domain.Recordings;

namespace Voice.Application.Webhooks;

/// <summary>
/// Takes callbacks in: joins each to its recording and keeps it, in one transaction. Callbacks that come while that transaction runs
/// share the next one, because most of what a callback costs is the way to the database and the wait for the disk.
/// </summary>
public sealed class CallbackIntake
{
    private const int LargestBatch = 64;
    private const int BatchesAtOnce = 2;

    // Until then somebody else may be about to apply it; after that the sweep does.
    private static readonly TimeSpan AppliedWithin = TimeSpan.FromSeconds(10);

    private readonly IWebhookInbox _inbox;
    private readonly IRecordingRepository _recordings;
    private readonly Batches<Callback, Recording?> _batches;

    /// <summary>One for the whole service.</summary>
    public CallbackIntake(IWebhookInbox inbox, IRecordingRepository recordings)
    {
        _inbox = inbox;
        _recordings = recordings;
        _batches = new(TakeAsync, LargestBatch, BatchesAtOnce);
    }

    /// <summary>Keeps a callback and, where its recording is known, applies it; one that was applied before only leaves a line in the timeline.</summary>
    /// <returns>The recording as saved; null when there is none (yet), or when the callback is unreadable.</returns>
    /// <exception cref="DbException">The database is away: nothing was kept.</exception>
    public Task<Recording?> TakeAsync(Callback callback) => _batches.RunAsync(callback);

    private async Task<IReadOnlyList<Recording?>> TakeAsync(IReadOnlyList<Callback> callbacks)
    {
        while (true)
        {
            var contexts = await _inbox.FindContextsAsync(callbacks, CancellationToken.None);
            var intake = new Fold();
            var touched = callbacks.Zip(contexts, intake.Join).ToList();
            // Nothing to save is a repeat of what waits for its recording. Not saved means that somebody else was faster: look again.
            if (intake.IsEmpty || await _recordings.SaveAsync(intake.Recordings, intake.ToKeep, CancellationToken.None)) return touched;
        }
    }

    /// <summary>The callbacks of one transaction, joined one after the other.</summary>
    private sealed class Fold
    {
        private readonly Dictionary<string, Recording> _recordings = [];
        private readonly Dictionary<string, KeptCallback> _toKeep = [];

        public bool IsEmpty => _recordings.Count == 0 && _toKeep.Count == 0;

        public IReadOnlyCollection<Recording> Recordings => _recordings.Values;

        public IReadOnlyCollection<KeptCallback> ToKeep => _toKeep.Values;

        public Recording? Join(Callback callback, CallbackContext context)
        {
            var (digest, receivedAt) = (callback.Content.Digest, callback.Raw.ReceivedAt);
            if (callback.Content.Report is not { } report || RecordingOf(report, context) is not { } recording)
            {
                if (!context.IsKept)
                    _toKeep.TryAdd(digest, new(callback, AppliedAt: null, DueAt: callback.Content.Report is null ? null : receivedAt + AppliedWithin));
                return null;
            }
            if (context.IsApplied || !_toKeep.TryAdd(digest, new(callback, AppliedAt: receivedAt, DueAt: null))) recording.NoteRepeat(report);
            else recording.Apply(report);
            return recording;
        }

        private Recording? RecordingOf(CallEvent report, CallbackContext context)
        {
            if (context.Recording is not { } found) return null;
            var recording = _recordings.TryGetValue(found.RecordingId, out var joined) ? joined : found;
            // An echoed id counts only while no session is known; one of this very transaction may have told it. The sweep looks again.
            if (recording.HasNewSession && report.SessionId != recording.Facts.SessionId && report.SessionId != recording.RecordingId) return null;
            return _recordings[found.RecordingId] = recording;
        }
    }
}
