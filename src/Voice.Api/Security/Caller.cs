using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Voice.Api.Security;

/// <summary>Names callers, for what is counted by caller.</summary>
internal static class Caller
{
    /// <summary>Notes with which key the caller was admitted; what is kept of it tells nobody the key.</summary>
    public static void AdmitAs(this HttpContext context, string key) => context.Items[typeof(Caller)] =
        "key " + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 8));

    /// <summary>The key that admitted the caller or, where it needed none, its address (of IPv6 the part that one customer has).</summary>
    public static string CallerName(this HttpContext context) =>
        context.Items.TryGetValue(typeof(Caller), out var name) ? (string)name! : Name(context.Connection.RemoteIpAddress);

    private static string Name(IPAddress? address)
    {
        if (address is null) return "local";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}
