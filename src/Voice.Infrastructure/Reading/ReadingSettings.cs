using System.ComponentModel.DataAnnotations;
using Voice.Application;

namespace Voice.Infrastructure.Reading;

/// <summary>The settings under <c>Reading</c>.</summary>
internal sealed class ReadingSettings : IValidatableObject
{
    public const string Rules = "rules";
    public const string OpenAi = "openai";

    /// <summary>Who reads: the rules alone, or a model that proposes beside them.</summary>
    public string Engine { get; init; } = Rules;

    /// <summary>For openai: the server, without <c>/v1</c>.</summary>
    [AbsoluteAddress]
    public Uri? BaseUrl { get; init; }

    public string ApiKey { get; init; } = "";

    /// <summary>For openai: the model to ask for.</summary>
    public string Model { get; init; } = "gpt-4o-mini";

    /// <summary>How long it may take; then the rules alone answer.</summary>
    [Duration]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Engine == OpenAi && BaseUrl is null) yield return new($"must be set when Reading:Engine is {OpenAi}.", [nameof(BaseUrl)]);
        if (Engine is not (Rules or OpenAi)) yield return new($"must be {Rules} or {OpenAi}.", [nameof(Engine)]);
    }
}
