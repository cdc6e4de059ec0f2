using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Voice.Application;

namespace Voice.Infrastructure.Database;

/// <summary>The settings under <c>Database</c>.</summary>
internal sealed record DatabaseSettings
{
    public bool MigrateOnStart { get; init; } = true;

    /// <summary>How long the start waits for a database that is away.</summary>
    [Duration]
    public TimeSpan WaitOnStart { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>The database that <c>ConnectionStrings:Voice</c> names.</summary>
internal sealed record DatabaseChoice(Dialect Dialect, string ConnectionString, string Description)
{
    /// <summary>Seconds that a statement may take, unless the connection string says otherwise: less than any request may.</summary>
    public const int Patience = 4;

    private const string EmbeddedFile = "data/voice.db";
    private static readonly NpgsqlConnectionStringBuilder Defaults = [];

    public static DatabaseChoice From(IConfiguration configuration, string contentRoot)
    {
        var text = configuration.GetConnectionString("Voice");
        try
        {
            if (string.IsNullOrWhiteSpace(text)) return Sqlite(new() { DataSource = EmbeddedFile }, contentRoot);
            var words = new DbConnectionStringBuilder { ConnectionString = text };
            if (words.ContainsKey("Host")) return Postgres(new NpgsqlConnectionStringBuilder(text));
            if (words.ContainsKey("Data Source")) return Sqlite(new SqliteConnectionStringBuilder(text), contentRoot);
        }
        catch (ArgumentException exception)
        {
            // The exception's text may quote the password.
            throw new SettingException(
                "ConnectionStrings:Voice is not a connection string that the database driver understands.", exception);
        }
        throw new SettingException("ConnectionStrings:Voice must start with Host= (PostgreSQL) or Data Source= (SQLite).");
    }

    /// <summary>The file that it is in; null where that is a server's business.</summary>
    public string? File => Dialect == Dialect.Sqlite ? new SqliteConnectionStringBuilder(ConnectionString).DataSource : null;

    public DbDataSource Open() => Dialect == Dialect.Postgres
        ? new PostgresDataSource(ConnectionString)
        : new SqliteDataSource(ConnectionString);

    private static DatabaseChoice Postgres(NpgsqlConnectionStringBuilder settings)
    {
        // A database that hangs must not hold anybody for longer than a request may take.
        if (settings.CommandTimeout == Defaults.CommandTimeout) settings.CommandTimeout = Patience;
        if (settings.Timeout == Defaults.Timeout) settings.Timeout = Patience;
        if (settings.CancellationTimeout == Defaults.CancellationTimeout) settings.CancellationTimeout = 500; // ms
        // The same few statements run all day: prepared once per connection unless the operator says otherwise.
        if (settings.MaxAutoPrepare == 0) settings.MaxAutoPrepare = 50;
        // And planned once: they are all of the kind whose best plan does not depend on the values, and each has the index it needs. A plan
        // made while a table is small must not scan it all for as long as the connection lives. Where a few rows are read whole all the
        // same, that counts as endless work, for which nothing must be compiled (jit).
        if (string.IsNullOrEmpty(settings.Options)) settings.Options = "-c plan_cache_mode=force_generic_plan -c jit=off "
            + "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off";
        settings.NoResetOnClose = true; // No connection here is ever left in a state that the next user could see.
        return new(Dialect.Postgres, settings.ToString(), $"PostgreSQL, {settings.Database} on {settings.Host}:{settings.Port}");
    }

    private static DatabaseChoice Sqlite(SqliteConnectionStringBuilder settings, string contentRoot)
    {
        var name = settings.DataSource;
        settings.DataSource = Path.GetFullPath(name, contentRoot);
        return new(Dialect.Sqlite, settings.ToString(), $"SQLite, {name}");
    }
}
