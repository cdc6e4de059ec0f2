using System.ComponentModel.DataAnnotations;
using Voice.Application;
using Voice.Domain.Contracts;

namespace Voice.Infrastructure.Speech;

/// <summary>The settings under <c>Transcription</c>.</summary>
internal sealed class TranscriptionSettings : IValidatableObject
{
    private const string Auto = "auto";

    /// <summary>Which engine, or <c>auto</c>: the first that is set up.</summary>
    public string Engine { get; init; } = Auto;

    /// <summary>For whisper: the model, a file in ggml format.</summary>
    public string? ModelFile { get; init; }

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
        var isNamed = SpeechEngines.TryParse(Engine, out var engine);
        if (!isNamed && Engine != Auto) yield return new(
            $"must be {Auto}, {string.Join(", ", Enum.GetValues<SpeechEngine>().Select(one => one.Name()))}.", [nameof(Engine)]);
        var missing = !isNamed ? null
            : engine == SpeechEngine.Whisper && ModelFile is null ? nameof(ModelFile)
            : engine == SpeechEngine.Openai && BaseUrl is null ? nameof(BaseUrl)
            : null;
        if (missing is not null) yield return new($"must be set when Transcription:Engine is {Engine}.", [missing]);
    }
}
