using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using AutoMapper;
using Voice.Domain.Recordings;

namespace Voice.Application.Recordings;

/// <summary>The status of a recording, with its members in the documented order.</summary>
public sealed class RecordingStatusBody
{
    /// <summary>The unique recording identifier.</summary>
    public required string RecordingId { get; init; }

    /// <summary>recording, processing, completed or failed.</summary>
    public required string Status { get; init; }

    /// <summary>Length in whole seconds; null until known.</summary>
    public int? Duration { get; init; }

    /// <summary>Where the audio can be fetched; null unless completed.</summary>
    public string? RecordingUrl { get; init; }

    /// <summary>When the conference was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the recording became completed; null in every other status.</summary>
    public DateTimeOffset? ProcessedAt { get; init; }

    /// <summary>Why no recording will come; present only when failed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FailureBody? Failure { get; init; }
}

/// <summary>Why no recording will come.</summary>
public sealed class FailureBody
{
    /// <summary>A code for programs, such as no_answer.</summary>
    public required string Code { get; init; }

    /// <summary>What happened and what to do next, for people.</summary>
    public required string Message { get; init; }
}

internal sealed class RecordingStatusProfile : Profile
{
    public RecordingStatusProfile() => CreateMap<RecordingView, RecordingStatusBody>()
        .ForMember(body => body.Status, map => map.MapFrom(view => view.Outcome.Status.Name()))
        .ForMember(body => body.Duration, map => map.MapFrom(view => view.Outcome.ShownSeconds))
        .ForMember(body => body.RecordingUrl, map => map.MapFrom(view => view.Outcome.ShownUrl))
        .ForMember(body => body.ProcessedAt, map => map.MapFrom(view => view.Outcome.CompletedAt))
        .ForMember(body => body.Failure, map => map.MapFrom(view => Describe(view.Outcome.ShownFailure)));

    private static FailureBody? Describe(FailureCode? failure) =>
        failure is { } code ? new FailureBody { Code = code.Name(), Message = code.Sentence() } : null;
}

/// <summary>The body as it goes over the wire, written once and answered as often as it is asked for.</summary>
public sealed class StatusRepresentation
{
    internal StatusRepresentation(RecordingStatusBody body, RecordingView recording)
    {
        Json = JsonSerializer.SerializeToUtf8Bytes(body, StatusJson.Default.RecordingStatusBody);
        // A digest of the body changes exactly when the body does.
        ETag = $"\"{Convert.ToHexStringLower(SHA256.HashData(Json).AsSpan(0, 12))}\"";
        IsFinal = recording.Outcome.Status is RecordingStatus.Completed or RecordingStatus.Failed;
        Version = recording.Version;
    }

    /// <summary>The body, UTF-8.</summary>
    public byte[] Json { get; }

    /// <summary>The strong entity tag, with its quotes (RFC 9110, section 8.8.3).</summary>
    public string ETag { get; }

    /// <summary>The recording is completed or failed.</summary>
    public bool IsFinal { get; }

    /// <summary>Grows whenever the recording is saved.</summary>
    public int Version { get; }

    /// <summary>Whether an <c>If-None-Match</c> header names this body (RFC 9110, section 13.1.2: weak comparison).</summary>
    public bool Matches(string? ifNoneMatch)
    {
        if (string.IsNullOrEmpty(ifNoneMatch)) return false;
        if (ifNoneMatch == ETag) return true;
        foreach (var part in ifNoneMatch.AsSpan().Split(','))
        {
            var tag = ifNoneMatch.AsSpan(part).Trim();
            if (tag.StartsWith("W/", StringComparison.Ordinal)) tag = tag[2..];
            if (tag is "*" || tag.SequenceEqual(ETag)) return true;
        }
        return false;
    }
}

/// <summary>UTC, ISO 8601, exactly three fractional digits and Z, as everywhere in the contract.</summary>
public sealed class MillisecondsConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[24];
        value.UtcDateTime.TryFormat(text, out var length, "yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(MillisecondsConverter)])]
[JsonSerializable(typeof(RecordingStatusBody))]
internal sealed partial class GeneratedStatusJson : JsonSerializerContext;

internal static class StatusJson
{
    // The generator has no switch for the encoder; relaxed, so that + and ' stay what they are.
    public static GeneratedStatusJson Default { get; } = new(new JsonSerializerOptions(GeneratedStatusJson.Default.Options)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
