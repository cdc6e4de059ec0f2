using System.Security.Cryptography;

namespace Voice.Application.Events;

/// <summary>A back-end that is told of events.</summary>
public sealed record WebhookEndpoint
{
    // Standard Webhooks: at least 24 bytes, at most 64.
    private const int SecretBytes = 32;

    /// <summary>Names it for good.</summary>
    public required string EndpointId { get; init; }

    /// <summary>Where events are posted.</summary>
    public required Uri Url { get; init; }

    /// <summary>Which: some of <see cref="EventTypes.Filters"/>.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>What its operator says of it.</summary>
    public string? Description { get; init; }

    /// <summary>What deliveries to it are signed with.</summary>
    public required byte[] Secret { get; init; }

    /// <summary>When it was made, UTC, whole milliseconds.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when nothing is sent to it; null: it is.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>Why not.</summary>
    public string? DisabledReason { get; init; }

    /// <summary>The secret as its holder is told it, once.</summary>
    public string ShownSecret => $"whsec_{Convert.ToBase64String(Secret)}";

    /// <summary>A new endpoint with a secret of its own.</summary>
    public static WebhookEndpoint New(Uri url, IReadOnlyList<string> events, string? description, DateTimeOffset now) => new()
    {
        EndpointId = $"whe_{RandomNumberGenerator.GetHexString(16, lowercase: true)}",
        Url = url,
        Events = events,
        Description = description,
        Secret = RandomNumberGenerator.GetBytes(SecretBytes),
        CreatedAt = now,
    };
}
