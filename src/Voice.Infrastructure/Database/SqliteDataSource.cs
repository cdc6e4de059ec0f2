using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Voice.Infrastructure.Database;

/// <summary>The embedded database behind the same door as PostgreSQL.</summary>
internal sealed class SqliteDataSource(string connectionString) : DbDataSource
{
    // Keyed by the native handle, which the pool keeps: settings made twice on one handle would cost at every open.
    private readonly ConditionalWeakTable<object, object> _prepared = [];

    public override string ConnectionString { get; } =
        new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true, DefaultTimeout = DatabaseChoice.Patience }.ToString();

    protected override DbConnection CreateDbConnection() => new SqliteConnection(ConnectionString);

    protected override DbConnection OpenDbConnection()
    {
        var connection = new SqliteConnection(ConnectionString);
        try
        {
            connection.Open();
            if (_prepared.TryAdd(connection.Handle!, this)) Prepare(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(OpenDbConnection());

    protected override void Dispose(bool disposing)
    {
        // Also where it is disposed of asynchronously, which comes here with false.
        SqliteConnection.ClearPool(new SqliteConnection(ConnectionString));
        base.Dispose(disposing);
    }

    private static void Prepare(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        // FULL: each commit waits until the disk has it, because what is answered with 2xx must be there after a power cut.
        command.CommandText = $"PRAGMA busy_timeout = {DatabaseChoice.Patience * 1000}; PRAGMA synchronous = FULL;";
        command.ExecuteNonQuery();
    }
}
