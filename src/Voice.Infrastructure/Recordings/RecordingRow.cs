using System.Text.Json;
using System.Text.Json.Serialization;
using Voice.Domain.Recordings;

namespace Voice.Infrastructure.Recordings;

/// <summary>A row of <c>voice_recordings</c>, and the way between it and the recording.</summary>
internal class RecordingRow
{
    public RecordingRow()
    {
    }

    public RecordingRow(Recording recording, DateTimeOffset? dueAt)
    {
        RecordingId = recording.RecordingId;
        Status = recording.Status.Name();
        ContractType = recording.ContractType;
        ExpectedSeconds = recording.ExpectedSeconds;
        Parties = JsonSerializer.Serialize(
            recording.Facts.Parties.Select(party => new PartyJson(party.Phone.Value, party.State)).ToList(), RowJson.Default.ListPartyJson);
        Placement = recording.Facts.Placement?.ToString();
        RefusalReason = recording.Facts.RefusalReason;
        SessionId = recording.Facts.SessionId;
        BridgedBy = recording.Facts.BridgedBy;
        HeardAt = recording.Facts.HeardAt;
        ConnectedAt = recording.Facts.ConnectedAt;
        OverAt = recording.Facts.OverAt;
        RecordingUrl = recording.Facts.Url;
        UrlIsSettled = recording.Facts.UrlIsSettled;
        Duration = recording.Facts.Seconds;
        DurationIsSettled = recording.Facts.SecondsAreSettled;
        FailureCode = recording.Facts.Failure?.Name();
        CreatedAt = recording.CreatedAt;
        ProcessedAt = recording.Facts.CompletedAt;
        DueAt = dueAt;
        Version = recording.Version;
    }

    public string RecordingId { get; init; } = "";
    public string Status { get; init; } = "";
    public string ContractType { get; init; } = "";
    public int ExpectedSeconds { get; init; }
    public string Parties { get; init; } = "";
    public string? Placement { get; init; }
    public string? RefusalReason { get; init; }
    public string? SessionId { get; init; }
    public string? BridgedBy { get; init; }
    public DateTimeOffset? HeardAt { get; init; }
    public DateTimeOffset? ConnectedAt { get; init; }
    public DateTimeOffset? OverAt { get; init; }
    public string? RecordingUrl { get; init; }
    public bool UrlIsSettled { get; init; }
    public int? Duration { get; init; }
    public bool DurationIsSettled { get; init; }
    public string? FailureCode { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ProcessedAt { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public int Version { get; init; }

    public Recording ToRecording() => new()
    {
        RecordingId = RecordingId,
        ContractType = ContractType,
        ExpectedSeconds = ExpectedSeconds,
        CreatedAt = CreatedAt,
        Version = Version,
        Facts = new RecordingFacts
        {
            Parties = [.. JsonSerializer.Deserialize(Parties, RowJson.Default.ListPartyJson)!
                .Select(party => new Party(PhoneNumber.Parse(party.Phone), party.State))],
            Placement = Placement is null ? null : Enum.Parse<Placement>(Placement),
            RefusalReason = RefusalReason,
            SessionId = SessionId,
            BridgedBy = BridgedBy,
            HeardAt = HeardAt,
            ConnectedAt = ConnectedAt,
            OverAt = OverAt,
            Url = RecordingUrl,
            UrlIsSettled = UrlIsSettled,
            Seconds = Duration,
            SecondsAreSettled = DurationIsSettled,
            Failure = FailureCode is null ? null : FailureCodes.Parse(FailureCode),
            CompletedAt = ProcessedAt,
        },
    };
}

internal sealed record PartyJson(string Phone, PartyState State);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(List<PartyJson>))]
internal sealed partial class RowJson : JsonSerializerContext;
