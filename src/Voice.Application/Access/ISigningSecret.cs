namespace Voice.Application.Access;

/// <summary>The secret that read tokens are signed with: one for all instances, made by the first that needs it.</summary>
public interface ISigningSecret
{
    /// <summary>The secret, 32 random bytes.</summary>
    /// <exception cref="System.Data.Common.DbException">It is not known yet, and the database is away.</exception>
    ValueTask<byte[]> GetAsync(CancellationToken cancellationToken);
}
