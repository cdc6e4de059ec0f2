using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Voice.Application;

namespace Voice.Api.Pages;

/// <summary>What of a list is shown.</summary>
public record ListFilter
{
    private const int PageSize = 25;

    /// <summary>Only those with this status.</summary>
    public string? Status { get; init; }

    /// <summary>Only those of this number.</summary>
    public string? Party { get; init; }

    /// <summary>Only those of this day, in <see cref="Zone"/>.</summary>
    [Range(typeof(DateOnly), "1900-01-01", "2999-12-31")]
    public DateOnly? Day { get; init; }

    /// <summary>IANA name of the reader's time zone; UTC where it is none.</summary>
    public string? Zone { get; init; }

    /// <summary>Where the page begins.</summary>
    public string? Cursor { get; init; }

    /// <summary>Fewer than all are shown.</summary>
    public bool IsNarrow => Status is not null || Party is not null || Day is not null;

    /// <summary>The query, narrowed to this.</summary>
    public T Narrow<T>(T query) where T : PageQuery => (T)((PageQuery)query with
    {
        Status = Status,
        Party = Party is null ? null : StartForm.Compact(Party),
        CreatedAfter = Day is { Year: > 1 } day ? Stamp(MidnightOf(day).AddMilliseconds(-1)) : null,
        CreatedBefore = Day is { Year: < 9999 } last ? Stamp(MidnightOf(last.AddDays(1))) : null,
        Limit = PageSize,
        Cursor = Cursor,
    });

    /// <summary>The members of the address that shows the page which begins there.</summary>
    public object At(string? cursor) =>
        new { Status, Party, Day = Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Zone, Cursor = cursor };

    private DateTimeOffset MidnightOf(DateOnly day)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(Zone ?? "", out var found) ? found : TimeZoneInfo.Utc;
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(15); // The clocks jump over it.
        return new(midnight, zone.GetUtcOffset(midnight));
    }

    private static string Stamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
