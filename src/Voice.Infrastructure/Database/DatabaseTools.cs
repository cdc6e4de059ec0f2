using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Npgsql;
using Voice.Application;

namespace Voice.Infrastructure.Database;

/// <summary>What an operator does to the whole database, whatever version its tables are of.</summary>
public static class DatabaseTools
{
    /// <summary>Brings the tables up to date, whether or not the start would.</summary>
    /// <returns>The database, in a few words.</returns>
    /// <exception cref="SettingException">The database cannot be used.</exception>
    public static string Migrate(IConfiguration configuration, string contentRoot, ILoggerFactory log)
    {
        var database = DatabaseChoice.From(configuration, contentRoot);
        DatabaseStart.Run(database, configuration.Read<DatabaseSettings>("Database") with { MigrateOnStart = true },
            new DatabaseErrors(TimeProvider.System, log.CreateLogger<DatabaseErrors>()));
        return database.Description;
    }

    /// <summary>Copies the SQLite database into a new file, whole and of one moment, while services go on reading and writing.</summary>
    /// <returns>The command that does the same for PostgreSQL, without the password; null where it is done.</returns>
    /// <exception cref="SettingException">There is no database, there is such a file already, or the file cannot be written.</exception>
    public static string? Backup(IConfiguration configuration, string contentRoot, string file)
    {
        var database = DatabaseChoice.From(configuration, contentRoot);
        if (database.Dialect == Dialect.Postgres) return DumpCommand(new(database.ConnectionString), file);
        var original = new SqliteConnectionStringBuilder(database.ConnectionString) { Mode = SqliteOpenMode.ReadWrite, Pooling = false };
        if (!File.Exists(original.DataSource)) throw new SettingException($"There is no database to copy ({database.Description}).");
        if (File.Exists(file)) throw new SettingException($"There is a file {file} already; name one that is not there.");
        Copy(original.ToString(), file);
        return null;
    }

    private static void Copy(string original, string file)
    {
        // Under its own name only once it is whole, so that nobody takes a torn one for a backup.
        var unfinished = file + ".unfinished";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            File.Delete(unfinished);
            using (var from = new SqliteConnection(original))
            using (var to = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = unfinished, Pooling = false }.ToString()))
            {
                from.Open();
                to.Open();
                from.BackupDatabase(to);
            }
            using (var copy = new FileStream(unfinished, FileMode.Open, FileAccess.ReadWrite)) copy.Flush(flushToDisk: true);
            File.Move(unfinished, file);
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            if (File.Exists(unfinished)) File.Delete(unfinished);
            throw new SettingException($"The backup could not be made: {exception.Message}", exception);
        }
    }

    private static string DumpCommand(NpgsqlConnectionStringBuilder database, string file) => string.Join(' ',
    [
        "pg_dump", "--format=custom", $"--file={Quoted(file)}", $"--host={Quoted(database.Host ?? "")}", $"--port={database.Port}",
        .. database.Username is { } user ? [$"--username={Quoted(user)}"] : (string[])[],
        Quoted(database.Database ?? database.Username ?? "postgres"),
    ]);

    // As a shell reads it as one word.
    private static string Quoted(string text) =>
        text.Length > 0 && text.All(character => char.IsAsciiLetterOrDigit(character) || "_-./:@%+=,".Contains(character))
            ? text
            : $"'{text.Replace("'", "'\\''")}'";
}
