using System.Buffers.Text;
using System.Globalization;
using System.Text;
using FluentValidation;
using Voice.Application.Recordings;
using Voice.Domain.Recordings;

namespace Voice.Application;

/// <summary>A list, newest first, a page at a time: what every list can be asked.</summary>
public abstract record PageQuery
{
    /// <summary>Only those with this status.</summary>
    public string? Status { get; init; }

    /// <summary>Only those created after this time, ISO 8601; UTC unless it says otherwise.</summary>
    public string? CreatedAfter { get; init; }

    /// <summary>Only those created before this time, ISO 8601; UTC unless it says otherwise.</summary>
    public string? CreatedBefore { get; init; }

    /// <summary>Only those with this E.164 number among their parties.</summary>
    public string? Party { get; init; }

    /// <summary>How many a page has, 1 to 100; 20 when null.</summary>
    public int? Limit { get; init; }

    /// <summary>Where to go on: the next_cursor of the page before.</summary>
    public string? Cursor { get; init; }

    /// <summary>The same in a repository's terms.</summary>
    internal PageFilter ToFilter() => new(
        Iso8601.Read(CreatedAfter),
        Iso8601.UpToMillisecond(Iso8601.Read(CreatedBefore)),
        Party is null ? null : PhoneNumber.Parse(Party),
        Cursor is null ? null : PagePosition.Parse(Cursor),
        PageSize + 1); // One more than asked for tells whether there is another page.

    /// <summary>The page of what was found for <see cref="ToFilter"/>, and where the next one begins; null on the last.</summary>
    internal (IReadOnlyList<T> Page, string? Next) Cut<T>(IReadOnlyList<T> found, Func<T, PagePosition> positionOf)
    {
        var page = found.Take(PageSize).ToList();
        return (page, found.Count > PageSize ? positionOf(page[^1]).ToString() : null);
    }

    private int PageSize => Limit ?? 20;
}

/// <summary>What every list can be narrowed to, in a repository's terms.</summary>
/// <param name="CreatedAfter">Exclusive; null: from the beginning.</param>
/// <param name="CreatedBefore">Exclusive; null: to the end.</param>
/// <param name="Party">A number, or null for all.</param>
/// <param name="After">The last one of the page before; null: from the newest.</param>
/// <param name="Limit">How many at most.</param>
public sealed record PageFilter(
    DateTimeOffset? CreatedAfter, DateTimeOffset? CreatedBefore, PhoneNumber? Party, PagePosition? After, int Limit);

/// <summary>A place in a list, which stays where it is while new things arrive.</summary>
/// <param name="CreatedAt">When the thing there was created.</param>
/// <param name="Id">Its id, to tell those of one millisecond apart.</param>
public sealed record PagePosition(DateTimeOffset CreatedAt, string Id)
{
    /// <summary>The position as an opaque text.</summary>
    public override string ToString() => Base64Url.EncodeToString(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{CreatedAt.ToUnixTimeMilliseconds()}:{Id}")));

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

/// <summary>What a page of any list can be asked for.</summary>
internal static class PageRules
{
    /// <summary>The rules of every list, for one whose things have these statuses.</summary>
    public static void AddPageRules<T>(this AbstractValidator<T> validator, IEnumerable<string> statuses)
        where T : PageQuery
    {
        validator.RuleFor(request => request.Status).MustBeOneOf("status", [.. statuses]);
        validator.RuleFor(request => request.CreatedAfter).MustBeTime();
        validator.RuleFor(request => request.CreatedBefore).MustBeTime();
        validator.RuleFor(request => request.Party).Must(party => party is null || PhoneNumber.TryParse(party, out _))
            .WithMessage("Give the phone number in E.164 form, such as +254712345678 (in an address, + is written %2B).");
        validator.RuleFor(request => request.Limit).MustBePageSize();
        validator.RuleFor(request => request.Cursor).MustBeCursor(cursor => PagePosition.Parse(cursor) is not null);
    }

    /// <summary>The place that a cursor names in a list whose places are numbers; null when it is none.</summary>
    public static long? PlaceOf(string? cursor) =>
        long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : null;

    /// <summary>How many a page may have.</summary>
    public static void MustBePageSize<T>(this IRuleBuilder<T, int?> limit, int most = 100) =>
        limit.InclusiveBetween(1, most).WithMessage($"The limit must be 1 to {most}.");

    /// <summary>Where a place to go on is given, it must be one that a page named.</summary>
    public static void MustBeCursor<T>(this IRuleBuilder<T, string?> cursor, Func<string, bool> isOne) =>
        cursor.Must(text => text is null || isOne(text)).WithMessage("The cursor must be the next_cursor of another page.");
}
