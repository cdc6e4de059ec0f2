using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Voice.TestKit;

/// <summary>A PostgreSQL on a free port of 127.0.0.1, with its data in a temporary folder.</summary>
internal sealed class PrivatePostgres
{
    private readonly Func<Process> _start;
    private Process _server;

    private PrivatePostgres(Func<Process> start, string connectionString) =>
        (_start, _server, ConnectionString) = (start, start(), connectionString);

    /// <summary>Connection string of its administrative database.</summary>
    public string ConnectionString { get; }

    public static async Task<PrivatePostgres> StartAsync(string initdb, bool isDurable)
    {
        var home = Directory.CreateTempSubdirectory("voice-postgres-").FullName;
        if (Environment.IsPrivilegedProcess) await RunAsync(new ProcessStartInfo("chown", ["nobody", home]));
        var data = Path.Combine(home, "data");
        await RunAsync(Unprivileged(initdb, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"));
        var port = FreePort();
        var start = Unprivileged(Path.Combine(Path.GetDirectoryName(initdb)!, "postgres"),
            "-D", data, "-p", $"{port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
            "-c", isDurable ? "fsync=on" : "fsync=off", "-c", "max_connections=400", "-c", "log_min_messages=panic");
        StopWithUs(home);
        var connectionString = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Timeout=5";
        var server = new PrivatePostgres(() => Process.Start(start)!, connectionString);
        await UntilItAnswersAsync(connectionString);
        return server;
    }

    /// <summary>It is gone: in order, connections cut (<c>-INT</c>), or as in a crash (<c>-QUIT</c>).</summary>
    public async Task StopAsync(string signal = "-INT")
    {
        await RunAsync(new ProcessStartInfo("kill", [signal, $"{_server.Id}"]));
        await _server.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
    }

    /// <summary>It is there again, at the same address with what it held.</summary>
    public async Task StartAgainAsync()
    {
        _server = _start();
        await UntilItAnswersAsync(ConnectionString);
    }

    /// <summary>It hangs: its processes are there and do nothing.</summary>
    public Task HangAsync() => SignalAsync("-STOP");

    public Task GoOnAsync() => SignalAsync("-CONT");

    // The server first: while it is stopped nothing is added to its processes.
    private async Task SignalAsync(string signal)
    {
        await RunAsync(new ProcessStartInfo("kill", [signal, $"{_server.Id}"]));
        var children = await File.ReadAllTextAsync($"/proc/{_server.Id}/task/{_server.Id}/children");
        foreach (var child in children.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            using var kill = Process.Start(new ProcessStartInfo("kill", [signal, child]) { RedirectStandardError = true })!;
            await kill.WaitForExitAsync(); // It fails where the child was just ending.
        }
    }

    // The test runner kills us soon after the last test, so somebody else must see to it that nothing stays behind.
    private static void StopWithUs(string home)
    {
        const string watch = """
            while kill -0 "$1" 2>/dev/null; do sleep 0.2; done
            if server=$(head -n 1 "$2/data/postmaster.pid"); then
              kill -INT "$server"
              while kill -0 "$server" 2>/dev/null; do sleep 0.1; done
            fi
            rm -rf "$2"
            """;
        Process.Start(new ProcessStartInfo("sh", ["-c", watch, "sh", $"{Environment.ProcessId}", home])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
    }

    private static async Task UntilItAnswersAsync(string connectionString)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await using var connection = new NpgsqlConnection(connectionString);
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (attempt < 200)
            {
                await Task.Delay(50);
            }
        }
    }

    private static async Task RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}.");
    }

    // PostgreSQL refuses to run as root, which containers and build machines often are.
    private static ProcessStartInfo Unprivileged(string program, params string[] arguments)
    {
        var start = Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("setpriv", ["--reuid=nobody", "--regid=nogroup", "--clear-groups", program, .. arguments])
            : new ProcessStartInfo(program, arguments);
        start.WorkingDirectory = Path.GetTempPath();
        start.RedirectStandardOutput = true;
        return start;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
