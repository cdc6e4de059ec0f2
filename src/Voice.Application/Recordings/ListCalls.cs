using AutoMapper;
using MediatR;

namespace Voice.Application.Recordings;

/// <summary>Calls as people know them, by who talked; newest first, a page at a time.</summary>
/// <param name="Page">Which calls, and from where.</param>
public sealed record ListCalls(ListRecordings Page) : IRequest<CallPage>;

/// <summary>A page of calls.</summary>
/// <param name="Items">The calls, newest first.</param>
/// <param name="NextCursor">Where the next page begins; null on the last.</param>
public sealed record CallPage(IReadOnlyList<CallLine> Items, string? NextCursor);

/// <summary>A call in a list.</summary>
/// <param name="Status">What has become of its recording.</param>
/// <param name="Phones">The parties in dialling order, E.164.</param>
/// <param name="IsContradicted">Reports on its end contradict each other; the timeline has them.</param>
public sealed record CallLine(RecordingStatusBody Status, IReadOnlyList<string> Phones, bool IsContradicted);

internal sealed class ListCallsHandler(IRecordingRepository recordings, IMapper mapper) : IRequestHandler<ListCalls, CallPage>
{
    public async Task<CallPage> Handle(ListCalls request, CancellationToken cancellationToken)
    {
        var (page, next) = await recordings.FindPageAsync(request.Page, cancellationToken);
        return new CallPage(
            [.. page.Select(view => new CallLine(
                mapper.Map<RecordingStatusBody>(view), [.. view.Phones.Select(phone => phone.Value)], view.IsContradicted))],
            next);
    }
}
