using AutoMapper;
using MediatR;
using Voice.Application.Contracts;
using Voice.Application.Jobs;
using Voice.Domain.Recordings;

namespace Voice.Application.Recordings;

/// <summary>A call as people know it: who talked about what, who was reached, and what came of it.</summary>
/// <param name="RecordingId">The recording; an impossible id is simply not found.</param>
public sealed record GetCall(string RecordingId) : IRequest<CallBody>;

/// <summary>A call.</summary>
/// <param name="Status">What has become of its recording.</param>
/// <param name="ContractType">What the parties talk about.</param>
/// <param name="Parties">The parties in dialling order.</param>
/// <param name="ConnectedAt">When the first party was on the line; null: it never was, so far.</param>
/// <param name="OverAt">When the call was over; null: it is not.</param>
/// <param name="ContractId">The contract of this call that is confirmed or may still be; null when there is none.</param>
/// <param name="Job">The last work that was asked for to make one; null when there is none.</param>
public sealed record CallBody(
    RecordingStatusBody Status, string ContractType, IReadOnlyList<CallParty> Parties, DateTimeOffset? ConnectedAt, DateTimeOffset? OverAt,
    string? ContractId, JobBody? Job);

/// <summary>A party and how far it came.</summary>
/// <param name="Phone">E.164.</param>
/// <param name="State">waiting, dialled, ringing, answered or bridged.</param>
public sealed record CallParty(string Phone, string State);

internal sealed class GetCallHandler(
    IRecordingRepository recordings, IContractRepository contracts, IJobRepository jobs, IMapper mapper, TimeProvider clock)
    : IRequestHandler<GetCall, CallBody>
{
    public async Task<CallBody> Handle(GetCall request, CancellationToken cancellationToken)
    {
        var recording = await Lookup.GetRecordingAsync(recordings.FindAsync, request.RecordingId, cancellationToken);
        var view = new RecordingView
        {
            RecordingId = recording.RecordingId,
            CreatedAt = recording.CreatedAt,
            Outcome = recording.Facts.Outcome,
        };
        var contract = recording.Status == RecordingStatus.Completed
            ? await contracts.FindLiveAsync(recording.RecordingId, clock.GetUtcMilliseconds(), cancellationToken)
            : null;
        return new CallBody(
            mapper.Map<RecordingStatusBody>(view),
            recording.ContractType,
            [.. recording.Facts.Parties.Select(party => new CallParty(party.Phone.Value, party.State.Name()))],
            recording.Facts.ConnectedAt,
            recording.Facts.OverAt,
            contract?.ContractId,
            mapper.Map<JobBody?>(await jobs.FindOfAsync(recording.RecordingId, cancellationToken)));
    }
}
