using System.Data;
using System.Data.Common;
using Npgsql;

namespace Voice.Infrastructure.Database;

/// <summary>The one way to read.</summary>
internal static class Reads
{
    private const int MostRepeats = 3;

    /// <summary>
    /// Reads over a connection of its own. A read that loses it is repeated on a fresh one: the server may have ended a connection while it
    /// lay in the pool, and a read that is repeated does no harm.
    /// </summary>
    public static async Task<T> ReadAsync<T>(
        this DbDataSource database, Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        for (var repeats = 0; ; repeats++)
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            try
            {
                return await read(connection);
            }
            // Not every loss counts as transient with the driver: one by an administrator's command does not.
            catch (DbException exception) when (
                repeats < MostRepeats && (exception.IsTransient || connection.State != ConnectionState.Open))
            {
                // The others in the pool were probably cut as well. Where somebody else is emptying it already this does nothing, and the
                // next connection may still be one of those: hence the repeats.
                (database as NpgsqlDataSource)?.Clear();
            }
        }
    }
}
