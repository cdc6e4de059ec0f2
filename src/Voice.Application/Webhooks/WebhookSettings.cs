namespace Voice.Application.Webhooks;

/// <summary>The settings under <c>Webhook</c>.</summary>
public sealed class WebhookSettings
{
    /// <summary>The route that the provider calls.</summary>
    public const string Path = "/api/v1/voice/webhook";

    /// <summary>What the public address of the webhook starts with; null: the request's own address.</summary>
    public Uri? PublicBaseUrl { get; init; }

    /// <summary>Any one of these admits a callback; none: every callback is admitted.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>The webhook's address below that base, without any secret.</summary>
    public string AddressBelow(string baseUrl) => (PublicBaseUrl?.ToString() ?? baseUrl).TrimEnd('/') + Path;
}
