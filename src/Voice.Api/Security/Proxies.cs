using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Voice.Api.Security;

/// <summary>The settings under <c>Proxy</c>.</summary>
internal sealed class ProxySettings : IValidatableObject
{
    /// <summary>
    /// Addresses and networks (<c>10.0.0.0/8</c>) of the proxies in front of the service, whose word on who asked for what counts.
    /// </summary>
    public IReadOnlyList<string> Known { get; init; } = [];

    internal IEnumerable<IPNetwork> Networks => Known.Select(text => ParseNetwork(text)!.Value);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Known.Any(text => ParseNetwork(text) is null))
            yield return new("must be addresses or networks such as 10.0.0.7 or 10.0.0.0/8.", [nameof(Known)]);
    }

    private static IPNetwork? ParseNetwork(string text) =>
        IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(text, out var network) ? network
        : null;
}

/// <summary>Believes forwarded headers from those and from nobody else, whatever the framework would take by itself.</summary>
internal static class Proxies
{
    public static void AddProxies(this IServiceCollection services, ProxySettings settings) =>
        services.PostConfigure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = settings.Known.Count == 0
                ? ForwardedHeaders.None // With empty lists the framework would believe everybody.
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            options.ForwardLimit = null; // As far as the chain is known.
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in settings.Networks) options.KnownIPNetworks.Add(network);
        });
}
