using System.ComponentModel.DataAnnotations;

namespace Voice.Infrastructure.AfricasTalking;

/// <summary>The settings under <c>AfricasTalking</c>.</summary>
internal sealed class AfricasTalkingSettings : IValidatableObject
{
    /// <summary>Empty: the sandbox answers instead.</summary>
    public string ApiKey { get; init; } = "";

    public string Username { get; init; } = "";

    /// <summary>The number that calls come from.</summary>
    public string VoiceNumber { get; init; } = "";

    public Uri BaseUrl { get; init; } = new("https://voice.africastalking.com");

    /// <summary>How long the provider may take to answer before its answer counts as lost.</summary>
    [Duration]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    public bool UsesSandbox => string.IsNullOrWhiteSpace(ApiKey);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!BaseUrl.IsAbsoluteUri || BaseUrl.Scheme is not ("https" or "http"))
            yield return new("must be an absolute http or https address.", [nameof(BaseUrl)]);
        if (UsesSandbox) yield break;
        if (Username.Length == 0) yield return new("must be set when AfricasTalking:ApiKey is.", [nameof(Username)]);
        if (VoiceNumber.Length == 0) yield return new("must be set when AfricasTalking:ApiKey is.", [nameof(VoiceNumber)]);
    }
}
