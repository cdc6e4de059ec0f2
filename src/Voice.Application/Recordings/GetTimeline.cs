using AutoMapper;
using MediatR;
using Voice.Domain.Recordings;

namespace Voice.Application.Recordings;

/// <summary>What happened to a recording, from the beginning?</summary>
/// <param name="RecordingId">The recording; an impossible id is simply not found.</param>
public sealed record GetTimeline(string RecordingId) : IRequest<TimelineBody>;

/// <summary>Everything that happened to a recording.</summary>
/// <param name="RecordingId">The recording.</param>
/// <param name="Parties">The parties in dialling order.</param>
/// <param name="Entries">What happened, oldest first, the events that changed nothing included.</param>
public sealed record TimelineBody(string RecordingId, IReadOnlyList<TimelinePartyBody> Parties, IReadOnlyList<TimelineEntryBody> Entries);

/// <summary>A party and how far it came.</summary>
/// <param name="Phone">The number, masked.</param>
/// <param name="State">waiting, dialled, ringing, answered or bridged.</param>
public sealed record TimelinePartyBody(string Phone, string State);

/// <summary>One thing that happened.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">created, dialled, not_dialled, provider_event, contradiction, status_changed or deadline.</param>
/// <param name="Detail">A few words for a person.</param>
public sealed record TimelineEntryBody(DateTimeOffset At, string Kind, string Detail);

internal sealed class TimelineProfile : Profile
{
    public TimelineProfile()
    {
        CreateMap<Party, TimelinePartyBody>()
            .ForCtorParam(nameof(TimelinePartyBody.Phone), map => map.MapFrom(party => party.Phone.Masked))
            .ForCtorParam(nameof(TimelinePartyBody.State), map => map.MapFrom(party => party.State.Name()));
        CreateMap<TimelineEntry, TimelineEntryBody>();
    }
}

internal sealed class GetTimelineHandler(IRecordingRepository recordings, IMapper mapper) : IRequestHandler<GetTimeline, TimelineBody>
{
    public async Task<TimelineBody> Handle(GetTimeline request, CancellationToken cancellationToken)
    {
        var recording = await Lookup.GetRecordingAsync(recordings.FindAsync, request.RecordingId, cancellationToken);
        var entries = await recordings.FindTimelineAsync(request.RecordingId, cancellationToken);
        return new TimelineBody(
            recording.RecordingId,
            mapper.Map<IReadOnlyList<TimelinePartyBody>>(recording.Facts.Parties),
            mapper.Map<IReadOnlyList<TimelineEntryBody>>(entries));
    }
}
