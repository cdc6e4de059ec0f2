namespace Voice.Infrastructure.Database;

/// <summary>The few words in which the two engines truly differ.</summary>
/// <param name="Name">The engine, and the folder of its migrations.</param>
/// <param name="SkipLocked">Passes over rows that another instance is taking.</param>
/// <param name="IsShared">Several instances may be at work on one database.</param>
/// <param name="AndNotify">
/// In RETURNING: sends the row's notice over that channel once the transaction is committed; empty where nobody else listens.
/// </param>
/// <param name="CommitLazily">Lets the transaction commit before the disk has it; empty where commits never wait for the disk.</param>
/// <param name="Rows">
/// The rows of a JSON array, as a table for FROM, of a parameter and the columns with their PostgreSQL types: however many rows, it is one
/// statement, prepared once.
/// </param>
internal sealed record Dialect(
    string Name, bool IsShared, string SkipLocked, Func<string, string> AndNotify, string CommitLazily, Func<string, string, string> Rows)
{
    public static readonly Dialect Postgres = new(
        "Postgres", IsShared: true, "FOR UPDATE SKIP LOCKED",
        channel => $", CASE WHEN v.notice IS NOT NULL THEN pg_notify('{channel}', v.notice) END",
        "SET LOCAL synchronous_commit TO OFF;",
        (parameter, columns) => $"json_to_recordset({parameter}::json) AS v({columns})");

    public static readonly Dialect Sqlite = new(
        "Sqlite", IsShared: false, SkipLocked: "", AndNotify: _ => "", CommitLazily: "",
        (parameter, columns) => $"(SELECT {string.Join(", ", columns.Split(", ").Select(SqliteColumn))} FROM json_each({parameter})) AS v");

    /// <summary>Bytes as they stand in the JSON array: PostgreSQL's own form, \x and hexadecimal digits.</summary>
    public static string InJson(byte[] bytes) => @"\x" + Convert.ToHexStringLower(bytes);

    private static string SqliteColumn(string column) => column.Split(' ') is [var name, "bytea"]
        ? $"unhex(substr(value ->> '{name}', 3)) AS {name}"
        : $"value ->> '{column.Split(' ')[0]}' AS {column.Split(' ')[0]}";
}
