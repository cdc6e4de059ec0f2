using System.ComponentModel;
using System.Diagnostics;

namespace Voice.Infrastructure.Audio;

/// <summary>Runs a program of the machine, for a limited time, and never leaves it behind.</summary>
internal static class Tool
{
    /// <summary>From here on the exit code says that the program was killed: by the kernel for its time, or by somebody else.</summary>
    public const int Killed = 128;

    // The kernel sees to it, even when we are killed in the meantime.
    private const string Limited = "ulimit -t \"$0\" && exec \"$@\"";
    private const int NotFound = 127; // The shell's word for a program that is not there.

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
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo("/bin/sh", limited)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            },
        };
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
