using System.ComponentModel.DataAnnotations;
using Voice.Domain.Contracts;
using Voice.Domain.Recordings;

namespace Voice.Application.Contracts;

/// <summary>A contract and what its parties said to it, with the members in the documented order.</summary>
public sealed record ContractBody
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
    [OneOf("completed", "partial")]
    public required string ProcessingStatus { get; init; }

    /// <summary>How sure the reading is, 0 to 1.</summary>
    [Range(0, 1)]
    public required double ConfidenceScore { get; init; }

    /// <summary>When the contract was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The words that each term was read from.</summary>
    public required IReadOnlyDictionary<string, Evidence> Evidence { get; init; }

    /// <summary>What to ask the parties back: one plain question for each term that is disputed or missing.</summary>
    public required IReadOnlyDictionary<string, string> Questions { get; init; }

    /// <summary>Who stands in it.</summary>
    public required IReadOnlyList<PartyBody> Parties { get; init; }

    /// <summary>What kind of agreement it is.</summary>
    [OneOf(typeof(ContractType))]
    public required string ContractType { get; init; }

    /// <summary>The recording it was read from; null when only audio was given.</summary>
    public string? RecordingId { get; init; }

    /// <summary>SHA-256 of the audio's bytes.</summary>
    public required string AudioSha256 { get; init; }

    /// <summary>
    /// Who wrote down what was said: whisper, openai, pocketsphinx, or sandbox for the sandbox's own recording, to which nobody listened;
    /// null where that was before this was noted.
    /// </summary>
    [OneOf(typeof(SpeechEngine))]
    public string? Engine { get; init; }

    /// <summary>pending, confirmed when all parties have, rejected, or expired.</summary>
    [OneOf(typeof(AgreementStatus))]
    public required string Status { get; init; }

    /// <summary>Until when the parties can confirm it.</summary>
    public required DateTimeOffset ConfirmBy { get; init; }

    /// <summary>Where each party stands.</summary>
    public required IReadOnlyList<ConfirmationBody> Confirmations { get; init; }

    /// <summary>The phones that have confirmed it.</summary>
    public required IReadOnlyList<string> SignedBy { get; init; }

    /// <summary>Every party has confirmed it.</summary>
    public required bool AllSigned { get; init; }

    internal static ContractBody Of(StoredContract stored, DateTimeOffset now)
    {
        var (contract, agreement, messages) = stored;
        return new()
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
            Questions = Domain.Reading.Questions.Of(contract.Reading, contract.ContractType),
            Parties = [.. contract.Parties.Select(
                party => new PartyBody { Phone = party.Phone.Value, Role = party.Role.Name(), Name = party.Name })],
            ContractType = contract.ContractType,
            RecordingId = contract.RecordingId,
            AudioSha256 = contract.AudioSha256,
            Engine = contract.Engine?.Name(),
            Status = agreement.StatusAt(now).Name(),
            ConfirmBy = agreement.ConfirmBy,
            Confirmations = [.. agreement.Parties.Select(party => new ConfirmationBody(
                party.Phone.Value, party.Decision?.Name(), messages.TryGetValue(party.Phone.Value, out var message) ? message.Name()
                    : null, party.DecidedAt, party.Channel?.Name()))],
            SignedBy = [.. agreement.SignedBy.Select(phone => phone.Value)],
            AllSigned = agreement.StatusAt(now) == AgreementStatus.Confirmed,
        };
    }
}

/// <summary>What was agreed.</summary>
public sealed record TermsBody(
    string? Product, decimal? Quantity, string? Unit, decimal? UnitPrice, decimal? TotalAmount, string? Currency, string? DeliveryLocation,
    DateOnly? DeliveryDate, IReadOnlyList<string>? QualityRequirements, decimal? UpfrontPayment, string? PaymentTerms)
{
    internal static TermsBody Of(ContractTerms terms) => new(
        terms.Product, terms.Quantity, terms.Unit, terms.UnitPrice, terms.TotalAmount, terms.Currency, terms.DeliveryLocation,
            terms.DeliveryDate,
        terms.QualityRequirements.Count == 0 ? null : terms.QualityRequirements, terms.UpfrontPayment, terms.PaymentTerms);
}

/// <summary>Where a party stands.</summary>
/// <param name="Phone">The party.</param>
/// <param name="Decision">confirmed, rejected, or null: nothing yet.</param>
/// <param name="Message">
/// What became of the last message with a code: waiting, posting, accepted, refused, unknown; null: there was nothing to confirm.
/// </param>
/// <param name="DecidedAt">When it decided.</param>
/// <param name="Channel">How it decided: api or text_message; null: nothing yet, or before this was noted.</param>
public sealed record ConfirmationBody(
    string Phone, [property: OneOf(typeof(Decision))] string? Decision, [property: OneOf(typeof(MessageState))] string? Message,
    DateTimeOffset? DecidedAt, [property: OneOf(typeof(DecisionChannel))] string? Channel);
