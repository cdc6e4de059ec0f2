using System.ComponentModel;
using System.Diagnostics;

namespace Voice.Infrastructure.Audio;

/// <summary>Runs a program of the machine and never leaves it behind.</summary>
internal static class Tool
{
    /// <returns>The exit code.</returns>
    /// <param name="program">Which.</param>
    /// <param name="arguments">What it is told.</param>
    /// <param name="input">The file that it reads from its input; null: nothing.</param>
    /// <param name="line">Hears each line of its output as it comes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Win32Exception">There is no such program.</exception>
    public static async Task<int> RunAsync(
        string program, IEnumerable<string> arguments, string? input, Action<string>? line, CancellationToken cancellationToken)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
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
            var reading = ReadAsync(process.StandardOutput, line, cancellationToken);
            var errors = process.StandardError.BaseStream.CopyToAsync(
                Stream.Null, cancellationToken); // They may quote what is in the file.
            await WriteAsync(process, input, cancellationToken);
            await Task.WhenAll(reading, errors);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode;
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static async Task ReadAsync(StreamReader output, Action<string>? line, CancellationToken cancellationToken)
    {
        while (await output.ReadLineAsync(cancellationToken) is { } read) line?.Invoke(read);
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
