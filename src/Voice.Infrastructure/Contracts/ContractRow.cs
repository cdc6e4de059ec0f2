using System.Text.Json;
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

    public Agreement ToAgreement(IEnumerable<PartyRow> parties) => new()
    {
        ContractId = ContractId,
        ConfirmBy = ConfirmBy,
        Parties = [.. parties.Select(party => party.ToSignatory())],
        StoredAs = AgreementNames.ParseStatus(Status),
        Version = Version,
    };
}

/// <summary>A row of <c>contract_parties</c>.</summary>
internal sealed class PartyRow
{
    public const string Select = """
        SELECT phone, decision, decided_at, channel FROM contract_parties WHERE contract_id = @ContractId ORDER BY position
        """;

    public string ContractId { get; init; } = "";
    public string Phone { get; init; } = "";
    public string? Decision { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? Channel { get; init; }

    public Signatory ToSignatory() => new(
        PhoneNumber.Parse(Phone), Decision is null ? null : AgreementNames.ParseDecision(Decision), DecidedAt,
        Channel is null ? null : AgreementNames.ParseChannel(Channel));
}
