using System.ComponentModel.DataAnnotations;
using Voice.Application;

namespace Voice.Infrastructure.Speech;

/// <summary>The settings under <c>Transcription</c>.</summary>
internal sealed class TranscriptionSettings : IValidatableObject
{
    public const string PocketSphinx = "pocketsphinx";
    public const string OpenAi = "openai";

    /// <summary>Which engine.</summary>
    public string Engine { get; init; } = PocketSphinx;

    /// <summary>For openai: the server, without <c>/v1</c>.</summary>
    [AbsoluteAddress]
    public Uri? BaseUrl { get; init; }

    public string ApiKey { get; init; } = "";

    /// <summary>For openai: the model to ask for.</summary>
    public string Model { get; init; } = "whisper-1";

    /// <summary>How many transcriptions run at the same time on this instance.</summary>
    [Range(1, 64, ErrorMessage = "must be 1 to 64.")]
    public int AtOnce { get; init; } = 1;

    /// <summary>How long one transcription may take.</summary>
    [Duration]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Engine == OpenAi && BaseUrl is null) yield return new($"must be set when Transcription:Engine is {OpenAi}.", [nameof(BaseUrl)]);
        if (Engine is not (PocketSphinx or OpenAi)) yield return new($"must be {PocketSphinx} or {OpenAi}.", [nameof(Engine)]);
    }
}
