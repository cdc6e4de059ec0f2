using System.Net;
using System.Net.Sockets;

namespace Voice.Infrastructure;

/// <summary>Connects to hosts of the public internet and to no others, whatever a name resolves to.</summary>
internal static class PublicInternet
{
    // IANA's special-purpose registries.
    private static readonly IPNetwork[] NotPublic =
    [
        .. """
        0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.168.0.0/16 198.18.0.0/15
        198.51.100.0/24 203.0.113.0/24 224.0.0.0/3 ::/127 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 fc00::/7
        fe80::/10 ff00::/8
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(network => IPNetwork.Parse(network)),
    ];

    /// <summary>Connects to the very address that was checked, so that a name cannot mean another one a moment later.</summary>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        if (!addresses.All(Has)) throw new NotPublicException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether an address is one of the public internet.</summary>
    public static bool Has(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return !NotPublic.Any(network => network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address));
    }
}

/// <summary>A name means an address inside a network, so nothing was asked there.</summary>
internal sealed class NotPublicException() : Exception("The address is inside a network.");
