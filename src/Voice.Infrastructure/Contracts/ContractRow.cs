using System.Text.Json;
using Voice.Application.Contracts;
using Voice.Domain.Contracts;
using Voice.Domain.Recordings;

namespace Voice.Infrastructure.Contracts;

/// <summary>A row of <c>contracts</c>, and the way from it to the contract and its agreement.</summary>
internal sealed class ContractRow
{
    public const string Columns = "contract_id, canonical, evidence, summary, engine, status, confirm_by, version";

    public string ContractId { get; init; } = "";
    public string Canonical { get; init; } = "";
    public string Evidence { get; init; } = "";
    public string Summary { get; init; } = "";
    public string Status { get; init; } = "";
    public string? Engine { get; init; }
    public DateTimeOffset ConfirmBy { get; init; }
    public int Version { get; init; }

    public Contract ToContract()
    {
        var evidence = JsonSerializer.Deserialize(Evidence, ContractJson.Default.DictionaryStringEvidence)!;
        return CanonicalContract.Read(Canonical, evidence, Summary) with { Engine = Engine is null ? null : SpeechEngines.Parse(Engine) };
    }

    public StoredContract ToStored(IReadOnlyList<PartyRow> parties) => new(
        ToContract(), ToAgreement(parties), parties.Where(party => party.Message is not null)
            .ToDictionary(party => party.Phone, party => MessageStates.Parse(party.Message!)));

    public Agreement ToAgreement(IEnumerable<PartyRow> parties) => new()
    {
        ContractId = ContractId,
        ConfirmBy = ConfirmBy,
        Parties = [.. parties.Select(party => party.ToSignatory())],
        StoredAs = AgreementNames.ParseStatus(Status),
        Version = Version,
    };
}

/// <summary>A row of <c>contract_parties</c>, and what became of the message that asked the party.</summary>
internal sealed class PartyRow
{
    public const string Select = """
        SELECT phone, decision, decided_at, channel, (
            SELECT o.state FROM sms_outbox o WHERE o.contract_id = p.contract_id AND o.phone = p.phone AND o.text IS NULL
            ORDER BY o.created_at DESC LIMIT 1) AS message
        FROM contract_parties p WHERE contract_id = @ContractId ORDER BY position
        """;

    public string ContractId { get; init; } = "";
    public string Phone { get; init; } = "";
    public string? Decision { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? Channel { get; init; }

    /// <summary>What became of the last message with a code.</summary>
    public string? Message { get; init; }

    public Signatory ToSignatory() => new(
        PhoneNumber.Parse(Phone), Decision is null ? null : AgreementNames.ParseDecision(Decision), DecidedAt,
        Channel is null ? null : AgreementNames.ParseChannel(Channel));
}
