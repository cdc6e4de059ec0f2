using System.Buffers.Text;
using System.Globalization;
using System.Text;
using AutoMapper;
using FluentValidation;
using MediatR;
using Voice.Domain.Recordings;

namespace Voice.Application.Recordings;

/// <summary>Recordings, newest first, a page at a time.</summary>
public sealed record ListRecordings : IRequest<RecordingPage>
{
    /// <summary>Only recordings with this status.</summary>
    public string? Status { get; init; }

    /// <summary>Only recordings created after this time, ISO 8601; UTC unless it says otherwise.</summary>
    public string? CreatedAfter { get; init; }

    /// <summary>Only recordings created before this time, ISO 8601; UTC unless it says otherwise.</summary>
    public string? CreatedBefore { get; init; }

    /// <summary>Only recordings with this E.164 number among their parties.</summary>
    public string? Party { get; init; }

    /// <summary>How many recordings a page has, 1 to 100; 20 when null.</summary>
    public int? Limit { get; init; }

    /// <summary>Where to go on: the next_cursor of the page before.</summary>
    public string? Cursor { get; init; }
}

/// <summary>A page of recordings.</summary>
/// <param name="Items">The recordings, newest first.</param>
/// <param name="NextCursor">Where the next page begins; null on the last.</param>
public sealed record RecordingPage(IReadOnlyList<RecordingStatusBody> Items, string? NextCursor);

/// <summary>What to look for, in the repository's terms.</summary>
/// <param name="Status">A status, or null for all.</param>
/// <param name="CreatedAfter">Exclusive; null: from the beginning.</param>
/// <param name="CreatedBefore">Exclusive; null: to the end.</param>
/// <param name="Party">A number, or null for all.</param>
/// <param name="After">The last recording of the page before; null: from the newest.</param>
/// <param name="Limit">How many at most.</param>
public sealed record RecordingFilter(
    RecordingStatus? Status, DateTimeOffset? CreatedAfter, DateTimeOffset? CreatedBefore, PhoneNumber? Party, PagePosition? After,
    int Limit);

/// <summary>A place in the list, which stays where it is while new recordings arrive.</summary>
/// <param name="CreatedAt">When the recording there was created.</param>
/// <param name="RecordingId">Its id, to tell those of one millisecond apart.</param>
public sealed record PagePosition(DateTimeOffset CreatedAt, string RecordingId)
{
    /// <summary>The position as an opaque text.</summary>
    public override string ToString() => Base64Url.EncodeToString(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{CreatedAt.ToUnixTimeMilliseconds()}:{RecordingId}")));

    /// <summary>Reads what <see cref="ToString"/> wrote; null when it is anything else.</summary>
    public static PagePosition? Parse(string text)
    {
        if (text.Length > 200 || !Base64Url.IsValid(text)) return null;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(':');
        return parts is [var at, var id] && RecordingIds.IsPossible(id)
            && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? new PagePosition(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), id)
            : null;
    }
}

internal sealed class ListRecordingsValidator : AbstractValidator<ListRecordings>
{
    public ListRecordingsValidator()
    {
        RuleFor(request => request.Status).Must(status => status is null || RecordingStatuses.TryParse(status, out _))
            .WithMessage("The status must be one of: recording, processing, completed, failed.");
        RuleFor(request => request.CreatedAfter).MustBeTime();
        RuleFor(request => request.CreatedBefore).MustBeTime();
        RuleFor(request => request.Party).Must(party => party is null || PhoneNumber.TryParse(party, out _))
            .WithMessage("Give the phone number in E.164 form, such as +254712345678 (in an address, + is written %2B).");
        RuleFor(request => request.Limit).InclusiveBetween(1, 100).WithMessage("The limit must be 1 to 100.");
        RuleFor(request => request.Cursor).Must(cursor => cursor is null || PagePosition.Parse(cursor) is not null)
            .WithMessage("The cursor must be the next_cursor of another page.");
    }
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
        var limit = request.Limit ?? 20;
        var found = await recordings.ListAsync(
            new RecordingFilter(
                request.Status is { } status && RecordingStatuses.TryParse(status, out var parsed) ? parsed : null,
                Iso8601.Read(request.CreatedAfter),
                Iso8601.UpToMillisecond(Iso8601.Read(request.CreatedBefore)),
                request.Party is { } party ? PhoneNumber.Parse(party) : null,
                request.Cursor is { } cursor ? PagePosition.Parse(cursor) : null,
                limit + 1), // One more than asked for tells whether there is another page.
            cancellationToken);
        var page = found.Take(limit).ToList();
        return (page, found.Count > limit ? new PagePosition(page[^1].CreatedAt, page[^1].RecordingId).ToString() : null);
    }
}
