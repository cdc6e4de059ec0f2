namespace Voice.Infrastructure.Database;

/// <summary>The few words in which the two engines truly differ.</summary>
/// <param name="Name">The engine, and the folder of its migrations.</param>
/// <param name="SkipLocked">Passes over rows that another instance is taking.</param>
/// <param name="Notify">Tells other instances of a change once the transaction is committed; null where there are none.</param>
internal sealed record Dialect(string Name, string SkipLocked, string? Notify)
{
    public static readonly Dialect Postgres = new("Postgres", "FOR UPDATE SKIP LOCKED", "SELECT pg_notify(@Channel, @Notice)");

    public static readonly Dialect Sqlite = new("Sqlite", "", Notify: null);
}
