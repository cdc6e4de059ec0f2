using System.Text.Json;
using System.Text.Json.Serialization;
using Voice.Application.Recordings;
using Voice.Domain.Recordings;
using Voice.Infrastructure.Webhooks;

namespace Voice.Infrastructure.Recordings;

/// <summary>A row of <c>voice_recordings</c>, and the way between it and the recording.</summary>
internal class RecordingRow
{
    /// <summary>All that the rules need.</summary>
    public const string Columns = """
        r.recording_id, r.status, r.contract_type, r.expected_seconds, r.parties, r.placement, r.refusal_reason, r.session_id, r.bridged_by,
        r.heard_at, r.connected_at, r.over_at, r.recording_url, r.url_is_settled, r.duration, r.duration_is_settled, r.failure_code,
        r.created_at, r.processed_at, r.due_at, r.version
        """;

    /// <summary>All that a caller sees.</summary>
    public const string ViewColumns =
        "r.recording_id, r.created_at, r.version, r.over_at, r.recording_url, r.duration, r.failure_code, r.processed_at";

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

    public RecordingView ToView() => new()
    {
        RecordingId = RecordingId,
        CreatedAt = CreatedAt,
        Version = Version,
        Outcome = new(OverAt, RecordingUrl, Duration, Failure, ProcessedAt),
    };

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
            Failure = Failure,
            CompletedAt = ProcessedAt,
        },
    };

    private FailureCode? Failure => FailureCode is null ? null : FailureCodes.Parse(FailureCode);
}

internal sealed record PartyJson(string Phone, PartyState State);

/// <summary>Times in JSON as the tables have them.</summary>
internal sealed class UnixMillisecondsConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.ToUnixTimeMilliseconds());
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, Converters = [typeof(UnixMillisecondsConverter)])]
[JsonSerializable(typeof(List<PartyJson>))]
[JsonSerializable(typeof(List<RecordingRow>))]
[JsonSerializable(typeof(List<SavedRecordingRow>))]
[JsonSerializable(typeof(List<AppliedCallbackRow>))]
[JsonSerializable(typeof(List<TimelineRow>))]
[JsonSerializable(typeof(List<CallbackRow>))]
internal sealed partial class RowJson : JsonSerializerContext;
