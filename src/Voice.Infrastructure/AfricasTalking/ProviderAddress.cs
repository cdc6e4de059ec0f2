using Voice.Application.Webhooks;
using Voice.Infrastructure.AfricasTalking.Sandbox;

namespace Voice.Infrastructure.AfricasTalking;

/// <summary>Where the provider is.</summary>
internal sealed class ProviderAddress(AfricasTalkingSettings settings, IOwnAddress own)
{
    /// <summary>The provider's base address; the sandbox is one of our own.</summary>
    public string BaseUrl => settings.UsesSandbox ? Sandbox : settings.BaseUrl.ToString().TrimEnd('/');

    /// <summary>The base address for text messages.</summary>
    public string SmsBaseUrl => settings.UsesSandbox ? Sandbox : settings.SmsBaseUrl.ToString().TrimEnd('/');

    /// <summary>The sandbox's base address.</summary>
    public string Sandbox => own.Base + ISandbox.Path;

    /// <summary>The same as others are told it.</summary>
    public string ShownSandbox => own.Shown + ISandbox.Path;
}
