using Voice.Application;
using Voice.Domain.Contracts;
using Voice.Infrastructure.Speech;

namespace Voice.UnitTests.Speech;

public class EngineChoiceTests
{
    private static readonly Uri Server = new("http://speech.example:9000");

    [Fact]
    public void Of_what_is_set_up_the_first_is_taken_and_told()
    {
        Choice(new() { ModelFile = "/models/ggml-base.en.bin", BaseUrl = Server }).Engine.Should().Be(SpeechEngine.Whisper);
        Choice(new() { ModelFile = "/models/ggml-base.en.bin" }).Description.Should().Contain("ggml-base.en.bin");
        Choice(new() { BaseUrl = Server }).Should().Be(new EngineChoice(SpeechEngine.Openai, "whisper-1 at speech.example"));
        Choice(new()).Engine.Should().Be(SphinxTranscriber.IsInstalled ? SpeechEngine.Pocketsphinx : SpeechEngine.Sandbox);
        Choice(new()).Description.Should().Contain("Transcription:ModelFile", "that is what it takes to get a better one");
    }

    [Fact]
    public void The_engine_that_is_named_is_taken_whatever_else_is_set_up()
    {
        Choice(new() { Engine = "openai", ModelFile = "model.bin", BaseUrl = Server }).Engine.Should().Be(SpeechEngine.Openai);
        Choice(new() { Engine = "sandbox", ModelFile = "model.bin" }).Engine.Should().Be(SpeechEngine.Sandbox);
    }

    [Fact]
    public void Nobody_else_than_the_sandbox_has_its_transcript()
    {
        FluentActions.Invoking(() => EngineChoice.From(new() { Engine = "sandbox" }, hasSandbox: false)).Should().Throw<SettingException>()
            .Which.Message.Should().Contain("Transcription:Engine").And.Contain("AfricasTalking:ApiKey");
        EngineChoice.From(new(), hasSandbox: false).Engine.Should().NotBe(SpeechEngine.Sandbox);
    }

    private static EngineChoice Choice(TranscriptionSettings settings) => EngineChoice.From(settings, hasSandbox: true);
}
