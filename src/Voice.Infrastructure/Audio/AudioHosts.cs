namespace Voice.Infrastructure.Audio;

/// <summary>
/// Where audio may be. Its addresses come from unsigned requests, so one counts only if it is https and its host is on the list. The sandbox's own
/// recordings are excepted.
/// </summary>
/// <param name="settings">The list.</param>
/// <param name="sandbox">Where the sandbox is; null while there is none.</param>
internal sealed class AudioHosts(AudioSettings settings, Func<string>? sandbox)
{
    private static readonly string[] ProviderHosts = [".at-internal.com", ".africastalking.com"];

    private IReadOnlyList<string> Hosts { get; } = settings.Hosts.Count > 0 ? settings.Hosts : ProviderHosts;

    /// <summary>It is a recording of the sandbox; another instance's is on another port of this machine.</summary>
    public bool IsOwn(Uri address) => sandbox is not null && (address.AbsoluteUri.StartsWith(sandbox() + "/recordings/", StringComparison.Ordinal)
        || (address.IsLoopback && address.Scheme == Uri.UriSchemeHttp
            && address.AbsolutePath.StartsWith("/sandbox/recordings/", StringComparison.Ordinal)));

    /// <summary>Why no audio is taken from that address; null when it may be.</summary>
    public string? Refuse(Uri address)
    {
        if (IsOwn(address)) return null;
        if (address.Scheme != Uri.UriSchemeHttps || address.UserInfo.Length > 0)
            return "Audio is fetched over https only, and without a user in the address.";
        return Hosts.Any(IsHostOf) ? null : "Audio is not fetched from that host (Audio:Hosts).";

        bool IsHostOf(string host) => host.StartsWith('.')
            ? address.IdnHost.EndsWith(host, StringComparison.OrdinalIgnoreCase)
            : address.IdnHost.Equals(host, StringComparison.OrdinalIgnoreCase);
    }
}
