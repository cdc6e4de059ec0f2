using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Voice.Application;

namespace Voice.Api;

/// <summary>Starts to listen, or says in one sentence why that cannot be.</summary>
internal static class Listening
{
    /// <exception cref="SettingException">Urls names an address that this machine cannot listen on.</exception>
    public static async Task StartListeningAsync(this WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new SettingException(
                "Urls names an address that another program listens on; stop that program or choose another port.", exception);
        }
        catch (InvalidOperationException exception) when (exception.Message.Contains("HTTPS", StringComparison.Ordinal))
        {
            throw new SettingException(
                "Urls asks for https, but there is no certificate: set Kestrel:Certificates:Default:Path and :Password, "
                + "or run dotnet dev-certs https.",
                exception);
        }
        catch (SocketException exception)
        {
            throw new SettingException($"Urls names an address that this machine cannot listen on: {exception.Message}.", exception);
        }
    }
}
