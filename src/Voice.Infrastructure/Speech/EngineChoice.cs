using Voice.Application;
using Voice.Domain.Contracts;

namespace Voice.Infrastructure.Speech;

/// <summary>The engine that <c>Transcription</c> names, chosen once, at the start.</summary>
/// <param name="Engine">The engine; null: none is set up.</param>
/// <param name="Description">Plain words on it, and what it would take to get a better one.</param>
internal sealed record EngineChoice(SpeechEngine? Engine, string Description)
{
    private const string Better = "Transcription:ModelFile sets a Whisper model";

    /// <exception cref="SettingException">An engine is named that is not there.</exception>
    public static EngineChoice From(TranscriptionSettings settings, bool hasSandbox)
    {
        SpeechEngine? engine = SpeechEngines.TryParse(settings.Engine, out var named) ? named : First();
        return new(engine, engine switch
        {
            SpeechEngine.Whisper => $"Whisper with {Path.GetFileName(settings.ModelFile)} (a larger model hears better)",
            SpeechEngine.Openai => $"{settings.Model} at {settings.BaseUrl!.Host}",
            SpeechEngine.Pocketsphinx when !SphinxTranscriber.IsInstalled => throw new SettingException(
                $"Transcription:Engine names pocketsphinx, which is not installed; {SphinxTranscriber.Installation}."),
            SpeechEngine.Pocketsphinx => $"pocketsphinx, which mishears one word in five ({Better})",
            SpeechEngine.Sandbox when !hasSandbox => throw new SettingException(
                "Transcription:Engine names the sandbox's transcript, but AfricasTalking:ApiKey sets the real provider."),
            SpeechEngine.Sandbox => $"none, contracts are made of the sandbox's own recording only ({Better})",
            null => $"none, no contract can be made ({Better})",
        });

        SpeechEngine? First() => settings.ModelFile is not null ? SpeechEngine.Whisper
            : settings.BaseUrl is not null ? SpeechEngine.Openai
            : SphinxTranscriber.IsInstalled ? SpeechEngine.Pocketsphinx
            : hasSandbox ? SpeechEngine.Sandbox
            : null;
    }
}
