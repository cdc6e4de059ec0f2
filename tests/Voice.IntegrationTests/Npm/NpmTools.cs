using System.Diagnostics;
using Voice.IntegrationTests.Node;

namespace Voice.IntegrationTests.Npm;

/// <summary>The tools that <c>package.json</c> beside this names, in the versions that its lock file pins.</summary>
internal static class NpmTools
{
    private static readonly Lazy<Task> Restored = new(RestoreAsync);

    /// <summary>Where the tools are and work.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Npm");

    /// <summary>What the tools say, run as npm runs them.</summary>
    /// <param name="folder">The folder to run in.</param>
    /// <param name="arguments">npm's own, such as <c>run lint</c>.</param>
    /// <returns>Whether it went well, and every line of it.</returns>
    public static async Task<(bool IsFine, string Said)> NpmAsync(string folder, params string[] arguments)
    {
        await Restored.Value;
        return await RunAsync(folder, arguments);
    }

    // Once for as long as the lock file stays as it is: what it names is then all there.
    private static async Task RestoreAsync()
    {
        var (locked, restored) = (Path.Combine(Folder, "package-lock.json"), Path.Combine(Folder, "node_modules", "restored.json"));
        if (File.Exists(restored) && await File.ReadAllTextAsync(restored) == await File.ReadAllTextAsync(locked)) return;
        var (isFine, said) = await RunAsync(Folder, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        Needs.Tool(isFine, $"npm cannot restore the tools: {said}");
        File.Copy(locked, restored, overwrite: true);
    }

    private static async Task<(bool IsFine, string Said)> RunAsync(string folder, string[] arguments)
    {
        var npm = Needs.FindProgram("npm");
        Needs.Tool(npm is not null, "npm is not installed: apt-get install npm.");
        var start = new ProcessStartInfo(npm!, ["--silent", .. arguments]) { WorkingDirectory = folder };
        // They would ask other hosts whether there is anything newer, and tell them that they ran.
        start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true";
        start.Environment["REDOCLY_TELEMETRY"] = "off";
        start.Environment["NO_COLOR"] = "1";
        var (exitCode, output, errors) = await Programs.RunAsync(start);
        return (exitCode == 0, output + errors);
    }
}
