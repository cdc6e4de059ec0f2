using System.Diagnostics;

namespace Voice.TestKit;

/// <summary>The program with a command, as an operator runs it.</summary>
internal static class VoiceCommand
{
    public static async Task<(int Code, string Output, string Error)> RunAsync(TestDatabase database, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("voice-command-").FullName;
        using var process = Process.Start(new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "Voice.Api.dll"), .. arguments,
            $"--ConnectionStrings:Voice={database.ConnectionString}", $"--Audio:Folder={folder}",
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder })!; // Not its own folder.
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var giveUp = patience.Token.Register(process.Kill);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Directory.Delete(folder, recursive: true);
        return (process.ExitCode, (await output).Trim(), (await error).Trim());
    }
}
