using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Voice.Application.Contracts;
using Voice.Infrastructure.AfricasTalking.Sandbox;
using Voice.Infrastructure.Audio;
using Voice.Infrastructure.Speech;

namespace Voice.IntegrationTests.Contracts;

/// <summary>What is known of the speech beside its words: who speaks, when, and how much of it has been heard.</summary>
public sealed class ListeningTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voice-listening-");

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableFact]
    public async Task Legs_that_were_recorded_apart_are_heard_apart_and_the_job_tells_how_much_of_them()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var speech = await SpeechDouble.StartAsync(call => call == 1
            ? Said((0.2, "Ten bags of maize at three thousand shillings per bag."), (4.2, "Okay."))
            : Said((2.2, "Four thousand shillings per bag.")), takes: TimeSpan.FromSeconds(3));
        await using var voice = await VoiceHost.StartAsync(database, speech.Settings);

        var job = await UploadAsync(voice, Wav(seconds: 6, channels: 2, (second, channel) => second / 2 % 2 == channel));

        (await Eventually.SeesAsync(() => voice.Http.GetStringAsync(job), body => body.Contains("\"step\":\"listening\"")))
            .Should().Contain("\"progress\":{\"step\":\"listening\",\"done\":0}");
        await Eventually.SeesAsync(() => voice.Http.GetStringAsync(job), body =>
            body.Contains("\"progress\":{\"step\":\"listening\",\"done\":0.5}"));
        var contract = await ContractAsync(voice, job);
        contract.GetProperty("transcript").GetString().Should().Be(
            "Ten bags of maize at three thousand shillings per bag. Four thousand shillings per bag. Okay.");
        contract.GetProperty("terms").GetProperty("unit_price").GetInt32().Should().Be(4000, "the other side said okay to it");
        contract.GetProperty("evidence").GetProperty("unit_price").GetProperty("at_seconds").GetDouble().Should().Be(2.2);
        speech.Calls.Should().Be(2);
        speech.Asked.Should().Be("verbose_json word,segment");
    }

    [SkippableTheory]
    [InlineData(1)] // channel
    [InlineData(2)] // channels with the same
    public async Task One_sound_is_heard_once(int channels)
    {
        using var audio = await KeepAsync(Wav(seconds: 6, channels, (second, _) => second / 2 % 2 == 0));

        var decoded = await new AudioDecoder(new()).DecodeAsync(audio, default);

        decoded.Legs.Should().BeEmpty();
        new FileInfo(decoded.Mixed).Length.Should().Be(44 + (6 * 16_000 * 2));
    }

    // Nobody can tell whose turn came when, or one of them is silent and both may be on the other's leg.
    [SkippableTheory]
    [InlineData("three thousand", "", 2)]
    [InlineData("", "three thousand", 3)]
    public async Task Legs_that_cannot_be_put_in_order_are_heard_as_they_were_mixed(string untimed, string timed, int calls)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var speech = await SpeechDouble.StartAsync(call => call == calls ? new { text = ProcessTests.Deal }
            : call == 1 && timed.Length > 0 ? Said((0, timed)) : new { text = untimed });
        await using var voice = await VoiceHost.StartAsync(database, speech.Settings);

        var job = await UploadAsync(voice, Wav(seconds: 6, channels: 2, (second, channel) => second / 2 % 2 == channel));

        (await ContractAsync(voice, job)).GetProperty("transcript").GetString().Should().Be(ProcessTests.Deal);
    }

    [SkippableFact]
    public async Task A_model_that_knows_no_times_is_asked_for_the_words_alone()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var speech = await SpeechDouble.StartAsync(call => call == 1 ? null : new { text = ProcessTests.Deal });
        await using var voice = await VoiceHost.StartAsync(database, speech.Settings);

        var contract = await ContractAsync(voice, await UploadAsync(voice, Wav(seconds: 1, channels: 1, (_, _) => true)));

        contract.GetProperty("terms").GetProperty("unit_price").GetInt32().Should().Be(3200);
        contract.GetProperty("evidence").GetProperty("unit_price").GetProperty("at_seconds").ValueKind.Should().Be(JsonValueKind.Null);
        speech.Asked.Should().Be("json");
    }

    [SkippableFact]
    public async Task The_engine_in_its_own_process_tells_how_much_it_has_heard()
    {
        Needs.Tool(Directory.Exists(SphinxWorker.ModelFolder), "The speech engine is not installed.");
        await using var recording = typeof(SandboxProvider).Assembly.GetManifestResourceStream("conversation.mp3")!;
        using var audio = await KeepAsync(recording);
        var heard = new Heard();

        var transcript = await new SphinxTranscriber(new()).TranscribeAsync(
            audio, (await new AudioDecoder(new()).DecodeAsync(audio, default)).Mixed, heard, default);

        transcript.IsTimed.Should().BeTrue();
        heard.Parts.Should().HaveCountGreaterThan(5).And.BeInAscendingOrder().And.OnlyContain(part => part > 0 && part <= 1);
        heard.Parts[^1].Should().BeGreaterThan(0.9);
    }

    private static object Said(params (double At, string Text)[] sentences) => new
    {
        text = string.Join(' ', sentences.Select(sentence => sentence.Text)),
        segments = sentences.Select(sentence => new { start = sentence.At, end = sentence.At + 1.5, text = sentence.Text }),
    };

    private static async Task<Uri> UploadAsync(VoiceHost voice, Stream audio)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(JsonSerializer.Serialize(ProcessTests.Parties)), "parties" },
                { new StreamContent(audio), "file", "call.wav" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/voice/upload")
        {
            Content = form,
            Headers = { { "Prefer", "respond-async" } },
        };
        using var response = await voice.Http.SendAsync(request);
        return response.Headers.Location!;
    }

    private static async Task<JsonElement> ContractAsync(VoiceHost voice, Uri job)
    {
        var done = await Eventually.SeesAsync(() => voice.Http.GetFromJsonAsync<JsonElement>(job), body => body.Status() is "completed");
        return await voice.Http.GetFromJsonAsync<JsonElement>($"/api/v1/contracts/{done.GetProperty("contract_id").GetString()}");
    }

    /// <summary>A tone in a channel where it speaks in that second.</summary>
    private static MemoryStream Wav(int seconds, int channels, Func<int, int, bool> speaks)
    {
        const int rate = 16_000;
        var length = seconds * rate * channels * 2;
        var wav = new MemoryStream();
        using var writer = new BinaryWriter(wav, Encoding.ASCII, leaveOpen: true);
        writer.Write("RIFF"u8);
        writer.Write(36 + length);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)channels);
        writer.Write(rate);
        writer.Write(rate * channels * 2);
        writer.Write((short)(channels * 2));
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(length);
        for (var at = 0; at < seconds * rate; at++)
            for (var channel = 0; channel < channels; channel++)
                writer.Write((short)(speaks(at / rate, channel) ? 8_000 * Math.Sin(at / 9.0) : 0));
        wav.Position = 0;
        return wav;
    }

    private Task<AudioFile> KeepAsync(Stream audio) => new AudioSource(
        new AudioSettings(), new AudioHosts(new AudioSettings(), null), _folder.FullName, TimeProvider.System).KeepAsync(audio, default);

    private sealed class Heard : IProgress<double>
    {
        public List<double> Parts { get; } = [];

        public void Report(double value) => Parts.Add(value);
    }
}
