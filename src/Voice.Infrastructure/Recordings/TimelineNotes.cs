using System.Data.Common;
using Dapper;
using Voice.Domain.Recordings;

namespace Voice.Infrastructure.Recordings;

/// <summary>Notes in the timeline of a recording what the same transaction changes of that which is made of it.</summary>
internal static class TimelineNotes
{
    /// <summary>For a recording; of one that is not there (any more), or null, nothing is noted.</summary>
    public static Task NoteAsync(this DbTransaction transaction, string? recordingId, params IEnumerable<TimelineEntry> entries) =>
        recordingId is null
            ? Task.CompletedTask
            : NoteAsync(transaction, "voice_recordings WHERE recording_id = @Id", recordingId, entries);

    /// <summary>For the recording of a contract, if it has one.</summary>
    public static Task NoteAboutAsync(this DbTransaction transaction, string contractId, IEnumerable<TimelineEntry> entries) =>
        NoteAsync(transaction, "contracts WHERE contract_id = @Id AND recording_id IS NOT NULL", contractId, entries);

    private static Task<int> NoteAsync(DbTransaction transaction, string source, string id, IEnumerable<TimelineEntry> entries)
    {
        var sql = $"""
            INSERT INTO voice_timeline (recording_id, at, kind, detail, repeat_of, times)
            SELECT recording_id, @At, @Kind, @Detail, @RepeatOf, @Times FROM {source}
            ON CONFLICT (recording_id, repeat_of) WHERE repeat_of IS NOT NULL DO UPDATE SET times = voice_timeline.times + excluded.times
            """;
        return transaction.Connection!.ExecuteAsync(
            sql, entries.Select(entry => new { Id = id, entry.At, entry.Kind, entry.Detail, entry.RepeatOf, entry.Times }), transaction);
    }
}
