using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Voice.TestKit;

/// <summary>A speech engine that hears what a test says, over real HTTP, in the words of OpenAI's API.</summary>
internal sealed class SpeechDouble : IAsyncDisposable
{
    private WebApplication _app = null!;
    private int _calls;

    public int Calls => _calls;

    /// <summary>The length of the audio that it heard last.</summary>
    public long Bytes { get; private set; }

    public string[] Settings =>
        ["--Transcription:Engine=openai", $"--Transcription:BaseUrl={_app.Urls.First()}", "--Transcription:ApiKey=the-speech-key"];

    public static async Task<SpeechDouble> StartAsync(string text, TimeSpan takes = default)
    {
        var speech = new SpeechDouble();
        speech._app = await HttpDouble.StartAsync(app => app.MapPost("/v1/audio/transcriptions", async context =>
        {
            Interlocked.Increment(ref speech._calls);
            var form = await context.Request.ReadFormAsync();
            speech.Bytes = form.Files["file"]?.Length ?? 0;
            var hasAudio = speech.Bytes > 44;
            if (context.Request.Headers.Authorization != "Bearer the-speech-key" || !hasAudio || form["response_format"] != "verbose_json")
            {
                context.Response.StatusCode = 400;
                return;
            }
            await Task.Delay(takes, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var segment = new { start = 0.5, end = 2.0, text = " " + text, avg_logprob = -0.05 };
            await context.Response.WriteAsJsonAsync(new { text, segments = new[] { segment } });
        }));
        return speech;
    }

    public ValueTask DisposeAsync() => _app.StopAtOnceAsync();
}
