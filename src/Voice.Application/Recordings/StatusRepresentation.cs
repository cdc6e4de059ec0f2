using System.Security.Cryptography;
using System.Text.Json;
using Voice.Domain.Recordings;

namespace Voice.Application.Recordings;

/// <summary>The body as it is sent, written once and answered as often as it is asked for.</summary>
public sealed class StatusRepresentation
{
    internal StatusRepresentation(RecordingStatusBody body, RecordingView recording)
    {
        Json = JsonSerializer.SerializeToUtf8Bytes(body, JsonRules.Options);
        Tag = Convert.ToHexStringLower(SHA256.HashData(Json).AsSpan(0, 12));
        IsFinal = recording.Outcome.Status is RecordingStatus.Completed or RecordingStatus.Failed;
        Version = recording.Version;
    }

    /// <summary>The body, UTF-8.</summary>
    public byte[] Json { get; }

    /// <summary>A digest of the body, 24 hexadecimal digits: it changes exactly when the body does.</summary>
    public string Tag { get; }

    /// <summary>The recording is completed or failed.</summary>
    public bool IsFinal { get; }

    /// <summary>Grows whenever the recording is saved.</summary>
    public int Version { get; }
}
