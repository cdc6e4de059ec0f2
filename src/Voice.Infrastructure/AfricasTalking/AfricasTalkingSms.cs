using System.Net;
using System.Text.Json;
using Voice.Application.Confirmations;
using Voice.Domain.Contracts;
using Voice.Domain.Recordings;

namespace Voice.Infrastructure.AfricasTalking;

/// <summary>Sends text messages with Africa's Talking, or with the sandbox that stands in for it.</summary>
internal sealed class AfricasTalkingSms(HttpClient http, AfricasTalkingSettings settings, ProviderAddress address) : ITextMessageProvider
{
    public async Task<TextMessageAnswer> SendAsync(PhoneNumber phone, string text)
    {
        var form = new Dictionary<string, string> { ["username"] = settings.Username, ["to"] = phone.Value, ["message"] = text };
        if (settings.SmsSender.Length > 0) form["from"] = settings.SmsSender;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{address.SmsBaseUrl}/version1/messaging")
        {
            Headers = { { "apiKey", settings.ApiKey }, { "Accept", "application/json" } },
            Content = new FormUrlEncodedContent(form),
        };
        try
        {
            using var response = await http.SendAsync(request);
            return Read(response.StatusCode, await response.Content.ReadAsStringAsync());
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError is
            HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            return new(MessageState.Waiting, "The provider could not be reached.");
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return new(MessageState.Unknown, "The provider did not answer in time.");
        }
    }

    /// <summary>The provider answers 201 even for errors: what counts is each recipient's own code.</summary>
    internal static TextMessageAnswer Read(HttpStatusCode status, string body)
    {
        if ((int)status is >= 400 and < 500) return new(MessageState.Refused, $"The provider answered {(int)status}.");
        try
        {
            using var json = JsonDocument.Parse(body);
            var data = json.RootElement.GetProperty("SMSMessageData");
            foreach (var recipient in data.GetProperty("Recipients").EnumerateArray())
            {
                var detail = recipient.TryGetProperty("status", out var words) ? words.GetString() : null;
                return recipient.GetProperty("statusCode").GetInt32() switch
                {
                    >= 100 and <= 102 => new(MessageState.Accepted, detail),
                    >= 500 => new(MessageState.Waiting, detail), // The provider's own trouble, said before it took the message.
                    _ => new(MessageState.Refused, detail),
                };
            }
            return new(MessageState.Refused, data.TryGetProperty("Message", out var message) ? message.GetString() : "No recipient was taken.");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return new(MessageState.Unknown, $"The provider answered {(int)status} and nothing that could be read.");
        }
    }
}
