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
    IRecordingRepository recordings, IMapper mapper, IChangeFeed changes, IStatusCache cache, Waiter waiter)
    : IRequestHandler<GetRecordingStatus, StatusRepresentation>
{
    // A plain read pays for no watch.
    public Task<StatusRepresentation> Handle(GetRecordingStatus request, CancellationToken cancellationToken) =>
        request.Wait > TimeSpan.Zero
            ? WaitAsync(request, cancellationToken)
            : ReadAsync(request.RecordingId, cancellationToken);

    private Task<StatusRepresentation> WaitAsync(GetRecordingStatus request, CancellationToken cancellationToken) => waiter.WaitAsync(
        request.RecordingId, cancelled => ReadAsync(request.RecordingId, cancelled), request.Known, request.Wait, cancellationToken);

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
