using System.ComponentModel.DataAnnotations;
using Voice.Application;

namespace Voice.Api;

/// <summary>The settings under <c>Webhook</c>.</summary>
public sealed class WebhookSettings : IValidatableObject
{
    /// <summary>What addresses that are handed out start with; null, in Development only: the request's own address.</summary>
    [AbsoluteAddress]
    public Uri? PublicBaseUrl { get; init; }

    /// <summary>Any one of these admits a callback; none: every callback is admitted.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Every callback is admitted outside Development too, where no secret is set.</summary>
    public bool Open { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Secrets.Any(string.IsNullOrWhiteSpace))
            yield return new("must not contain an empty secret, which would admit everybody.", [nameof(Secrets)]);
    }
}
