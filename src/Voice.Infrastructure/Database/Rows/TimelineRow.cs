using Voice.Application.Recordings;
using Voice.Domain.Recordings;

namespace Voice.Infrastructure.Database.Rows;

/// <summary>A row of <c>voice_timeline</c>.</summary>
internal sealed class TimelineRow
{
    /// <summary>What is written, with the columns' PostgreSQL types.</summary>
    public const string Written = "recording_id text, at bigint, kind text, detail text, repeat_of text, times integer";

    public long EntryId { get; init; }
    public string RecordingId { get; init; } = "";
    public DateTimeOffset At { get; init; }
    public string Kind { get; init; } = "";
    public string Detail { get; init; } = "";
    public string? RepeatOf { get; init; }
    public int Times { get; init; } = 1;

    public static IEnumerable<TimelineRow> NewsOf(Recording recording) => recording.News.Select(entry => new TimelineRow
    {
        RecordingId = recording.RecordingId,
        At = entry.At,
        Kind = entry.Kind,
        Detail = entry.Detail,
        RepeatOf = entry.RepeatOf,
        Times = entry.Times,
    });

    public TimelineLine ToLine() => new(EntryId, new TimelineEntry(At, Kind, Detail, RepeatOf, Times));
}
