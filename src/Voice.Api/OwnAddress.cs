using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Voice.Api.Controllers;
using Voice.Application.Webhooks;

namespace Voice.Api;

/// <summary>The addresses of this service, for those that are told them.</summary>
public sealed class OwnAddress(IServer server, WebhookSettings webhook, IConfiguration configuration) : IOwnAddress
{
    /// <inheritdoc/>
    public string Base
    {
        get
        {
            var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
            var address = addresses.OrderBy(address => address.StartsWith("https", StringComparison.Ordinal)).FirstOrDefault();
            // A command reads what the service has kept and does not listen: there it is the address that the service is set to have.
            return Reachable(address ?? configuration["Urls"]?.Split(';')[0]
                ?? throw new InvalidOperationException("The server does not listen yet.")).TrimEnd('/');
        }
    }

    /// <inheritdoc/>
    public string Shown => webhook.PublicBaseUrl?.ToString().TrimEnd('/') ?? Base;

    /// <inheritdoc/>
    public string Callback => Base + WebhookController.Path
        + (webhook.Secrets is [var secret, ..] ? $"?token={Uri.EscapeDataString(secret)}" : "");

    /// <summary>What addresses that are handed out start with.</summary>
    /// <param name="request">
    /// Who asks for one: where no address is set, which only Development allows, it is the one that was asked.
    /// </param>
    public string ShownTo(HttpRequest request) => webhook.PublicBaseUrl is null && request.Host.HasValue
        ? $"{request.Scheme}://{request.Host}{request.PathBase}"
        : Shown;

    /// <summary>The webhook's public address, without any secret.</summary>
    public string Webhook(HttpRequest request) => ShownTo(request) + WebhookController.Path;

    /// <summary>A wildcard host is fine to listen on, but is none that anybody could call.</summary>
    public static string Reachable(string address) => address
        .Replace("//+", "//localhost", StringComparison.Ordinal).Replace("//*", "//localhost", StringComparison.Ordinal)
        .Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal).Replace("//[::]", "//localhost", StringComparison.Ordinal);
}
