using Voice.Domain.Contracts;
using Voice.Domain.Recordings;

namespace Voice.Application.Confirmations;

/// <summary>
/// Stores what parties say to contracts. Every method throws a <see cref="System.Data.Common.DbException"/> when the database is away.
/// </summary>
public interface IAgreementRepository
{
    /// <summary>The agreement about that contract; null when there is none.</summary>
    Task<Agreement?> FindAsync(string contractId, CancellationToken cancellationToken);

    /// <summary>The newest contract that waits for the decision of that phone; null when there is none.</summary>
    Task<string?> FindWaitingForAsync(PhoneNumber phone, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Contracts whose time to confirm is over and that are still stored as pending.</summary>
    Task<IReadOnlyList<string>> FindOverdueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Counts an attempt to confirm: first counted and then compared, so that many at once get no more attempts than one after the other.
    /// </summary>
    /// <returns>What the attempt is up against; null when the party has had its attempts and must wait, or is none.</returns>
    Task<Attempt?> CountAttemptAsync(string contractId, PhoneNumber phone, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Stores an agreement as it stands at that time.</summary>
    /// <returns>Whether it is now the stored one; false: somebody else saved it since it was loaded.</returns>
    Task<bool> SaveAsync(Agreement agreement, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>An attempt to confirm.</summary>
/// <param name="Left">How many are left after this one.</param>
/// <param name="CodeHashes">What is kept of the codes that were sent to the party.</param>
public sealed record Attempt(int Left, IReadOnlyList<string> CodeHashes);
