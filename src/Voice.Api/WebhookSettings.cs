using System.ComponentModel.DataAnnotations;
using Voice.Application;

namespace Voice.Api;

/// <summary>The settings under <c>Webhook</c>.</summary>
public sealed class WebhookSettings : IValidatableObject
{
    /// <summary>What the public address of the webhook starts with; null: the request's own address.</summary>
    [AbsoluteAddress]
    public Uri? PublicBaseUrl { get; init; }

    /// <summary>Any one of these admits a callback; none: every callback is admitted.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Secrets.Any(string.IsNullOrWhiteSpace))
            yield return new("must not contain an empty secret, which would admit everybody.", [nameof(Secrets)]);
    }
}
