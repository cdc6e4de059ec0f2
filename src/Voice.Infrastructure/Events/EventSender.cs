using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using StandardWebhooks;
using Voice.Application.Events;

namespace Voice.Infrastructure.Events;

/// <summary>Posts events: to the public internet only unless the settings say otherwise, without following anybody anywhere.</summary>
internal sealed class EventSender : IEventSender, IDisposable
{
    private const int MostRead = 4 * 1024;
    private const int MostKept = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly EventSettings _settings;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;

    public EventSender(EventSettings settings, TimeProvider clock)
    {
        (_settings, _clock) = (settings, clock);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            // So that a name which has come to mean another address is asked for again.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        };
        if (!settings.AllowPrivate) handler.ConnectCallback = PublicInternet.ConnectAsync;
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public string? Refuse(Uri url)
    {
        if (url.Scheme != Uri.UriSchemeHttps && !(_settings.AllowPrivate && url.Scheme == Uri.UriSchemeHttp))
            return "Events are sent over https only.";
        if (url.UserInfo.Length > 0) return "Leave the user out of the address: deliveries are signed.";
        var isPrivate = url.IsLoopback || (IPAddress.TryParse(url.IdnHost, out var address) && !PublicInternet.Has(address));
        return isPrivate && !_settings.AllowPrivate
            ? "Events are not sent to an address inside a network (Events:AllowPrivate=true says that you want that)."
            : null;
    }

    public async Task<EventAnswer> PostAsync(
        WebhookEndpoint endpoint, string eventId, string body, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var request = Sign(endpoint, eventId, body);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            await using var answer = await response.Content.ReadAsStreamAsync(either.Token);
            var read = new byte[MostRead];
            var length = await answer.ReadAtLeastAsync(read, MostRead, throwOnEndOfStream: false, either.Token);
            var words = Words(read.AsSpan(0, length));
            return new(
                (int)response.StatusCode, words.Length > 0 ? words : response.ReasonPhrase ?? "", Asked(response.Headers.RetryAfter));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(null, $"It did not answer within {Patience.TotalSeconds:0} seconds.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return new(null, Reason(exception));
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Sign(WebhookEndpoint endpoint, string eventId, string body)
    {
        var now = _clock.GetUtcNow();
        return new(HttpMethod.Post, endpoint.Url)
        {
            Content = new StringContent(body, new MediaTypeHeaderValue("application/json")),
            Headers =
            {
                { "webhook-id", eventId },
                { "webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) },
                { "webhook-signature", new StandardWebhook(endpoint.Secret).Sign(eventId, now, body) },
                { "User-Agent", "Voice" },
            },
        };
    }

    private TimeSpan? Asked(RetryConditionHeaderValue? retryAfter) => retryAfter?.Delta ?? retryAfter?.Date - _clock.GetUtcNow();

    // For people, on one line.
    private static string Words(ReadOnlySpan<byte> answer)
    {
        var text = string.Concat(Encoding.UTF8.GetString(answer).Select(character => char.IsControl(character) ? ' ' : character)).Trim();
        return text.Length > MostKept ? text[..MostKept] : text;
    }

    private static string Reason(Exception exception) => exception switch
    {
        { InnerException: NotPublicException } => "Its name means an address inside a network (Events:AllowPrivate).",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "Its name is not known.",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            $"TLS failed: {exception.InnerException?.Message ?? exception.Message}",
        { InnerException: SocketException refused } => $"It could not be connected to: {refused.Message}.",
        _ => "It hung up, or answered something that is not HTTP.",
    };
}
