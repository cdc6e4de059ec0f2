using System.Security.Cryptography;
using System.Text.Json;

namespace Voice.Application;

/// <summary>A body as it is sent, written once and answered as often as it is asked for.</summary>
public class Representation
{
    /// <param name="body">The body.</param>
    /// <param name="isFinal">Its status will not change any more.</param>
    /// <param name="changesAt">When it changes by time alone.</param>
    internal Representation(object body, bool isFinal, DateTimeOffset? changesAt = null)
    {
        Json = JsonSerializer.SerializeToUtf8Bytes(body, JsonRules.Options);
        Tag = Convert.ToHexStringLower(SHA256.HashData(Json).AsSpan(0, 12));
        IsFinal = isFinal;
        ChangesAt = changesAt;
    }

    /// <summary>The body, UTF-8.</summary>
    public byte[] Json { get; }

    /// <summary>A digest of the body, 24 hexadecimal digits: it changes exactly when the body does.</summary>
    public string Tag { get; }

    /// <summary>Its status will not change any more.</summary>
    public bool IsFinal { get; }

    /// <summary>When it changes by time alone, UTC; null: it does not.</summary>
    public DateTimeOffset? ChangesAt { get; }
}
