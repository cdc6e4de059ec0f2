using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Voice.Application.Webhooks;

namespace Voice.Infrastructure.AfricasTalking;

/// <summary>Where the provider is, and where it finds us.</summary>
internal sealed class ProviderAddress(AfricasTalkingSettings settings, WebhookSettings webhook, IServer server)
{
    /// <summary>The provider's base address; the sandbox is one of our own.</summary>
    public string BaseUrl => settings.UsesSandbox ? Sandbox : settings.BaseUrl.ToString().TrimEnd('/');

    /// <summary>The base address for text messages.</summary>
    public string SmsBaseUrl => settings.UsesSandbox ? Sandbox : settings.SmsBaseUrl.ToString().TrimEnd('/');

    /// <summary>The sandbox's base address.</summary>
    public string Sandbox => OwnAddress() + "/sandbox";

    /// <summary>The callback address, with a secret where one is asked for: what one would enter in the provider's dashboard.</summary>
    public string Callback => webhook.AddressBelow(OwnAddress()) + (webhook.Secrets is [var secret, ..] ? $"?token={Uri.EscapeDataString(secret)}" : "");

    // Known only once the server listens; a wildcard host is reached by the loopback name.
    private string OwnAddress()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var address = addresses.OrderBy(address => address.StartsWith("https", StringComparison.Ordinal)).FirstOrDefault()
            ?? throw new InvalidOperationException("The server does not listen yet.");
        return address.Replace("//+", "//localhost", StringComparison.Ordinal).Replace("//*", "//localhost", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal).Replace("//[::]", "//localhost", StringComparison.Ordinal);
    }
}
