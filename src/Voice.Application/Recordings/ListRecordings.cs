using AutoMapper;
using FluentValidation;
using MediatR;
using Voice.Domain.Recordings;

namespace Voice.Application.Recordings;

/// <summary>Recordings, newest first, a page at a time.</summary>
public sealed record ListRecordings : PageQuery, IRequest<RecordingPage>;

/// <summary>A page of recordings.</summary>
/// <param name="Items">The recordings, newest first.</param>
/// <param name="NextCursor">Where the next page begins; null on the last.</param>
public sealed record RecordingPage(IReadOnlyList<RecordingStatusBody> Items, string? NextCursor);

/// <summary>What to look for, in the repository's terms.</summary>
/// <param name="Status">A status, or null for all.</param>
/// <param name="Page">What every list can be narrowed to.</param>
public sealed record RecordingFilter(RecordingStatus? Status, PageFilter Page);

internal sealed class ListRecordingsValidator : AbstractValidator<ListRecordings>
{
    public ListRecordingsValidator() => this.AddPageRules(Enum.GetValues<RecordingStatus>().Select(status => status.Name()));
}

internal sealed class ListRecordingsHandler(IRecordingRepository recordings, IMapper mapper)
    : IRequestHandler<ListRecordings, RecordingPage>
{
    public async Task<RecordingPage> Handle(ListRecordings request, CancellationToken cancellationToken)
    {
        var (page, next) = await recordings.FindPageAsync(request, cancellationToken);
        return new RecordingPage([.. page.Select(mapper.Map<RecordingStatusBody>)], next);
    }
}

internal static class RecordingPages
{
    /// <summary>The page that is asked for, and where the next one begins; null on the last.</summary>
    public static async Task<(IReadOnlyList<RecordingView> Page, string? Next)> FindPageAsync(
        this IRecordingRepository recordings, ListRecordings request, CancellationToken cancellationToken)
    {
        RecordingStatus? status = RecordingStatuses.TryParse(request.Status, out var parsed) ? parsed : null;
        var found = await recordings.ListAsync(new(status, request.ToFilter()), cancellationToken);
        return request.Cut(found, view => new(view.CreatedAt, view.RecordingId));
    }
}
