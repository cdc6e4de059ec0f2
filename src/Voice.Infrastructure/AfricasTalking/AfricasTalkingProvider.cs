using Voice.Application.Conferences;
using Voice.Domain.Recordings;

namespace Voice.Infrastructure.AfricasTalking;

/// <summary>Places calls with Africa's Talking, or with the sandbox that stands in for it. A call is asked for once: asking twice dials twice.</summary>
internal sealed class AfricasTalkingProvider(HttpClient http, AfricasTalkingSettings settings, ProviderAddress address) : IVoiceProvider
{
    public string Name => "Africa's Talking";

    public int MaxParties => 2;

    public async Task<PlacementAnswer> PlaceCallAsync(PhoneNumber phone, string recordingId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{address.BaseUrl}/call")
        {
            Headers = { { "apiKey", settings.ApiKey }, { "Accept", "application/json" } },
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["username"] = settings.Username,
                ["from"] = settings.VoiceNumber,
                ["to"] = phone.Value,
                ["clientRequestId"] = recordingId,
            }),
        };
        try
        {
            using var response = await http.SendAsync(request);
            return PlacementReader.Read(Name, response.StatusCode, await response.Content.ReadAsStringAsync());
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError is
            HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or
            HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            return new(Placement.Unreachable, Failure: FailureCode.ProviderUnreachable,
                Reason: $"{Name} could not be reached, so nobody was called. Try again in a few minutes.");
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return new(Placement.TimedOut, Failure: FailureCode.OutcomeUnknown,
                Reason: $"{Name} did not answer in time and may have placed the call. Watch the recording before you try again.");
        }
    }
}
