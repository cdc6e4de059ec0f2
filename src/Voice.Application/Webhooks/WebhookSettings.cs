using System.ComponentModel.DataAnnotations;

namespace Voice.Application.Webhooks;

/// <summary>The settings under <c>Webhook</c>.</summary>
public sealed class WebhookSettings : IValidatableObject
{
    /// <summary>The route that the provider calls.</summary>
    public const string Path = "/api/v1/voice/webhook";

    /// <summary>What the public address of the webhook starts with; null: the request's own address.</summary>
    public Uri? PublicBaseUrl { get; init; }

    /// <summary>Any one of these admits a callback; none: every callback is admitted.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>The webhook's address below that base, without any secret.</summary>
    public string AddressBelow(string baseUrl) => (PublicBaseUrl?.ToString() ?? baseUrl).TrimEnd('/') + Path;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PublicBaseUrl is { } url && (!url.IsAbsoluteUri || url.Scheme is not ("https" or "http")))
            yield return new("must be an absolute http or https address.", [nameof(PublicBaseUrl)]);
        if (Secrets.Any(string.IsNullOrWhiteSpace))
            yield return new("must not contain an empty secret, which would admit everybody.", [nameof(Secrets)]);
    }
}
