using MediatR;
using Voice.Application.Recordings;
using Voice.Application.Webhooks;
using Voice.Domain.Recordings;

namespace Voice.Application.Replaying;

/// <summary>Read all raw callbacks as they are read today, and tell which recordings would be others.</summary>
/// <param name="Apply">Mend them, too.</param>
/// <param name="Found">Hears of each difference.</param>
public sealed record ReplayInbox(bool Apply, IProgress<FoundDifference> Found) : IRequest<ReplaySummary>;

/// <summary>A difference, and where.</summary>
public sealed record FoundDifference(string RecordingId, Difference Difference);

/// <summary>What came of a replay.</summary>
/// <param name="Recordings">How many recordings there are whose call is over.</param>
/// <param name="Different">How many would be others.</param>
/// <param name="Mended">How many are now.</param>
/// <param name="Incomplete">How many stay as they are because raw callbacks of theirs are gone, or cannot be read any more.</param>
public sealed record ReplaySummary(int Recordings, int Different, int Mended, int Incomplete);

internal sealed class ReplayInboxHandler(
    IReplayStore store, IRecordingRepository recordings, IProviderProtocol protocol, Deadlines deadlines, TimeProvider clock)
    : IRequestHandler<ReplayInbox, ReplaySummary>
{
    private const int PageSize = 200;

    public async Task<ReplaySummary> Handle(ReplayInbox request, CancellationToken cancellationToken)
    {
        var recovered = await FindRecoveredAsync(cancellationToken);
        var summary = new ReplaySummary(0, 0, 0, 0);
        IReadOnlyList<KeptRecording> page;
        for (var after = ""; ; after = page[^1].Recording.RecordingId)
        {
            page = await store.FindPageAsync(after, PageSize, cancellationToken);
            // A call that runs is the service's.
            foreach (var kept in page.Where(kept => kept.Recording.Status != RecordingStatus.Recording))
                summary = await ReplayAsync(kept, recovered[kept.Recording.RecordingId], request, summary, cancellationToken);
            if (page.Count < PageSize) return summary;
        }
    }

    // What could not be read, or assigned, when it came in. The few that can be now are held until their recording's turn.
    private async Task<ILookup<string, KeptCallback>> FindRecoveredAsync(CancellationToken cancellationToken)
    {
        var recovered = new List<(string RecordingId, KeptCallback Callback)>();
        IReadOnlyList<KeptCallback> page;
        for (var after = 0L; ; after = page[^1].Place)
        {
            page = await store.FindUnappliedAsync(after, PageSize, cancellationToken);
            var read = page.Select(kept => new Callback(kept.Raw, protocol.Read(kept.Raw))).ToList();
            var owners = await store.FindRecordingIdsAsync(read, cancellationToken);
            foreach (var (kept, owner) in page.Zip(owners))
                if (owner is not null) recovered.Add((owner, kept));
            if (page.Count < PageSize) return recovered.ToLookup(found => found.RecordingId, found => found.Callback);
        }
    }

    private async Task<ReplaySummary> ReplayAsync(
        KeptRecording kept, IEnumerable<KeptCallback> recovered, ReplayInbox request, ReplaySummary summary,
        CancellationToken cancellationToken)
    {
        var (recording, callbacks, told) = kept;
        summary = summary with { Recordings = summary.Recordings + 1 };
        var reports = callbacks.Concat(recovered).DistinctBy(callback => callback.Place)
            .OrderBy(callback => callback.Raw.ReceivedAt).ThenBy(callback => callback.Place)
            .Select(callback => (Callback: callback, protocol.Read(callback.Raw).Report))
            .Where(read => read.Report is not null || read.Callback.IsApplied).ToList();
        // A report that is gone, or that nobody can read any more, counted once: without it nothing better comes of the others.
        if (callbacks.Count < told || reports.Exists(read => read.Report is null))
            return summary with { Incomplete = summary.Incomplete + 1 };

        var now = clock.GetUtcMilliseconds();
        var folded = Replay.Fold(
            recording, reports.Select(read => read.Report! with { Digest = read.Callback.Digest }), deadlines, now);
        var differences = Replay.Between(recording.Facts, folded);
        if (differences.Count == 0) return summary;
        foreach (var difference in differences) request.Found.Report(new(recording.RecordingId, difference));
        summary = summary with { Different = summary.Different + 1 };
        if (!request.Apply) return summary;

        var brought = reports.Where(read => !read.Callback.IsApplied).ToList();
        foreach (var (callback, report) in brought.Where(read => read.Callback.SessionId is null))
            await store.NoteSessionAsync(callback.Digest, report!.SessionId, cancellationToken);
        recording.Mend(folded, now);
        // Not saved: something came in meanwhile, and the next replay looks again.
        return await recordings.SaveAsync([recording], [.. brought.Select(read => read.Callback.Digest)], cancellationToken)
            ? summary with { Mended = summary.Mended + 1 }
            : summary;
    }
}
