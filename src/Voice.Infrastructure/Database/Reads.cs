using System.Data.Common;

namespace Voice.Infrastructure.Database;

/// <summary>The one way to read.</summary>
internal static class Reads
{
    /// <summary>
    /// Reads over a connection of its own. A read that loses it is repeated once on a fresh one: the server may have ended a connection
    /// while it lay in the pool, and a read that is repeated does no harm.
    /// </summary>
    public static async Task<T> ReadAsync<T>(
        this DbDataSource database, Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await OnceAsync();
        }
        catch (DbException exception) when (exception.IsTransient && !cancellationToken.IsCancellationRequested)
        {
            return await OnceAsync();
        }

        async Task<T> OnceAsync()
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            return await read(connection);
        }
    }
}
