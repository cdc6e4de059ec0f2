using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Voice.Domain.Contracts;

namespace Voice.Application.Contracts;

/// <summary>A contract, with its members in the documented order.</summary>
public record ContractBody
{
    /// <summary>The identifier.</summary>
    public required string ContractId { get; init; }

    /// <summary>What was said.</summary>
    public required string Transcript { get; init; }

    /// <summary>What was agreed; null is what was not said or not settled.</summary>
    public required TermsBody Terms { get; init; }

    /// <summary>SHA-256 of the contract's canonical JSON (RFC 8785).</summary>
    public required string ContractHash { get; init; }

    /// <summary>The terms in one text message.</summary>
    public required string ContractSummary { get; init; }

    /// <summary>completed, or partial when something was left open.</summary>
    public required string ProcessingStatus { get; init; }

    /// <summary>How sure the reading is, 0 to 1.</summary>
    public required double ConfidenceScore { get; init; }

    /// <summary>When the contract was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The words that each term was read from.</summary>
    public required IReadOnlyDictionary<string, Evidence> Evidence { get; init; }

    /// <summary>Who stands in it.</summary>
    public required IReadOnlyList<PartyBody> Parties { get; init; }

    /// <summary>What kind of agreement it is.</summary>
    public required string ContractType { get; init; }

    /// <summary>The recording it was read from; null when only audio was given.</summary>
    public string? RecordingId { get; init; }

    /// <summary>SHA-256 of the audio's bytes.</summary>
    public required string AudioSha256 { get; init; }

    /// <summary>The body of a contract.</summary>
    public static ContractBody Of(Contract contract) => new()
    {
        ContractId = contract.ContractId,
        Transcript = contract.Transcript,
        Terms = TermsBody.Of(contract.Reading.Terms),
        ContractHash = contract.Hash,
        ContractSummary = contract.Summary,
        ProcessingStatus = contract.IsComplete ? "completed" : "partial",
        ConfidenceScore = Math.Round(contract.Reading.Confidence, 2),
        CreatedAt = contract.CreatedAt,
        Evidence = contract.Reading.Evidence,
        Parties = [.. contract.Parties.Select(party => new PartyBody { Phone = party.Phone.Value, Role = party.Role, Name = party.Name })],
        ContractType = contract.ContractType,
        RecordingId = contract.RecordingId,
        AudioSha256 = contract.AudioSha256,
    };
}

/// <summary>What was agreed.</summary>
public sealed record TermsBody(
    string? Product, decimal? Quantity, string? Unit, decimal? UnitPrice, decimal? TotalAmount, string? Currency, string? DeliveryLocation,
    DateOnly? DeliveryDate, IReadOnlyList<string>? QualityRequirements, decimal? UpfrontPayment, string? PaymentTerms)
{
    internal static TermsBody Of(ContractTerms terms) => new(
        terms.Product, terms.Quantity, terms.Unit, terms.UnitPrice, terms.TotalAmount, terms.Currency, terms.DeliveryLocation, terms.DeliveryDate,
        terms.QualityRequirements.Count == 0 ? null : terms.QualityRequirements, terms.UpfrontPayment, terms.PaymentTerms);
}

/// <summary>A party of a contract.</summary>
public sealed record PartyBody
{
    /// <summary>E.164.</summary>
    public string? Phone { get; init; }

    /// <summary>buyer, seller, mediator or witness.</summary>
    public string? Role { get; init; }

    /// <summary>The name, if it was given.</summary>
    public string? Name { get; init; }
}

/// <summary>Contracts as they are stored and answered.</summary>
public static class ContractJson
{
    /// <summary>The contract's JSON: snake_case, times to the millisecond.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new MillisecondsConverter() },
    };
}
