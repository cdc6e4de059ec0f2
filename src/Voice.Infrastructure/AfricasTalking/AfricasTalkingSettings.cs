using System.ComponentModel.DataAnnotations;
using Voice.Application;

namespace Voice.Infrastructure.AfricasTalking;

/// <summary>The settings under <c>AfricasTalking</c>.</summary>
internal sealed class AfricasTalkingSettings : IValidatableObject
{
    /// <summary>Empty: the sandbox answers instead.</summary>
    public string ApiKey { get; init; } = "";

    public string Username { get; init; } = "";

    /// <summary>The number that calls come from.</summary>
    public string VoiceNumber { get; init; } = "";

    [AbsoluteAddress]
    public Uri BaseUrl { get; init; } = new("https://voice.africastalking.com");

    /// <summary>Where text messages go: another host than calls.</summary>
    [AbsoluteAddress]
    public Uri SmsBaseUrl { get; init; } = new("https://api.africastalking.com");

    /// <summary>The sender that text messages show; empty: the provider's own.</summary>
    public string SmsSender { get; init; } = "";

    /// <summary>How long the provider may take to answer before its answer counts as lost.</summary>
    [Duration]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    public bool UsesSandbox => string.IsNullOrWhiteSpace(ApiKey);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (UsesSandbox) yield break;
        if (Username.Length == 0) yield return new("must be set when AfricasTalking:ApiKey is.", [nameof(Username)]);
        if (VoiceNumber.Length == 0) yield return new("must be set when AfricasTalking:ApiKey is.", [nameof(VoiceNumber)]);
    }
}
