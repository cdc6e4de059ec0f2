using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Voice.TestKit;

/// <summary>A PostgreSQL on a free port of 127.0.0.1, with its data in a temporary folder.</summary>
internal sealed class PrivatePostgres
{
    private readonly Process _server;

    private PrivatePostgres(Process server, string connectionString) => (_server, ConnectionString) = (server, connectionString);

    /// <summary>Connection string of its administrative database.</summary>
    public string ConnectionString { get; }

    public static async Task<PrivatePostgres> StartAsync(string initdb, bool isDurable)
    {
        var home = Directory.CreateTempSubdirectory("voice-postgres-").FullName;
        if (Environment.IsPrivilegedProcess) await RunAsync(new ProcessStartInfo("chown", ["nobody", home]));
        var data = Path.Combine(home, "data");
        await RunAsync(Unprivileged(initdb, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"));
        var port = FreePort();
        var server = Process.Start(Unprivileged(Path.Combine(Path.GetDirectoryName(initdb)!, "postgres"),
            "-D", data, "-p", $"{port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
            "-c", isDurable ? "fsync=on" : "fsync=off", "-c", "max_connections=400", "-c", "log_min_messages=fatal"))!;
        StopWithUs(server, home);
        var connectionString = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Timeout=5";
        await UntilItAnswersAsync(connectionString);
        return new(server, connectionString);
    }

    /// <summary>It hangs: its processes are there and do nothing.</summary>
    public Task HangAsync() => SignalAsync("-STOP");

    public Task GoOnAsync() => SignalAsync("-CONT");

    // The server first: while it is stopped nothing is added to its processes.
    private async Task SignalAsync(string signal)
    {
        await RunAsync(new ProcessStartInfo("kill", [signal, $"{_server.Id}"]));
        var children = await File.ReadAllTextAsync($"/proc/{_server.Id}/task/{_server.Id}/children");
        if (children.Trim() is { Length: > 0 } ids) await RunAsync(new ProcessStartInfo("kill", [signal, .. ids.Split(' ')]));
    }

    // The test runner kills us soon after the last test, so somebody else must see to it that nothing stays behind.
    private static void StopWithUs(Process server, string home)
    {
        const string watch = """
            while kill -0 "$1" 2>/dev/null; do sleep 0.2; done
            kill -INT "$2"
            while kill -0 "$2" 2>/dev/null; do sleep 0.1; done
            rm -rf "$3"
            """;
        Process.Start(new ProcessStartInfo("sh", ["-c", watch, "sh", $"{Environment.ProcessId}", $"{server.Id}", home])
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
