namespace Voice.Api;

/// <summary>The settings under <c>Auth</c>.</summary>
internal sealed class AuthSettings
{
    /// <summary>Any one of these admits a caller; none: everybody is admitted, in Development only.</summary>
    public IReadOnlyList<string> ApiKeys { get; init; } = [];
}

/// <summary>The settings under <c>Cors</c>.</summary>
internal sealed class CorsSettings
{
    /// <summary>Origins of the front-ends that may call from a browser.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];
}
