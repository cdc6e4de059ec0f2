using System.Data.Common;
using AutoMapper;
using MediatR;

namespace Voice.Application.Recordings;

/// <summary>What has become of a recording?</summary>
/// <param name="RecordingId">The identifier from conference creation; any text, an impossible one is simply not found.</param>
/// <param name="Known">Tags of the bodies that the caller has seen; null or empty: none.</param>
/// <param name="Wait">
/// How long to hold the answer until it differs from what is known or, where nothing is known, until it is final.
/// </param>
public sealed record GetRecordingStatus(string RecordingId, IReadOnlyCollection<string>? Known = null, TimeSpan Wait = default)
    : IRequest<StatusRepresentation>;

internal sealed class GetRecordingStatusHandler(
    IRecordingRepository recordings, IMapper mapper, IChangeFeed changes, IStatusCache cache, TimeProvider clock)
    : IRequestHandler<GetRecordingStatus, StatusRepresentation>
{
    // While the feed or the database is down a change elsewhere is found by looking.
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(1);

    public Task<StatusRepresentation> Handle(GetRecordingStatus request, CancellationToken cancellationToken) =>
        request.Wait > TimeSpan.Zero ? WaitAsync(request, cancellationToken) : ReadAsync(request.RecordingId, cancellationToken);

    private async Task<StatusRepresentation> WaitAsync(GetRecordingStatus request, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp(); // Whatever becomes of the clock meanwhile.
        using var watch = changes.Watch(request.RecordingId);
        StatusRepresentation? seen = null;
        while (true)
        {
            var next = watch.Change;
            var left = request.Wait - clock.GetElapsedTime(start);
            var isLast = left <= TimeSpan.Zero || changes.IsClosing;
            var isAway = false;
            try
            {
                seen = await ReadAsync(request.RecordingId, cancellationToken);
                if (isLast || IsWorthAnswering(seen, request.Known)) return seen;
            }
            catch (DbException) when (!isLast || seen is not null)
            {
                // An outage ends no wait that still has time; after that, what was seen before it is what there is to say.
                if (isLast) return seen!;
                isAway = true;
            }
            var pause = (changes.IsUp && !isAway) || left < LookAgainAfter ? left : LookAgainAfter;
            await next.WaitAsync(pause, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static bool IsWorthAnswering(StatusRepresentation status, IReadOnlyCollection<string>? known) =>
        known is null or { Count: 0 } ? status.IsFinal : !known.Contains(status.Tag);

    private async Task<StatusRepresentation> ReadAsync(string recordingId, CancellationToken cancellationToken)
    {
        if (cache.Find(recordingId) is { } held) return held;
        var generation = changes.Generation(recordingId);
        var recording = await Lookup.GetRecordingAsync(recordings.FindViewAsync, recordingId, cancellationToken);
        var status = new StatusRepresentation(mapper.Map<RecordingStatusBody>(recording), recording);
        if (status.IsFinal) cache.Keep(recordingId, status, generation);
        return status;
    }
}
