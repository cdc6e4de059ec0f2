using System.Data;
using System.Data.Common;

namespace Voice.Infrastructure.Database;

/// <summary>The one way to read.</summary>
internal static class Reads
{
    private const int MostRepeats = 100; // As many as a pool holds by default: each dead connection is met once.

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
            catch (DbException exception) when (repeats < MostRepeats && IsLost(connection, exception))
            {
                // The others in the pool were probably cut as well. Where somebody else is emptying it already this does nothing.
                (database as PostgresDataSource)?.Clear();
            }
        }
    }

    // Where an administrator ends connections, the driver takes them for open a moment longer.
    private static bool IsLost(DbConnection connection, DbException exception) =>
        connection.State != ConnectionState.Open || exception.IsOfOperator();

    /// <summary>Whoever runs the server ended the connection, or let none begin (SQLSTATE 57P…): it will be there again.</summary>
    public static bool IsOfOperator(this DbException exception) =>
        exception.SqlState?.StartsWith("57P", StringComparison.Ordinal) == true;
}
