using Voice.Infrastructure.AfricasTalking.Sandbox;

namespace Voice.Infrastructure.Audio;

/// <summary>
/// Where audio may be. Its addresses come from unsigned requests, so one counts only if it is https and its host is on the list. The
/// sandbox's own recordings are excepted.
/// </summary>
/// <param name="settings">The list.</param>
/// <param name="sandbox">Where the sandbox is; null while there is none.</param>
internal sealed class AudioHosts(AudioSettings settings, Func<string>? sandbox)
{
    private const string OwnPath = ISandbox.Path + "/recordings/";
    private static readonly string[] ProviderHosts = [".at-internal.com", ".africastalking.com"];

    private IReadOnlyList<string> Hosts { get; } = settings.Hosts.Count > 0 ? settings.Hosts : ProviderHosts;

    /// <summary>It is a recording of the sandbox; another instance's is on another port of this machine.</summary>
    public bool IsOwn(Uri address)
    {
        if (sandbox is null) return false;
        var isOnThisMachine = address.IsLoopback && address.Scheme == Uri.UriSchemeHttp;
        return (isOnThisMachine && address.AbsolutePath.StartsWith(OwnPath, StringComparison.Ordinal))
            || address.AbsoluteUri.StartsWith(sandbox() + "/recordings/", StringComparison.Ordinal);
    }

    /// <summary>Why no audio is taken from that address; null when it may be.</summary>
    public string? Refuse(Uri address)
    {
        var isSafe = address.Scheme == Uri.UriSchemeHttps && address.UserInfo.Length == 0;
        if ((isSafe && Hosts.Any(IsHostOf)) || IsOwn(address)) return null;
        return isSafe
            ? "Audio is not fetched from that host (Audio:Hosts)."
            : "Audio is fetched over https only, and without a user in the address.";

        bool IsHostOf(string host) => host.StartsWith('.')
            ? address.IdnHost.EndsWith(host, StringComparison.OrdinalIgnoreCase)
            : address.IdnHost.Equals(host, StringComparison.OrdinalIgnoreCase);
    }
}
