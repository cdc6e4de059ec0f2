using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using DbUp;
using DbUp.Engine;
using DbUp.Engine.Output;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Voice.Infrastructure.Database;

/// <summary>Brings the tables up to date. Several instances may start at once: one migrates, the others wait for it.</summary>
internal static class Migrator
{
    private const long AdvisoryLock = 0x566F696365; // "Voice"

    public static void Migrate(Dialect dialect, string connectionString)
    {
        if (dialect == Dialect.Postgres) MigratePostgres(connectionString);
        else MigrateSqlite(connectionString);
    }

    /// <summary>Whether nothing is left to migrate.</summary>
    public static bool IsDone(Dialect dialect, string connectionString) => !Engine(dialect, connectionString).IsUpgradeRequired();

    // DbUp takes no lock of its own; the one taken here ends with its connection, even when we are killed.
    private static void MigratePostgres(string settings)
    {
        var connectionString = new NpgsqlConnectionStringBuilder(settings) { Pooling = false, CommandTimeout = 0 }.ToString();
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using var command = new NpgsqlCommand($"SELECT pg_advisory_lock({AdvisoryLock})", connection);
        command.ExecuteNonQuery();
        Run(Dialect.Postgres, connectionString);
    }

    private static void MigrateSqlite(string connectionString)
    {
        var file = Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file)))[..32];
        using var mutex = new Mutex(false, $"voice-migration-{name}");
        try
        {
            mutex.WaitOne();
        }
        catch (AbandonedMutexException)
        {
            // Its owner died; a migration runs in a transaction, so the file is whole and the lock is now ours.
        }
        try
        {
            using (var connection = new SqliteConnection(connectionString))
            {
                connection.Open();
                using var command = connection.CreateCommand();
                command.CommandText = "PRAGMA journal_mode = WAL";
                command.ExecuteNonQuery();
            }
            Run(Dialect.Sqlite, connectionString);
        }
        finally
        {
            mutex.ReleaseMutex();
        }
    }

    private static UpgradeEngine Engine(Dialect dialect, string connectionString) =>
        (dialect == Dialect.Postgres
            ? DeployChanges.To.PostgresqlDatabase(connectionString)
            : DeployChanges.To.SqliteDatabase(connectionString))
        .WithScripts(Scripts(dialect)).WithTransactionPerScript().LogTo(new NoOpUpgradeLog()).Build();

    private static void Run(Dialect dialect, string connectionString)
    {
        var result = Engine(dialect, connectionString).PerformUpgrade();
        if (!result.Successful)
            throw new InvalidOperationException($"The migration {result.ErrorScript?.Name} failed.", result.Error);
    }

    /// <summary>
    /// The scripts under their bare file names, which is how they are journalled: a moved namespace must not run them again.
    /// </summary>
    public static IReadOnlyList<SqlScript> Scripts(Dialect dialect)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var folder = $"{assembly.GetName().Name}.Database.Migrations.{dialect.Name}.";
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => SqlScript.FromStream(name[folder.Length..], assembly.GetManifestResourceStream(name)))];
    }
}
