using Voice.Application.Contracts;

namespace Voice.Api.Contracts;

/// <summary>A contract and what its parties said to it.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Status">pending, confirmed when all parties have, rejected, or expired.</param>
/// <param name="Confirmations">What each party said.</param>
public sealed record ContractView(ContractBody Contract, string Status, IReadOnlyList<ConfirmationView> Confirmations)
{
    internal static ContractView Of(StoredContract stored) => new(
        stored.Body, stored.Status, [.. stored.Body.Parties.Select(party => new ConfirmationView(party.Phone!, stored.Decisions.GetValueOrDefault(party.Phone!)))]);
}

/// <summary>What a party said.</summary>
/// <param name="Phone">The party.</param>
/// <param name="Decision">confirmed, rejected, or null: nothing yet.</param>
public sealed record ConfirmationView(string Phone, string? Decision);
