using System.Net;
using Voice.Application.Access;

namespace Voice.Api.Security;

/// <summary>Who is calling: what it may do, and its name for what is counted by caller.</summary>
internal static class Caller
{
    /// <summary>The id of the caller's key; empty where no key is needed.</summary>
    public static string KeyId(this HttpContext context) => context.Features.Get<ApiKey>()?.KeyId ?? "";

    /// <summary>Whether it may do that, as far as it is known: everybody may where no key is needed.</summary>
    public static bool May(this HttpContext context, Scope scope) =>
        !context.IsReader() && (context.Features.Get<ApiKey>()?.Scopes.Contains(scope) ?? true);

    /// <summary>Whether it reads one thing by a token, or looks at it as such a reader would.</summary>
    public static bool IsReader(this HttpContext context) => context.Request.Query.ContainsKey(ReadableByTokenAttribute.Member);

    /// <summary>The key that admitted the caller or, where it needed none, its address (of IPv6 the part that one customer has).</summary>
    public static string CallerName(this HttpContext context) =>
        context.KeyId() is { Length: > 0 } key ? key : Name(context.Connection.RemoteIpAddress);

    private static string Name(IPAddress? address)
    {
        if (address is null) return "local";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}
