using System.Data.Common;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using DbUp;
using DbUp.Engine;
using DbUp.Engine.Output;
using Microsoft.Data.Sqlite;
using Npgsql;
using Voice.Application;

namespace Voice.Infrastructure.Database;

/// <summary>Brings the tables up to date. Several instances may start at once: one migrates, the others wait for it.</summary>
internal static class Migrator
{
    private const long AdvisoryLock = 0x566F696365; // "Voice"
    private const string Command = "voice migrate (dotnet run --project src/Voice.Api -- migrate)";
    private const string Promises = "0008"; // The migration that began to promise.

    /// <summary>Asks whether this program can serve the tables as they are (docs/decisions/0010).</summary>
    /// <param name="dialect">The engine.</param>
    /// <param name="connectionString">The database.</param>
    /// <param name="willMigrate">What is older will be brought up to date.</param>
    /// <exception cref="SettingException">It cannot; the sentence says what to run.</exception>
    public static void Check(Dialect dialect, string connectionString, bool willMigrate)
    {
        var known = Scripts(dialect).Select(script => script.Name).ToList();
        var run = Executed(dialect, connectionString);
        if (run.Except(known).Except(PromisedTo(known[^1], dialect, connectionString, run)).FirstOrDefault() is { } newer)
            throw new SettingException(
                $"The database's tables are newer than this program can serve ({newer}): start the program whose {Command} made them.");
        if (!willMigrate && known.Except(run).FirstOrDefault() is { } missing)
            throw new SettingException(
                $"The database's tables are older than this program needs ({missing} is missing): run {Command} first, "
                + "or let the start do so with Database:MigrateOnStart=true.");
    }

    public static void Migrate(Dialect dialect, string connectionString)
    {
        if (dialect == Dialect.Postgres) MigratePostgres(connectionString);
        else MigrateSqlite(connectionString);
    }

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

    private static void Run(Dialect dialect, string connectionString)
    {
        var result = Engine(dialect, connectionString).PerformUpgrade();
        if (!result.Successful)
            throw new InvalidOperationException($"The migration {result.ErrorScript?.Name} failed.", result.Error);
    }

    private static UpgradeEngine Engine(Dialect dialect, string connectionString) => (dialect == Dialect.Postgres
        ? DeployChanges.To.PostgresqlDatabase(connectionString)
        : DeployChanges.To.SqliteDatabase(connectionString))
        .WithScripts(Scripts(dialect)).WithTransactionPerScript().LogTo(new NoOpUpgradeLog()).Build();

    private static List<string> Executed(Dialect dialect, string connectionString) =>
        // To look into a file that is not there would make it.
        dialect == Dialect.Sqlite && !File.Exists(new SqliteConnectionStringBuilder(connectionString).DataSource)
            ? []
            : Engine(dialect, connectionString).GetExecutedScripts();

    private static IEnumerable<string> PromisedTo(string last, Dialect dialect, string connectionString, List<string> run)
    {
        if (!run.Exists(script => script.StartsWith(Promises, StringComparison.Ordinal))) return [];
        using DbConnection connection =
            dialect == Dialect.Postgres ? new NpgsqlConnection(connectionString) : new SqliteConnection(connectionString);
        var promises = connection.Query<(string Script, string ServedFrom)>("SELECT script, served_from FROM schema_promises");
        return [.. promises.Where(promise => string.CompareOrdinal(promise.ServedFrom, last) <= 0).Select(promise => promise.Script)];
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
