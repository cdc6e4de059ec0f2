namespace Voice.Infrastructure.Database;

/// <summary>The few words in which the two engines truly differ.</summary>
/// <param name="Name">The engine, and the folder of its migrations.</param>
/// <param name="SkipLocked">Passes over rows that another instance is taking.</param>
/// <param name="Notify">Tells other instances of a change once the transaction is committed; null where there are none.</param>
/// <param name="CommitLazily">Lets the transaction that it begins commit before the disk has it; empty where commits never wait for the disk.</param>
internal sealed record Dialect(string Name, string SkipLocked, string? Notify, string CommitLazily)
{
    public static readonly Dialect Postgres = new("Postgres", "FOR UPDATE SKIP LOCKED",
        $"SELECT pg_notify('{Recordings.ChangeFeed.Channel}', @Notice)", "SET LOCAL synchronous_commit TO OFF;");

    public static readonly Dialect Sqlite = new("Sqlite", "", Notify: null, CommitLazily: "");
}
