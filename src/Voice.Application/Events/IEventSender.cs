namespace Voice.Application.Events;

/// <summary>Posts events, signed by the Standard Webhooks specification.</summary>
public interface IEventSender
{
    /// <summary>Why nothing is sent to that address; null when it may be, as far as the address itself tells.</summary>
    string? Refuse(Uri url);

    /// <summary>Posts an event, once. Never throws for what the endpoint or the network does.</summary>
    /// <param name="endpoint">Where to, and what to sign with.</param>
    /// <param name="eventId">Names the event, however often it is sent.</param>
    /// <param name="body">The event, JSON.</param>
    /// <param name="cancellationToken">We are stopping.</param>
    Task<EventAnswer> PostAsync(WebhookEndpoint endpoint, string eventId, string body, CancellationToken cancellationToken);
}

/// <summary>What an endpoint answered.</summary>
/// <param name="Status">The status; null: it did not answer.</param>
/// <param name="Words">The beginning of its answer, or why there is none.</param>
/// <param name="RetryAfter">How long it asks to be left alone (RFC 9110, section 10.2.3); null: it does not say.</param>
public sealed record EventAnswer(int? Status, string Words, TimeSpan? RetryAfter = null)
{
    /// <summary>It has taken the event.</summary>
    public bool IsTaken => Status is >= 200 and < 300;

    /// <summary>It wants no more events (410).</summary>
    public bool IsGone => Status == 410;
}
