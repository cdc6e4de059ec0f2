using System.Data.Common;
using System.Diagnostics;
using Npgsql;

namespace Voice.Infrastructure.Database;

/// <summary>PostgreSQL; while it is known to hang, whoever wants a connection is told so at once.</summary>
internal sealed class PostgresDataSource(string connectionString) : DbDataSource
{
    private readonly NpgsqlDataSource _pool = Pool(connectionString);
    private volatile bool _isHanging;

    /// <summary>It does not answer, as <see cref="PostgresPulse"/> found.</summary>
    public bool IsHanging { get => _isHanging; set => _isHanging = value; }

    public override string ConnectionString { get; } = connectionString;

    /// <summary>Throws away what lies in the pool.</summary>
    public void Clear() => _pool.Clear();

    protected override DbConnection CreateDbConnection() => _pool.CreateConnection();

    protected override DbConnection OpenDbConnection() => IsHanging ? throw Hanging() : _pool.OpenConnection();

    protected override async ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default) =>
        IsHanging ? throw Hanging() : await _pool.OpenConnectionAsync(cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing) _pool.Dispose();
        base.Dispose(disposing);
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await _pool.DisposeAsync();
        await base.DisposeAsyncCore();
    }

    private static NpgsqlDataSource Pool(string connectionString)
    {
        // Statements are traced as part of something that is; sweeps that find nothing to do are not.
        var pool = new NpgsqlDataSourceBuilder(connectionString) { Name = "voice" };
        pool.ConfigureTracing(tracing => tracing.ConfigureCommandFilter(_ => Activity.Current is not null));
        return pool.Build();
    }

    private static NpgsqlException Hanging() => new("The database does not answer.", new TimeoutException());
}
