namespace Voice.Infrastructure.Database;

/// <summary>The few words in which the two engines truly differ.</summary>
/// <param name="Name">The engine, and the folder of its migrations.</param>
/// <param name="SkipLocked">Passes over rows that another instance is taking.</param>
/// <param name="Notify">Sends the notice in a row to other instances once the transaction is committed; null where there are none.</param>
/// <param name="Rows">
/// The rows of a JSON array, as a table for FROM, of a parameter and the columns with their PostgreSQL types: however many rows, it is one
/// statement, prepared once.
/// </param>
internal sealed record Dialect(string Name, string SkipLocked, string? Notify, Func<string, string, string> Rows)
{
    public static readonly Dialect Postgres = new(
        "Postgres", "FOR UPDATE SKIP LOCKED", $"pg_notify('{Recordings.ChangeFeed.Channel}', notice)",
        (parameter, columns) => $"json_to_recordset({parameter}::json) AS v({columns})");

    public static readonly Dialect Sqlite = new(
        "Sqlite", "", Notify: null,
        (parameter, columns) => $"(SELECT {string.Join(", ", columns.Split(", ").Select(SqliteColumn))} FROM json_each({parameter})) AS v");

    private static string SqliteColumn(string column) => column.Split(' ') is [var name, "bytea"]
        ? $"unhex(substr(value ->> '{name}', 3)) AS {name}" // In JSON, bytes are what PostgreSQL writes: \x and hexadecimal digits.
        : $"value ->> '{column.Split(' ')[0]}' AS {column.Split(' ')[0]}";
}
