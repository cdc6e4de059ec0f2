using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Voice.Application;
using Voice.Application.Contracts;
using Voice.Domain.Contracts;
using Voice.Domain.Reading;

namespace Voice.Infrastructure.Speech;

/// <summary>
/// Listens with any server that speaks OpenAI's <c>POST /v1/audio/transcriptions</c>: whisper.cpp's, speaches, LocalAI, OpenAI. What such a
/// server does not tell (times of words, or of anything) the transcript does not have; how far it is, none of them tells.
/// </summary>
internal sealed class OpenAiTranscriber(HttpClient http, TranscriptionSettings settings) : ITranscriber
{
    // A model that knows no times refuses the first, and is asked for the words alone.
    private static readonly (string Format, string[] Times)[] Wishes = [("verbose_json", ["word", "segment"]), ("json", [])];

    public SpeechEngine Engine => SpeechEngine.Openai;

    public async Task<Transcript> TranscribeAsync(
        AudioFile audio, string wavFile, IProgress<double> heard, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (format, times) in Wishes)
            {
                using var request = OpenAi.Post(
                    settings.BaseUrl!, "/v1/audio/transcriptions", settings.ApiKey, Form(wavFile, format, times));
                using var response = await http.SendAsync(request, cancellationToken);
                if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity && times.Length > 0) continue;
                if (!response.IsSuccessStatusCode) throw new EngineFailedException(
                    $"The speech engine answered {(int)response.StatusCode}. Try again; if it stays, tell the operator.");
                var answer = await JsonSerializer.DeserializeAsync(
                    await response.Content.ReadAsStreamAsync(cancellationToken), OpenAiSpeechJson.Default.OpenAiSpeech, cancellationToken);
                return (answer ?? new()).ToTranscript();
            }
            throw new InvalidOperationException("The last wish has no times.");
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException)
        {
            throw new EngineFailedException("The speech engine could not be reached, or answered nonsense. Try again shortly.", exception);
        }
    }

    private MultipartFormDataContent Form(string wavFile, string format, string[] times)
    {
        var form = new MultipartFormDataContent
        {
            { new StringContent(settings.Model), "model" },
            { new StringContent(format), "response_format" },
            { new StreamContent(File.OpenRead(wavFile)) { Headers = { ContentType = new MediaTypeHeaderValue("audio/wav") } }, "file",
                "audio.wav" },
        };
        foreach (var time in times) form.Add(new StringContent(time), "timestamp_granularities[]");
        return form;
    }
}
