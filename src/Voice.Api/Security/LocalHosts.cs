using System.Net;
using Voice.Api.Errors;

namespace Voice.Api.Security;

/// <summary>
/// In Development only hosts of this machine are served, unless AllowedHosts says otherwise: a page whose own name its author lets resolve
/// to 127.0.0.1 would be at home here, and there is no key in its way.
/// </summary>
internal static class LocalHosts
{
    public const string Refusal = "In Development only localhost is served; AllowedHosts names other hosts.";

    public static void UseLocalHosts(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment() || !string.IsNullOrEmpty(app.Configuration["AllowedHosts"])) return;
        app.Use((context, next) => IsLocal(context.Request.Host.Host)
            ? next(context)
            : ErrorAnswer.WriteAsync(context, StatusCodes.Status400BadRequest, Refusal));
    }

    /// <summary>Whether the name means this machine whoever is asked; a request of HTTP/1.0 may have none.</summary>
    internal static bool IsLocal(string host) =>
        host.Length == 0 || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
