using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Voice.Application;
using Voice.Application.Contracts;
using Voice.Domain.Contracts;
using Voice.Infrastructure.AfricasTalking.Sandbox;
using Voice.Infrastructure.Audio;
using Voice.Infrastructure.Speech;

namespace Voice.IntegrationTests.Contracts;

/// <summary>Whisper itself, with a model that is too small to make sense: what can be said of any model is asserted.</summary>
public sealed class WhisperTests : IDisposable
{
    private static readonly string Model = Fixture.At("whisper", "for-tests-ggml-tiny.en.bin");
    private readonly string _folder = Directory.CreateTempSubdirectory("voice-whisper-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_listens_to_the_end_and_tells_how_far_it_is()
    {
        using var whisper = new WhisperTranscriber(Model, atOnce: 1);
        await whisper.StartAsync(default);
        using var audio = await ConversationAsync();
        using var decoded = await new AudioDecoder(new()).DecodeAsync(audio, default);
        var heard = new Heard();

        var transcript = await whisper.TranscribeAsync(audio, decoded.Mixed, heard, default);

        transcript.Segments.Select(segment => segment.FromSeconds!.Value).Should().BeInAscendingOrder();
        transcript.Segments.Should().NotContain(segment => !(segment.FromSeconds >= 0 && segment.FromSeconds <= segment.ToSeconds
            && segment.ToSeconds <= Conversation.Seconds + 1 && segment.Confidence >= 0 && segment.Confidence <= 1));
        heard.Parts.Should().NotBeEmpty().And.BeInAscendingOrder().And.OnlyContain(part => part >= 0 && part <= 1);
    }

    [Fact]
    public async Task It_stops_when_nobody_wants_to_know_any_more()
    {
        using var whisper = new WhisperTranscriber(Model, atOnce: 1);
        await whisper.StartAsync(default);
        using var audio = await ConversationAsync();
        using var decoded = await new AudioDecoder(new()).DecodeAsync(audio, default);
        using var stop = new CancellationTokenSource();

        var hearing = whisper.TranscribeAsync(audio, decoded.Mixed, new Once(stop.Cancel), stop.Token);

        await FluentActions.Awaiting(() => hearing.WaitAsync(TimeSpan.FromMinutes(1))).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task It_makes_no_words_of_silence()
    {
        using var whisper = new WhisperTranscriber(Model, atOnce: 1);
        await whisper.StartAsync(default);
        using var audio = await KeepAsync(new MemoryStream(Silence.Wav(seconds: 3)));
        using var decoded = await new AudioDecoder(new()).DecodeAsync(audio, default);

        (await whisper.TranscribeAsync(audio, decoded.Mixed, new Heard(), default)).Text.Should().BeEmpty();
    }

    [Theory]
    [InlineData("missing", "is not there")]
    [InlineData("text", "is no Whisper model in ggml format")]
    [InlineData("empty", "is no Whisper model in ggml format")]
    [InlineData("half", "is no Whisper model in ggml format")]
    [InlineData("half a header", "is no Whisper model in ggml format")]
    public async Task A_model_that_cannot_be_read_stops_the_start_in_one_sentence(string kind, string sentence)
    {
        var model = Path.Combine(_folder, kind);
        var whole = await File.ReadAllBytesAsync(Model);
        if (kind != "missing") await File.WriteAllBytesAsync(model, kind switch
        {
            "text" => "this is no model"u8.ToArray(),
            "empty" => [],
            "half" => whole[..(whole.Length / 2)],
            _ => whole[..20],
        });
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);

        (await FluentActions.Awaiting(() => VoiceHost.StartAsync(database, $"--Transcription:ModelFile={model}"))
            .Should().ThrowAsync<SettingException>()).Which.Message.Should()
            .StartWith("Transcription:ModelFile names a file").And.Contain(sentence).And.Contain(model).And.NotContain("\n");
    }

    [SkippableTheory, OnBothDatabases]
    public async Task It_is_chosen_where_its_model_is_named(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database, $"--Transcription:ModelFile={Model}");

        using var answer = await voice.Http.PostAsJsonAsync(
            "/api/v1/voice/process", new { recording_id = await ProcessTests.CompletedAsync(voice), parties = ProcessTests.Parties });

        voice.Services.GetRequiredService<ITranscriber>().Engine.Should().Be(SpeechEngine.Whisper);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("Nobody speaks in this audio.", "the model for tests hears nothing");
        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
    }

    private async Task<AudioFile> ConversationAsync()
    {
        await using var conversation = Conversation.Open();
        return await KeepAsync(conversation);
    }

    private async Task<AudioFile> KeepAsync(Stream audio)
    {
        using var source = new AudioSource(new AudioSettings(), new AudioHosts(new AudioSettings(), null), _folder, TimeProvider.System);
        return await source.KeepAsync(audio, default);
    }

    private sealed class Heard : IProgress<double>
    {
        public List<double> Parts { get; } = [];

        public void Report(double value) => Parts.Add(value);
    }

    private sealed class Once(Action act) : IProgress<double>
    {
        public void Report(double value) => act();
    }
}
