using System.ComponentModel.DataAnnotations;

namespace Voice.Api;

/// <summary>The settings under <c>Auth</c>.</summary>
internal sealed class AuthSettings : IValidatableObject
{
    /// <summary>Any one of these admits a caller to everything, as those do that are stored to what each is for.</summary>
    public IReadOnlyList<string> ApiKeys { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ApiKeys.Any(string.IsNullOrWhiteSpace))
            yield return new("must not contain an empty key, which would admit everybody.", [nameof(ApiKeys)]);
    }
}

/// <summary>The settings under <c>Cors</c>.</summary>
internal sealed class CorsSettings : IValidatableObject
{
    /// <summary>Origins of the front-ends that may call from a browser.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Origins.All(origin => Uri.TryCreate(origin, UriKind.Absolute, out var url) && url.GetLeftPart(UriPartial.Authority) == origin))
            yield return new("must be origins such as https://shop.example: scheme, host and port, without a path.", [nameof(Origins)]);
    }
}
