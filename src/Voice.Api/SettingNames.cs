using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Voice.Application;

namespace Voice.Api;

/// <summary>The names at the top of the settings: a section that nobody reads is a setting that its writer believes in.</summary>
internal static class SettingNames
{
    private static readonly string[] Ours =
    [
        "AfricasTalking", "Audio", "Auth", "ConnectionStrings", "Cors", "Database", "Events", "Limits", "Proxy", "Reading", "Recordings",
        "Retention", "Sandbox", "Shutdown", "Transcription", "Urls", "Webhook",
    ];

    private static readonly string[] Frameworks =
    [
        "AllowedHosts", "ApplicationName", "CaptureStartupErrors", "ContentRoot", "DetailedErrors", "Environment", "Host", "Hosting",
        "HostingStartupAssemblies", "HostingStartupExcludeAssemblies", "Http_Ports", "Https_Ports", "Https_Port", "Kestrel", "Logging",
        "PreferHostingUrls", "PreventHostingStartup", "ShutdownTimeoutSeconds", "StaticWebAssets", "SuppressStatusMessages", "WebRoot",
    ];

    private static readonly string[] Known = [.. Ours, .. Frameworks];

    private const int ShortestGuess = 6; // Shorter names are too near to other words.

    /// <exception cref="SettingException">A name is unknown.</exception>
    public static void Check(IConfigurationRoot configuration)
    {
        foreach (var provider in configuration.Providers)
            foreach (var name in provider.GetChildKeys([], parentPath: null).Except(Known, StringComparer.OrdinalIgnoreCase))
                if (IsMeantForUs(provider, name))
                    throw new SettingException(
                        $"{name} is no section of the settings; there are {string.Join(", ", Ours)}, and those of ASP.NET Core.");
        foreach (var connection in configuration.GetSection("ConnectionStrings").GetChildren())
            if (!connection.Key.Equals("Voice", StringComparison.OrdinalIgnoreCase))
                throw new SettingException($"{connection.Path} is not a setting; there is ConnectionStrings:Voice.");
    }

    // A file or a command line is written for this service. The environment is not: there only a section that all but has one of our names.
    private static bool IsMeantForUs(IConfigurationProvider provider, string name) =>
        provider is not EnvironmentVariablesConfigurationProvider
            ? !name.StartsWith('$')
            : provider.GetChildKeys([], name).Any() && Ours.Any(ours => ours.Length >= ShortestGuess && Distance(ours, name) <= 2);

    /// <summary>How many letters must be added, dropped or changed to get from one name to the other (Levenshtein).</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var same = char.ToLowerInvariant(one[i - 1]) == char.ToLowerInvariant(other[j - 1]);
                (diagonal, row[j]) = (row[j], same ? diagonal : 1 + Math.Min(diagonal, Math.Min(row[j], row[j - 1])));
            }
        }
        return row[^1];
    }
}
