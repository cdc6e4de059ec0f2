using Voice.Domain.Contracts;

namespace Voice.Application.Contracts;

/// <summary>Stores contracts. Every method throws a <see cref="System.Data.Common.DbException"/> when the database is away.</summary>
public interface IContractRepository
{
    /// <summary>The contract that was made of the same audio and parties; null when there is none.</summary>
    Task<ContractBody?> FindByFingerprintAsync(string fingerprint, CancellationToken cancellationToken);

    /// <summary>The contract with that id; null when there is none.</summary>
    Task<StoredContract?> FindAsync(string contractId, CancellationToken cancellationToken);

    /// <summary>Stores a new contract, and in the same transaction the messages to its parties.</summary>
    /// <returns>The contract that stands: this one, or the one that somebody else made of the same audio and parties first.</returns>
    Task<ContractBody> AddAsync(Contract contract, string fingerprint, DateTimeOffset confirmBy, CancellationToken cancellationToken);
}

/// <summary>A contract and what its parties said to it.</summary>
/// <param name="Body">The contract.</param>
/// <param name="Canonical">Its canonical JSON.</param>
/// <param name="Status">pending, confirmed, rejected or expired.</param>
/// <param name="Confirmations">Where each party stands, by phone number.</param>
public sealed record StoredContract(ContractBody Body, string Canonical, string Status, IReadOnlyDictionary<string, Confirmation> Confirmations);

/// <summary>Where a party stands.</summary>
/// <param name="Decision">confirmed, rejected, or null: nothing yet.</param>
/// <param name="Message">What became of the message with its code: waiting, posting, accepted, refused, unknown; null: there is none to send.</param>
public sealed record Confirmation(string? Decision, string? Message);
