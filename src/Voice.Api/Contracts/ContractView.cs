using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Voice.Application.Contracts;

namespace Voice.Api.Contracts;

/// <summary>A contract and what its parties said to it.</summary>
public sealed record ContractView : ContractBody
{
    /// <summary>Puts the two together.</summary>
    [SetsRequiredMembers]
    public ContractView(StoredContract stored) : base(stored.Body)
    {
        Status = stored.Status;
        Confirmations = [.. stored.Body.Parties.Select(party => new ConfirmationView(party.Phone!, stored.Confirmations[party.Phone!].Decision, stored.Confirmations[party.Phone!].Message))];
    }

    /// <summary>pending, confirmed when all parties have, rejected, or expired.</summary>
    [JsonPropertyOrder(1)]
    public string Status { get; }

    /// <summary>What each party said.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<ConfirmationView> Confirmations { get; }
}

/// <summary>What a party said.</summary>
/// <param name="Phone">The party.</param>
/// <param name="Decision">confirmed, rejected, or null: nothing yet.</param>
/// <param name="Message">What became of the message with its code: waiting, posting, accepted, refused, unknown; null: there was nothing to confirm.</param>
public sealed record ConfirmationView(string Phone, string? Decision, string? Message);
