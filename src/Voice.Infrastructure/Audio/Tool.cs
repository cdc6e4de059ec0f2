using System.ComponentModel;
using System.Diagnostics;

namespace Voice.Infrastructure.Audio;

/// <summary>Runs a program of the machine, for a limited time, and never leaves it behind.</summary>
internal static class Tool
{
    // The kernel sees to it, even when we are killed in the meantime.
    private const string Limited = "ulimit -t \"$0\" && exec \"$@\"";
    private const int NotFound = 127; // The shell's word for a program that is not there.
    private const int Signals = 128; // From here on the exit code says by which signal the program ended.
    private const int Kill = 9;
    private const int OutOfTime = 24; // SIGXCPU
    private const string LargestHeap = "20000000"; // Hexadecimal bytes, 512 MB: what a .NET program of ours may take.

    // A worker is this program again: the dotnet host is told which program it is to run, the program's own host knows.
    private static readonly string[] Worker = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
        ? [Path.Combine(AppContext.BaseDirectory, "Voice.Api.dll")]
        : [];

    /// <summary>Whether the program was killed: by the kernel for its time, or by somebody else.</summary>
    public static bool IsKilled(int exitCode) => exitCode is Signals + Kill or Signals + OutOfTime;

    /// <summary>Runs this program again, as that worker.</summary>
    public static Task<int> RunWorkerAsync(
        string work, string file, string? input, Func<Stream, CancellationToken, Task> read, TimeSpan processorTime,
        CancellationToken cancellationToken) =>
        RunAsync(Environment.ProcessPath!, [.. Worker, work, file], input, read, processorTime, cancellationToken);

    /// <summary>Takes nothing of what a program writes.</summary>
    public static Task Nothing(Stream output, CancellationToken cancellationToken) => output.CopyToAsync(Stream.Null, cancellationToken);

    /// <summary>Hears each line that a program writes as it comes.</summary>
    public static Func<Stream, CancellationToken, Task> Lines(Action<string> line) => async (output, cancellationToken) =>
    {
        using var reader = new StreamReader(output);
        while (await reader.ReadLineAsync(cancellationToken) is { } read) line(read);
    };

    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">The file that is its input; null: it has none.</param>
    /// <param name="read">Takes what it writes.</param>
    /// <param name="processorTime">How much processor time it may take.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Win32Exception">There is no such program.</exception>
    public static async Task<int> RunAsync(
        string program, IEnumerable<string> arguments, string? input, Func<Stream, CancellationToken, Task> read, TimeSpan processorTime,
        CancellationToken cancellationToken)
    {
        string[] limited = ["-c", Limited, $"{processorTime.TotalSeconds:0}", program, .. arguments];
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo(program, arguments) : new ProcessStartInfo("/bin/sh", limited);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        start.Environment["DOTNET_GCHeapHardLimit"] = LargestHeap;
        start.Environment["DOTNET_gcServer"] = "0";
        using var process = new Process { StartInfo = start };
        process.Start();
        try
        {
            var reading = read(process.StandardOutput.BaseStream, cancellationToken);
            var errors = process.StandardError.BaseStream.CopyToAsync(
                Stream.Null, cancellationToken); // They may quote what is in the file.
            var writing = WriteAsync(process, input, cancellationToken);
            await reading; // First, because what cannot be written down stops the rest.
            await Task.WhenAll(writing, errors);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == NotFound ? throw new Win32Exception() : process.ExitCode;
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static async Task WriteAsync(Process process, string? input, CancellationToken cancellationToken)
    {
        try
        {
            await using var stdin = process.StandardInput.BaseStream;
            if (input is null) return;
            await using var file = File.OpenRead(input);
            await file.CopyToAsync(stdin, cancellationToken);
        }
        catch (IOException)
        {
            // It ended before it had read everything; its exit code tells why.
        }
    }
}
