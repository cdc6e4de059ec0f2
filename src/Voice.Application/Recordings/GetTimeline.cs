using System.Globalization;
using AutoMapper;
using FluentValidation;
using MediatR;
using Voice.Domain.Recordings;

namespace Voice.Application.Recordings;

/// <summary>What happened to a recording, from the beginning?</summary>
/// <param name="RecordingId">The recording; an impossible id is simply not found.</param>
/// <param name="Page">Which page of it.</param>
public sealed record GetTimeline(string RecordingId, TimelinePage Page) : IRequest<TimelineBody>;

/// <summary>A page of a timeline.</summary>
public sealed record TimelinePage
{
    /// <summary>How many entries the page has, 1 to 500; 100 when null.</summary>
    public int? Limit { get; init; }

    /// <summary>Where to go on: the next_cursor of the page before.</summary>
    public string? Cursor { get; init; }

    /// <summary>The place that the cursor names; 0 without one, null when it is none.</summary>
    internal long? After => Cursor is null ? 0 : PageRules.PlaceOf(Cursor);
}

internal sealed class TimelinePageValidator : AbstractValidator<TimelinePage>
{
    public TimelinePageValidator()
    {
        RuleFor(page => page.Limit).MustBePageSize(most: 500);
        RuleFor(page => page.Cursor).MustBeCursor(cursor => PageRules.PlaceOf(cursor) is not null);
    }
}

/// <summary>Everything that happened to a recording.</summary>
/// <param name="RecordingId">The recording.</param>
/// <param name="Parties">The parties in dialling order.</param>
/// <param name="Entries">
/// What happened, oldest first, the events that changed nothing included; the repeats of an event are one entry.
/// </param>
/// <param name="NextCursor">Where the next page begins; null on the last.</param>
public sealed record TimelineBody(
    string RecordingId, IReadOnlyList<TimelinePartyBody> Parties, IReadOnlyList<TimelineEntryBody> Entries, string? NextCursor);

/// <summary>A party and how far it came.</summary>
/// <param name="Phone">The number, masked.</param>
/// <param name="State">waiting, dialled, ringing, answered or bridged.</param>
public sealed record TimelinePartyBody(string Phone, [property: OneOf(typeof(PartyState))] string State);

/// <summary>One thing that happened.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">
/// Of the call: created, dialled, not_dialled, provider_event, contradiction, status_changed, deadline or mended. Of what is made of it:
/// job_queued, job_started, job_done, job_failed, contract_made, code_sent, code_not_sent, contract_confirmed, contract_rejected or
/// contract_expired.
/// </param>
/// <param name="Detail">A few words for a person.</param>
public sealed record TimelineEntryBody(DateTimeOffset At, [property: OneOf(typeof(TimelineKind))] string Kind, string Detail);

internal sealed class TimelineProfile : Profile
{
    public TimelineProfile()
    {
        CreateMap<Party, TimelinePartyBody>()
            .ForCtorParam(nameof(TimelinePartyBody.Phone), map => map.MapFrom(party => party.Phone.Masked))
            .ForCtorParam(nameof(TimelinePartyBody.State), map => map.MapFrom(party => party.State.Name()));
        CreateMap<TimelineEntry, TimelineEntryBody>()
            .ForCtorParam(nameof(TimelineEntryBody.Detail), map => map.MapFrom(entry => entry.Words));
    }
}

internal sealed class GetTimelineHandler(IRecordingRepository recordings, IMapper mapper) : IRequestHandler<GetTimeline, TimelineBody>
{
    public async Task<TimelineBody> Handle(GetTimeline request, CancellationToken cancellationToken)
    {
        var recording = await Lookup.GetRecordingAsync(recordings.FindAsync, request.RecordingId, cancellationToken);
        var limit = request.Page.Limit ?? 100;
        // One more than asked for tells whether there is another page.
        var found = await recordings.FindTimelineAsync(request.RecordingId, request.Page.After ?? 0, limit + 1, cancellationToken);
        var page = found.Take(limit).ToList();
        return new TimelineBody(
            recording.RecordingId,
            mapper.Map<IReadOnlyList<TimelinePartyBody>>(recording.Facts.Parties),
            mapper.Map<IReadOnlyList<TimelineEntryBody>>(page.Select(line => line.Entry)),
            found.Count > limit ? page[^1].Place.ToString(CultureInfo.InvariantCulture)
                : null); // One more than asked for tells of another page.
    }
}
