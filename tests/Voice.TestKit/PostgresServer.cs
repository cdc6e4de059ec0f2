namespace Voice.TestKit;

/// <summary>
/// One PostgreSQL for the whole test run: the one that VOICE_TEST_POSTGRES names, or a private one on a free port of 127.0.0.1 with its
/// data in a temporary folder, stopped by its own process id when the run ends, however it ends.
/// </summary>
internal static class PostgresServer
{
    private const string NotInstalled = "PostgreSQL is not installed: apt-get install postgresql, or set VOICE_TEST_POSTGRES.";
    private static readonly Lazy<Task<string?>> Started = new(StartAsync);

    /// <summary>Commits reach the disk, as in real life; tests do without to be quick.</summary>
    public static bool IsDurable { get; set; }

    /// <summary>Connection string of its administrative database.</summary>
    public static async Task<string> GetAsync()
    {
        var connectionString = await Started.Value;
        Needs.Tool(connectionString is not null, NotInstalled);
        return connectionString!;
    }

    private static async Task<string?> StartAsync() =>
        Environment.GetEnvironmentVariable("VOICE_TEST_POSTGRES") is { Length: > 0 } given ? given
            : Initdb is null ? null : (await PrivatePostgres.StartAsync(Initdb, IsDurable)).ConnectionString;

    /// <summary>A server of the test's own, to do to it what nobody else would bear.</summary>
    public static async Task<PrivatePostgres> StartPrivateAsync()
    {
        Needs.Tool(Initdb is not null, NotInstalled);
        return await PrivatePostgres.StartAsync(Initdb!, isDurable: false);
    }

    private static string? Initdb
    {
        get
        {
            var versions = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
            var folders = versions.OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin")).ToArray();
            return Needs.FindProgram("initdb", folders);
        }
    }
}
