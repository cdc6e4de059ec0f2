namespace Voice.TestKit;

/// <summary>Tools that not every machine has: without them a test is skipped with the reason, but on CI it fails.</summary>
internal static class Needs
{
    private static bool IsCi => Environment.GetEnvironmentVariable("CI") == "true";

    public static void Tool(bool isThere, string reason)
    {
        if (IsCi && !isThere) throw new InvalidOperationException($"{reason} (CI must have it.)");
        Skip.IfNot(isThere, reason);
    }

    public static string? FindProgram(string name, params string[] moreFolders) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(moreFolders)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
