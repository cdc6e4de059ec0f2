using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using Voice.Infrastructure.AfricasTalking.Sandbox;

namespace Voice.Infrastructure.AfricasTalking;

/// <summary>Posts forms to the provider: once each, because asking twice may dial, or send, twice.</summary>
internal sealed partial class ProviderHttp(
    HttpClient http, AfricasTalkingSettings settings, ILogger<ProviderHttp> logger, SandboxKey? sandbox = null)
{
    private const int LongestAnswer = 64 * 1024;

    /// <summary>Posts, and gives what came of it. Whatever happens after the form was sent is an outcome, never an exception.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="form">The fields, the user's name excepted.</param>
    /// <param name="read">Reads the provider's answer.</param>
    /// <param name="notSent">The outcome when the provider certainly got nothing.</param>
    /// <param name="lost">The outcome when the form was sent and no answer came, or none in time.</param>
    /// <param name="unreadable">The outcome when there was an answer and nobody can read it.</param>
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
        using var limit = new CancellationTokenSource(settings.Timeout);
        var hasAnswered = false; // An answer that breaks off is an answer.
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            hasAnswered = true;
            await response.Content.LoadIntoBufferAsync(LongestAnswer, limit.Token);
            var body = await response.Content.ReadAsByteArrayAsync(limit.Token);
            return read(response.StatusCode, EncodingOf(response.Content).GetString(body));
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError is
            HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or
            HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            return notSent;
        }
        catch (Exception exception) when (exception is OperationCanceledException || (!hasAnswered && HungUp(exception)))
        {
            return lost;
        }
        catch (Exception exception)
        {
            LogUnreadable(exception);
            return unreadable;
        }
    }

    private static bool HungUp(Exception exception) =>
        exception is HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded or HttpRequestError.Unknown };

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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The provider's answer could not be read.")]
    private partial void LogUnreadable(Exception exception);
}
