namespace Voice.Application.Access;

/// <summary>
/// Stores the keys of callers. Every method throws a <see cref="System.Data.Common.DbException"/> when the database is away.
/// </summary>
public interface IApiKeyRepository
{
    /// <summary>Whether any key is good; asked before the service runs.</summary>
    bool HasAny();

    /// <summary>The keys that are good.</summary>
    Task<IReadOnlyList<ApiKey>> FindGoodAsync(CancellationToken cancellationToken);

    /// <summary>Every key that there ever was, oldest first.</summary>
    Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Stores a new key.</summary>
    /// <returns>Whether its name was free.</returns>
    Task<bool> AddAsync(ApiKey key, CancellationToken cancellationToken);

    /// <summary>Revokes the key with that name or id.</summary>
    /// <returns>Whether a good key had it.</returns>
    Task<bool> RevokeAsync(string nameOrId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Notes that these keys were in use at that time.</summary>
    Task NoteUseAsync(IReadOnlyCollection<string> keyIds, DateTimeOffset at, CancellationToken cancellationToken);
}
