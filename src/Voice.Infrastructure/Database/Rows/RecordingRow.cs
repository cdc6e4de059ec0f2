using System.Text.Json;
using Voice.Application.Recordings;
using Voice.Domain.Recordings;

namespace Voice.Infrastructure.Database.Rows;

/// <summary>A row of <c>voice_recordings</c>, and the way between it and the recording.</summary>
internal class RecordingRow
{
    /// <summary>What never changes, with the columns' PostgreSQL types.</summary>
    public const string Given = "recording_id text, contract_type text, expected_seconds integer, created_at bigint";

    /// <summary>What a save writes.</summary>
    public const string Known = "status text, parties text, placement text, refusal_reason text, session_id text, bridged_by text, "
        + "heard_at bigint, connected_at bigint, over_at bigint, recording_url text, url_is_settled boolean, address_was_refused boolean, "
        + "duration integer, duration_is_settled boolean, failure_code text, processed_at bigint, due_at bigint";

    /// <summary>The one list of columns, from which every statement is written.</summary>
    public const string All = $"{Given}, {Known}, version integer";

    /// <summary>All that the rules need, of the table as <c>r</c>.</summary>
    public static readonly string Selected = Columns.Names(All, "r.{0}");

    /// <summary>All that a caller sees.</summary>
    public const string ViewColumns =
        "r.recording_id, r.created_at, r.version, r.over_at, r.recording_url, r.duration, r.failure_code, r.processed_at";

    public RecordingRow()
    {
    }

    public RecordingRow(Recording recording, DateTimeOffset? dueAt, string? notice = null)
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
        AddressWasRefused = recording.Facts.AddressWasRefused;
        Duration = recording.Facts.Seconds;
        DurationIsSettled = recording.Facts.SecondsAreSettled;
        FailureCode = recording.Facts.Failure?.Name();
        CreatedAt = recording.CreatedAt;
        ProcessedAt = recording.Facts.CompletedAt;
        DueAt = dueAt;
        Version = recording.Version;
        Notice = notice;
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
    public bool AddressWasRefused { get; init; }
    public int? Duration { get; init; }
    public bool DurationIsSettled { get; init; }
    public string? FailureCode { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ProcessedAt { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public int Version { get; init; }

    /// <summary>Its timeline has a contradiction; in lists only, and no column.</summary>
    public bool IsContradicted { get; init; }

    /// <summary>What others must be told of a save; no column.</summary>
    public string? Notice { get; init; }

    public RecordingView ToView() => new()
    {
        RecordingId = RecordingId,
        CreatedAt = CreatedAt,
        Version = Version,
        Outcome = new(OverAt, RecordingUrl, Duration, Failure, ProcessedAt),
        IsContradicted = IsContradicted,
        Phones = Parties.Length == 0 ? [] : [.. ReadParties().Select(party => party.Phone)],
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
            Parties = [.. ReadParties()],
            Placement = Placement is null ? null : Enum.Parse<Placement>(Placement),
            RefusalReason = RefusalReason,
            SessionId = SessionId,
            BridgedBy = BridgedBy,
            HeardAt = HeardAt,
            ConnectedAt = ConnectedAt,
            OverAt = OverAt,
            Url = RecordingUrl,
            UrlIsSettled = UrlIsSettled,
            AddressWasRefused = AddressWasRefused,
            Seconds = Duration,
            SecondsAreSettled = DurationIsSettled,
            Failure = Failure,
            CompletedAt = ProcessedAt,
        },
    };

    private IEnumerable<Party> ReadParties() => JsonSerializer.Deserialize(Parties, RowJson.Default.ListPartyJson)!
        .Select(party => new Party(PhoneNumber.Parse(party.Phone), party.State));

    private FailureCode? Failure => FailureCode is null ? null : FailureCodes.Parse(FailureCode);
}

/// <summary>A party as it stands in the column.</summary>
internal sealed record PartyJson(string Phone, PartyState State);
