namespace Voice.Infrastructure.Database;

/// <summary>The few words in which the two engines truly differ.</summary>
internal sealed record Dialect(string Name, string SkipLocked)
{
    /// <summary>Rows that another instance is taking are passed over, not waited for.</summary>
    public static readonly Dialect Postgres = new("Postgres", "FOR UPDATE SKIP LOCKED");

    /// <summary>One writer at a time: there is nothing to pass over.</summary>
    public static readonly Dialect Sqlite = new("Sqlite", "");
}
