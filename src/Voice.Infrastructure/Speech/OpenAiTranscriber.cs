using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Voice.Application;
using Voice.Application.Contracts;
using Voice.Domain.Reading;

namespace Voice.Infrastructure.Speech;

/// <summary>
/// Listens with any server that speaks OpenAI's <c>POST /v1/audio/transcriptions</c>: whisper.cpp's, speaches, LocalAI, OpenAI.
/// </summary>
internal sealed class OpenAiTranscriber(HttpClient http, TranscriptionSettings settings) : ITranscriber
{
    public async Task<Transcript> TranscribeAsync(string wavFile, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(settings.Model), "model" },
            { new StringContent("verbose_json"), "response_format" },
            { new StringContent("segment"), "timestamp_granularities[]" },
            { new StreamContent(File.OpenRead(wavFile)) { Headers = { ContentType = new MediaTypeHeaderValue("audio/wav") } }, "file",
                "audio.wav" },
        };
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"{settings.BaseUrl!.ToString().TrimEnd('/')}/v1/audio/transcriptions")
        { Content = form };
        if (settings.ApiKey.Length > 0) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.ApiKey);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode) throw new EngineFailedException(
                $"The speech engine answered {(int)response.StatusCode}. Try again; if it stays, tell the operator.");
            var answer = await JsonSerializer.DeserializeAsync<Answer>(
                await response.Content.ReadAsStreamAsync(cancellationToken), JsonSerializerOptions.Web, cancellationToken);
            return Compose(answer);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException)
        {
            throw new EngineFailedException("The speech engine could not be reached, or answered nonsense. Try again shortly.", exception);
        }
    }

    private static Transcript Compose(Answer? answer)
    {
        if (answer?.Segments is not { Count: > 0 } heard) return Transcript.Of(answer?.Text?.Trim() ?? "");
        var text = new StringBuilder();
        var segments = new List<TranscriptSegment>();
        foreach (var segment in heard)
        {
            if (text.Length > 0) text.Append(' ');
            var words = segment.Text?.Trim() ?? "";
            double? confidence = segment.AverageLogProbability is { } log ? Math.Round(Math.Min(1, Math.Exp(log)), 3) : null;
            segments.Add(new(text.Length, text.Length + words.Length, segment.Start, segment.End, confidence));
            text.Append(words);
        }
        return new Transcript(text.ToString(), segments);
    }

    private sealed record Answer(string? Text, IReadOnlyList<Segment>? Segments);

    private sealed record Segment(
        double? Start, double? End, string? Text, [property: JsonPropertyName("avg_logprob")] double? AverageLogProbability);
}
