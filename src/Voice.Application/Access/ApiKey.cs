using System.Security.Cryptography;
using System.Text;

namespace Voice.Application.Access;

/// <summary>A key that admits a caller. The key itself is known to its holder only; what is kept is its digest.</summary>
public sealed record ApiKey
{
    /// <summary>Names the key for good, also after it was revoked.</summary>
    public required string KeyId { get; init; }

    /// <summary>What its operator calls it; no two keys that are good have the same name.</summary>
    public required string Name { get; init; }

    /// <summary>What it lets its holder do.</summary>
    public required IReadOnlyList<Scope> Scopes { get; init; }

    /// <summary><see cref="DigestOf"/> the key.</summary>
    public required string Digest { get; init; }

    /// <summary>When it was made, UTC, whole milliseconds.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was revoked, UTC, whole milliseconds; null while it is good.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When it was last used, UTC and to the minute; null: never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>A new key of 256 random bits, and what is kept of it.</summary>
    /// <param name="name">What its operator calls it.</param>
    /// <param name="scopes">What it lets its holder do.</param>
    /// <param name="now">The time, UTC, whole milliseconds.</param>
    public static (string Secret, ApiKey Key) New(string name, IReadOnlyList<Scope> scopes, DateTimeOffset now)
    {
        var secret = $"vk_{RandomNumberGenerator.GetHexString(64, lowercase: true)}";
        var id = $"key_{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        return (secret, new ApiKey { KeyId = id, Name = name, Scopes = scopes, Digest = DigestOf(secret), CreatedAt = now });
    }

    /// <summary>SHA-256 of a key, hexadecimal. Looking for it tells whoever guesses nothing: he does not choose the digest.</summary>
    public static string DigestOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
