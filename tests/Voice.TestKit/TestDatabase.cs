using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Voice.Domain.Recordings;
using Voice.Infrastructure.Audio;
using Voice.Infrastructure.Database;
using Voice.Infrastructure.Forgetting;
using Voice.Infrastructure.Recordings;

namespace Voice.TestKit;

/// <summary>The engines that every database test runs on, from one method.</summary>
public enum Engine
{
    Sqlite,
    Postgres,
}

/// <summary>A fresh database for one test.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly Func<Task> _drop;
    private DbDataSource? _source;

    private TestDatabase(Dialect dialect, string connectionString, Func<Task> drop)
    {
        Dialect = dialect;
        ConnectionString = connectionString;
        _drop = drop;
        TypeHandlers.Register();
    }

    public Dialect Dialect { get; }

    public string ConnectionString { get; }

    public DbDataSource Source => _source ??= new DatabaseChoice(Dialect, ConnectionString, "test").Open();

    /// <summary>A fresh database on a server of the test's own.</summary>
    public static async Task<TestDatabase> CreateAsync(PrivatePostgres server)
    {
        var database = await PostgresAsync(server.ConnectionString);
        Migrator.Migrate(database.Dialect, database.ConnectionString);
        return database;
    }

    public static async Task<TestDatabase> CreateAsync(Engine engine, bool migrate = true)
    {
        var database = engine == Engine.Sqlite ? Sqlite() : await PostgresAsync(await PostgresServer.GetAsync());
        if (migrate) Migrator.Migrate(database.Dialect, database.ConnectionString);
        return database;
    }

    /// <summary>The SQLite database of that file, which stays.</summary>
    public static TestDatabase At(string file) => new(Dialect.Sqlite, $"Data Source={file}", () => Task.CompletedTask);

    public ChangeFeed Changes => new(Dialect);

    public RecordingRepository Recordings => new(
        Source, Dialect, new Deadlines(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(15)), new(),
        Changes, NullLogger<RecordingRepository>.Instance);

    public ForgettingStore Forgetting => new(Source, Dialect, new AudioSource(
        new AudioSettings(), new AudioHosts(new AudioSettings(), sandbox: null), Path.GetTempPath() + "voice-nothing", TimeProvider.System),
        Changes);

    public async Task<int> CountAsync(string sql)
    {
        await using var connection = await Source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>(sql);
    }

    public async Task<string> TextAsync(string sql)
    {
        await using var connection = await Source.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<string>(sql))!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await Source.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }

    /// <summary>
    /// For recordings of years ago beside a service that lives today: it would fail them for their silence within a second.
    /// </summary>
    public Task PutOffDeadlinesAsync() =>
        ExecuteAsync("UPDATE voice_recordings SET due_at = due_at + 9000000000000 WHERE due_at < 9000000000000");

    public async ValueTask DisposeAsync()
    {
        if (_source is not null) await _source.DisposeAsync();
        await _drop();
    }

    private static TestDatabase Sqlite()
    {
        var folder = Directory.CreateTempSubdirectory("voice-sqlite-").FullName;
        return new TestDatabase(Dialect.Sqlite, $"Data Source={Path.Combine(folder, "voice.db")}", () =>
        {
            Directory.Delete(folder, recursive: true);
            return Task.CompletedTask;
        });
    }

    private static async Task<TestDatabase> PostgresAsync(string server)
    {
        var name = $"voice_{Guid.NewGuid():N}";
        await OnServerAsync($"CREATE DATABASE {name}");
        var own = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 20 }.ToString();
        return new TestDatabase(Dialect.Postgres, own, () => OnServerAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)"));

        async Task OnServerAsync(string sql)
        {
            await using var connection = new NpgsqlConnection(server + ";Pooling=false"); // The server may have been started anew.
            await connection.ExecuteAsync(sql);
        }
    }
}
