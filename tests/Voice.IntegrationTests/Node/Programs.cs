using System.Diagnostics;

namespace Voice.IntegrationTests.Node;

/// <summary>Programs from outside, run to their end.</summary>
internal static class Programs
{
    /// <summary>What a script of this folder prints in Node.</summary>
    public static Task<string> NodeAsync(string script, params string[] arguments)
    {
        var node = Needs.FindProgram("node");
        Needs.Tool(node is not null, "Node is not installed: apt-get install nodejs.");
        return OutputAsync(node!, [Path.Combine(AppContext.BaseDirectory, "Node", script), .. arguments]);
    }

    /// <summary>What a program prints, or what it complains of when it prints nothing. One that does not end is killed.</summary>
    public static async Task<string> OutputAsync(string program, params string[] arguments)
    {
        var (_, output, errors) = await RunAsync(new ProcessStartInfo(program, arguments));
        return output.Length > 0 ? output : errors;
    }

    /// <summary>How a program ends, what it prints and what it complains of. One that does not end is killed.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var giveUp = patience.Token.Register(() => process.Kill(entireProcessTree: true));
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }
}
