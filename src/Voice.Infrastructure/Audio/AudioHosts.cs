using System.Text.RegularExpressions;
using Voice.Infrastructure.AfricasTalking.Sandbox;

namespace Voice.Infrastructure.Audio;

/// <summary>
/// Where audio may be. Its addresses come from unsigned requests, so one counts only if it is https and its host is on the list. The
/// sandbox's own recordings are excepted.
/// </summary>
/// <param name="settings">The list.</param>
/// <param name="sandbox">Where the sandbox is; null while there is none.</param>
/// <param name="shownSandbox">The same as others are told it; null: the same.</param>
internal sealed partial class AudioHosts(AudioSettings settings, Func<string>? sandbox, Func<string>? shownSandbox = null)
{
    private const string Recordings = "/recordings/";
    private static readonly string[] ProviderHosts = [".at-internal.com", ".africastalking.com"];

    private IReadOnlyList<string> Hosts { get; } = settings.Hosts.Count > 0 ? settings.Hosts : ProviderHosts;

    /// <summary>Where a recording of the sandbox is fetched: from our own, and no other port of this machine. Null: it is none.</summary>
    public Uri? AtSandbox(Uri address)
    {
        if (sandbox is null) return null;
        var own = sandbox() + Recordings;
        if (address.AbsoluteUri.StartsWith(own, StringComparison.Ordinal)) return address;
        var shown = (shownSandbox ?? sandbox)() + Recordings;
        if (address.AbsoluteUri.StartsWith(shown, StringComparison.Ordinal)) return new Uri(own + address.AbsoluteUri[shown.Length..]);
        // Another instance on this machine has another port; its recordings are the same.
        return address is { IsLoopback: true, Scheme: "http" } && PathOfInstance().Match(address.PathAndQuery) is { Success: true } path
            ? new Uri(own + path.Groups[1].Value)
            : null;
    }

    /// <summary>Why no audio is taken from that address; null when it may be.</summary>
    public string? Refuse(Uri address)
    {
        var isSafe = address.Scheme == Uri.UriSchemeHttps && address.UserInfo.Length == 0;
        if ((isSafe && Hosts.Any(IsHostOf)) || AtSandbox(address) is not null) return null;
        return isSafe
            ? "Audio is not fetched from that host (Audio:Hosts)."
            : "Audio is fetched over https only, and without a user in the address.";

        bool IsHostOf(string host) => host.StartsWith('.')
            ? address.IdnHost.EndsWith(host, StringComparison.OrdinalIgnoreCase)
            : address.IdnHost.Equals(host, StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex($"^{ISandbox.Path}{Recordings}(ATVId_[0-9a-f]{{32}}\\.mp3)$")]
    private static partial Regex PathOfInstance();
}
