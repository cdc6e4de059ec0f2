using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace Voice.TestKit;

/// <summary>The service as a process of its own, to be killed.</summary>
internal sealed partial class VoiceProcess : IAsyncDisposable
{
    private readonly Process _process;

    private readonly Task<string> _output;

    private VoiceProcess(Process process, string address, string greeting)
    {
        _process = process;
        _output = Task.Run(async () => greeting + '\n' + await process.StandardOutput.ReadToEndAsync()); // Keeps the pipe from filling up.
        Http = new HttpClient { BaseAddress = new Uri(address) };
    }

    public HttpClient Http { get; }

    public int ProcessId => _process.Id;

    public static Task<VoiceProcess> StartAsync(string connectionString, string folder, params string[] settings) =>
        StartAsync("Voice.Api.dll", connectionString, folder, settings);

    /// <summary>The service as its own host (<c>Voice.Api</c>) or as the dotnet host (<c>Voice.Api.dll</c>) runs it.</summary>
    public static Task<VoiceProcess> StartAsync(string program, string connectionString, string folder, string[] settings) =>
        StartAsync(program, connectionString, folder, new Dictionary<string, string>(), settings);

    public static Task<VoiceProcess> StartAsync(
        string connectionString, string folder, IReadOnlyDictionary<string, string> environment, params string[] settings) =>
        StartAsync("Voice.Api.dll", connectionString, folder, environment, settings);

    public static Task<VoiceProcess> StartAsync(
        string program, string connectionString, string folder, IReadOnlyDictionary<string, string> environment, string[] settings) =>
        StartProgramAsync(program,
        [
            $"--contentRoot={AppContext.BaseDirectory}", "--environment=Development", "--Urls=http://127.0.0.1:0",
            $"--ConnectionStrings:Voice={connectionString}", $"--Sandbox:Folder={folder}", $"--Audio:Folder={folder}/audio", .. settings,
        ], environment);

    /// <summary>A program that says where it listens as the service does.</summary>
    public static async Task<VoiceProcess> StartProgramAsync(
        string program, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var file = Path.Combine(AppContext.BaseDirectory, program);
        var start = file.EndsWith(".dll", StringComparison.Ordinal)
            ? new ProcessStartInfo("dotnet", [file, .. arguments])
            : new ProcessStartInfo(file, arguments);
        start.RedirectStandardOutput = true;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var giveUp = patience.Token.Register(process.Kill);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (ListensOn().Match(line) is not { Success: true } greeting) continue;
            return new VoiceProcess(process, greeting.Groups[1].Value, line);
        }
        throw new InvalidOperationException("The service ended, or was ended after a minute, before it listened.");
    }

    public async Task<string> CreateAsync(int expected = 600)
    {
        using var response = await Http.PostAsJsonAsync("/api/v1/voice/conference/create",
            new { parties = new[] { "+254712345678", "+254787654321" }, expected_duration = expected });
        return response.Headers.Location!.ToString().Split('/')[^1];
    }

    /// <summary>As <c>kill -9</c> does: no warning, no clean end.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>As <c>kill</c> does, and systemd and Docker: it is told to stop, and has ten seconds for it.</summary>
    /// <returns>How it ended, and what it wrote.</returns>
    public async Task<(int ExitCode, string Output)> TerminateAsync(int times = 1)
    {
        for (var time = 0; time < times; time++)
        {
            using var kill = Process.Start("kill", ["-TERM", $"{ProcessId}"]);
            await kill.WaitForExitAsync();
        }
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
        return (_process.ExitCode, await _output);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    // As a person is greeted, or as a line of the log.
    [GeneratedRegex(@"Voice (?:\S+ )?listens on (http[^\s,;""]+)")]
    private static partial Regex ListensOn();
}
