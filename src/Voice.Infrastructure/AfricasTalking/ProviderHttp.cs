using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using Voice.Infrastructure.AfricasTalking.Sandbox;

namespace Voice.Infrastructure.AfricasTalking;

/// <summary>Posts forms to the provider: once each, because asking twice may dial, or send, twice.</summary>
internal sealed partial class ProviderHttp(
    HttpClient http, AfricasTalkingSettings settings, ILogger<ProviderHttp> logger, SandboxKey? sandbox = null)
{
    /// <summary>Posts, and gives what came of it. Whatever happens after the form was sent is an outcome, never an exception.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="form">The fields, the user's name excepted.</param>
    /// <param name="read">Reads the provider's answer.</param>
    /// <param name="notSent">The outcome when the provider certainly got nothing.</param>
    /// <param name="lost">The outcome when the form was sent and no answer came in time.</param>
    /// <param name="unreadable">The outcome when the answer cannot even be read.</param>
    public async Task<T> PostAsync<T>(
        string address, Dictionary<string, string> form, Func<HttpStatusCode, string, T> read, T notSent, T lost, T unreadable)
    {
        form["username"] = settings.Username;
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Headers = { { "apiKey", settings.ApiKey }, { "Accept", "application/json" } },
            Content = new FormUrlEncodedContent(form),
        };
        if (sandbox is not null) request.Headers.Authorization = new("Bearer", sandbox.Value);
        try
        {
            using var response = await http.SendAsync(request);
            var body = await response.Content.ReadAsByteArrayAsync();
            return read(response.StatusCode, EncodingOf(response.Content).GetString(body));
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError is
            HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or
            HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            return notSent;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return lost;
        }
        catch (Exception exception)
        {
            LogUnreadable(exception);
            return unreadable;
        }
    }

    // A name that nobody knows says nothing about the bytes, and UTF-8 is what they are likely to be.
    private static Encoding EncodingOf(HttpContent content)
    {
        try
        {
            return content.Headers.ContentType?.CharSet is { } name ? Encoding.GetEncoding(name.Trim('"')) : Encoding.UTF8;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return Encoding.UTF8;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The provider's answer could not be read.")]
    private partial void LogUnreadable(Exception exception);
}
