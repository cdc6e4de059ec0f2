using System.Security.Cryptography;

namespace Voice.Infrastructure.AfricasTalking.Sandbox;

/// <summary>
/// The key with which the service calls its own sandbox, whose routes need one as all others do; it lives as long as the process.
/// </summary>
public sealed class SandboxKey
{
    /// <summary>The key.</summary>
    public string Value { get; } = RandomNumberGenerator.GetHexString(64, lowercase: true);
}
