using Voice.Domain.Contracts;

namespace Voice.Application.Contracts;

/// <summary>Stores contracts. Every method throws a <see cref="System.Data.Common.DbException"/> when the database is away.</summary>
public interface IContractRepository
{
    /// <summary>The contract with that id; null when there is none.</summary>
    Task<StoredContract?> FindAsync(string contractId, CancellationToken cancellationToken);

    /// <summary>The contract of that subject which is confirmed or may still be; null when there is none.</summary>
    Task<Contract?> FindLiveAsync(string subject, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Contracts that fit, newest first, without the messages; as fast on the last page as on the first.</summary>
    Task<IReadOnlyList<StoredContract>> ListAsync(ContractFilter filter, CancellationToken cancellationToken);

    /// <summary>Stores a new contract, and in the same transaction its agreement and the messages to those who are asked.</summary>
    /// <returns>The contract that stands: this one, or the live one that somebody else made of the same subject first.</returns>
    Task<Contract> AddAsync(Contract contract, CancellationToken cancellationToken);
}

/// <summary>A contract, what its parties said to it, and what became of the messages that asked them.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Agreement">Its life.</param>
/// <param name="Messages">The last message to each party, by phone number; none where there was nothing to ask, and in lists.</param>
public sealed record StoredContract(Contract Contract, Agreement Agreement, IReadOnlyDictionary<string, MessageState> Messages);
