using System.Globalization;
using Dapper;
using Npgsql;

namespace Voice.TestKit.Faults;

/// <summary>Two instances on one PostgreSQL, and what is done to them.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private const int DiskKilobytes = 16 * 1024;
    private readonly PrivatePostgres _server;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voice-faults-");
    private readonly VoiceProcess?[] _instances = new VoiceProcess?[2];
    private readonly SmallDisk? _disk;
    private string[] _settings = [];

    private Cluster(PrivatePostgres server, TestDatabase database)
    {
        (_server, Database) = (server, database);
        try
        {
            _disk = new SmallDisk(DiskKilobytes);
        }
        catch (SkipException)
        {
            // Not root: the disk is not filled, and the report says so.
        }
        File.WriteAllText(ClockFile, "+0");
    }

    /// <summary>How many instances there are.</summary>
    public int Size => _instances.Length;

    public TestDatabase Database { get; }

    public string Folder => _folder.FullName;

    public MemoryBook Memory { get; } = new();

    private string ClockFile => Path.Combine(_folder.FullName, "clock");

    // Debian's libfaketime, which tells the process another time.
    private static string? FakeTime { get; } = Environment.GetEnvironmentVariable("VOICE_TEST_FAKETIME") is { Length: > 0 } given ? given
        : Directory.Exists("/usr/lib") ? Directory.GetDirectories("/usr/lib", "*-linux-gnu")
            .Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists)
        : null;

    public static async Task<Cluster> CreateAsync()
    {
        var server = await PostgresServer.StartPrivateAsync();
        return new(server, await TestDatabase.CreateAsync(server));
    }

    public Task StartAsync(params string[] settings)
    {
        _settings = settings;
        return Task.WhenAll(Enumerable.Range(0, Size).Select(StartAsync));
    }

    /// <summary>Where an instance listens; null while it is not there.</summary>
    public Uri? AddressOf(int instance) => Volatile.Read(ref _instances[instance % Size])?.Http.BaseAddress;

    public async Task<bool> KillAsync(int instance, TimeSpan gone)
    {
        var process = Interlocked.Exchange(ref _instances[instance], null);
        if (process is null) return false;
        await process.DisposeAsync();
        await Task.Delay(gone);
        await StartAsync(instance);
        return true;
    }

    /// <summary>PostgreSQL is stopped in order or as in a crash, and started again.</summary>
    public async Task<bool> StopDatabaseAsync(string signal, TimeSpan gone)
    {
        await _server.StopAsync(signal);
        await Task.Delay(gone);
        await _server.StartAgainAsync();
        return true;
    }

    public async Task<bool> HangDatabaseAsync(TimeSpan time)
    {
        try
        {
            await _server.HangAsync();
            await Task.Delay(time);
        }
        finally
        {
            await _server.GoOnAsync();
        }
        return true;
    }

    public async Task<bool> CutConnectionsAsync()
    {
        await using var connection = new NpgsqlConnection(_server.ConnectionString + ";Pooling=false");
        await connection.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = @Name",
            new { Name = new NpgsqlConnectionStringBuilder(Database.ConnectionString).Database });
        return true;
    }

    /// <summary>The disk that audio is kept on has no room left for a while.</summary>
    public async Task<bool> FillDiskAsync(TimeSpan time)
    {
        if (_disk is null) return false;
        var file = Path.Combine(_disk.Folder, "filler");
        await using (var filler = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            try
            {
                while (true) await filler.WriteAsync(new byte[64 * 1024]);
            }
            catch (IOException)
            {
                // Full.
            }
        }
        await Task.Delay(time);
        File.Delete(file);
        return true;
    }

    /// <summary>The second instance's clock jumps.</summary>
    public async Task<bool> JumpClockAsync(TimeSpan by, TimeSpan time)
    {
        if (FakeTime is null) return false;
        await File.WriteAllTextAsync(ClockFile, by.TotalSeconds.ToString("+0;-0", CultureInfo.InvariantCulture));
        await Task.Delay(time);
        await File.WriteAllTextAsync(ClockFile, "+0");
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _instances)
            if (process is not null) await process.DisposeAsync();
        await Database.Source.DisposeAsync();
        await _server.StopAsync(); // And with it goes the database.
        _disk?.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task StartAsync(int instance)
    {
        string[] settings = [.. _settings, .. _disk is null ? (string[])[] : [$"--Audio:Folder={_disk.Folder}/audio"]];
        var environment = new Dictionary<string, string>();
        if (FakeTime is not null && instance == 1)
            environment = new()
            {
                ["LD_PRELOAD"] = FakeTime,
                ["FAKETIME_TIMESTAMP_FILE"] = ClockFile,
                ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
                ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0", // Else every wait with a time-out times out at once.
                ["FAKETIME_CACHE_DURATION"] = "1",
            };
        var process = await VoiceProcess.StartAsync(Database.ConnectionString, Folder, environment, settings);
        Memory.Watch($"instance {instance}", process.ProcessId);
        Volatile.Write(ref _instances[instance], process);
    }
}
