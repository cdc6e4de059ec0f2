namespace Voice.Infrastructure.AfricasTalking.Sandbox;

/// <summary>The settings under <c>Sandbox</c>.</summary>
public sealed class SandboxSettings
{
    /// <summary>How long a pretended call takes.</summary>
    [Duration]
    public TimeSpan CallDuration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The sandbox can be asked what has become of a call, which the real provider cannot.</summary>
    public bool Asked { get; init; }

    /// <summary>The sandbox may stand in for the provider outside Development too.</summary>
    public bool InProduction { get; init; }

    /// <summary>Where running calls are noted, so that they outlive the process as real ones would; below the content root.</summary>
    public string Folder { get; init; } = "data/sandbox";
}
