using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Voice.Application.Events;
using Voice.Application.Recordings;
using Voice.Domain.Contracts;
using Voice.Domain.Recordings;
using Voice.Infrastructure.Contracts;

namespace Voice.Infrastructure.Database.Rows;

/// <summary>An event to write a delivery of for each endpoint that wants it.</summary>
internal sealed class EventRow
{
    /// <summary>What is written and what endpoints are found by, with the columns' PostgreSQL types.</summary>
    public const string Written = "event_id text, type text, family text, recording_id text, contract_id text, data text, at bigint";

    public string EventId { get; private init; } = "";
    public string Type { get; private init; } = "";
    public string Family => EventTypes.FamilyOf(Type);
    public string? RecordingId { get; private init; }
    public string? ContractId { get; private init; }
    public string Data { get; private init; } = "";
    public DateTimeOffset At { get; private init; }

    /// <summary>What there is to tell of a recording that is being saved.</summary>
    public static IEnumerable<EventRow> NewsOf(Recording recording)
    {
        if (!recording.LooksDifferent || EventTypes.Of(recording.Status) is not { } type) yield break;
        var data = JsonSerializer.Serialize(RecordingSnapshot.Of(recording), RowJson.Default.RecordingSnapshot);
        yield return new()
        {
            // The same if a crash undoes the save and it is done again.
            EventId = IdOf(recording.RecordingId, data),
            Type = type,
            RecordingId = recording.RecordingId,
            Data = data,
            At = recording.News[^1].At,
        };
    }

    /// <summary>That a contract has come to that status.</summary>
    public static EventRow Of(string contractId, AgreementStatus status, List<PartyRow> parties, DateTimeOffset at) => new()
    {
        // It comes to each status once, however often it is saved.
        EventId = IdOf(contractId, EventTypes.Of(status)),
        Type = EventTypes.Of(status),
        ContractId = contractId,
        Data = JsonSerializer.Serialize(parties, RowJson.Default.ListPartyRow),
        At = at,
    };

    private static string IdOf(string subject, string what) =>
        $"evt_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{subject}\n{what}")).AsSpan(0, 16))}";
}

/// <summary>What a caller sees of a recording, as it stands in the column.</summary>
internal sealed record RecordingSnapshot(
    string RecordingId, DateTimeOffset CreatedAt, int Version, DateTimeOffset? OverAt, string? RecordingUrl, int? Duration,
    string? FailureCode, DateTimeOffset? ProcessedAt)
{
    /// <summary>As it is once it is saved.</summary>
    public static RecordingSnapshot Of(Recording recording) => new(
        recording.RecordingId, recording.CreatedAt, recording.Version + 1, recording.Facts.OverAt, recording.Facts.Url,
        recording.Facts.Seconds, recording.Facts.Failure?.Name(), recording.Facts.CompletedAt);

    public RecordingView ToView() => new()
    {
        RecordingId = RecordingId,
        CreatedAt = CreatedAt,
        Version = Version,
        Outcome = new(OverAt, RecordingUrl, Duration, FailureCode is null ? null : FailureCodes.Parse(FailureCode), ProcessedAt),
    };
}
