using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Voice.TestKit;

/// <summary>A speech engine that hears what a test says, over real HTTP, in the words of OpenAI's API.</summary>
internal sealed class SpeechDouble : IAsyncDisposable
{
    /// <summary>What two parties may say.</summary>
    public const string Deal =
        "I want to buy two hundred bags of maize. My price is three thousand two hundred shillings per bag. Okay. "
        + "That makes six hundred and forty thousand shillings in total. Yes.";

    private WebApplication _app = null!;
    private int _calls;

    public int Calls => _calls;

    /// <summary>How long it takes.</summary>
    public TimeSpan Takes { get; set; }

    /// <summary>How it was last asked to answer: the format, and the times that were asked for.</summary>
    public string Asked { get; private set; } = "";

    /// <summary>The length of the audio that it heard last.</summary>
    public long Bytes { get; private set; }

    public string[] Settings =>
        ["--Transcription:Engine=openai", $"--Transcription:BaseUrl={_app.Urls.First()}", "--Transcription:ApiKey=the-speech-key"];

    public static Task<SpeechDouble> StartAsync(string text, TimeSpan takes = default) => StartAsync(_ =>
        new { text, segments = new[] { new { start = 0.5, end = 2.0, text = " " + text, avg_logprob = -0.05 } } }, takes);

    /// <param name="hear">What it answers, by the number of the call, from 1; null: it refuses to tell times.</param>
    /// <param name="takes">How long it takes.</param>
    public static async Task<SpeechDouble> StartAsync(Func<int, object?> hear, TimeSpan takes = default)
    {
        var speech = new SpeechDouble { Takes = takes };
        speech._app = await HttpDouble.StartAsync(app => app.MapPost("/v1/audio/transcriptions", async context =>
        {
            var heard = hear(Interlocked.Increment(ref speech._calls));
            var form = await context.Request.ReadFormAsync();
            speech.Bytes = form.Files["file"]?.Length ?? 0;
            speech.Asked = $"{form["response_format"]} {form["timestamp_granularities[]"]}".Trim();
            var hasAudio = speech.Bytes > 44;
            if (context.Request.Headers.Authorization != "Bearer the-speech-key" || !hasAudio || heard is null)
            {
                context.Response.StatusCode = 400;
                return;
            }
            await Task.Delay(speech.Takes, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await context.Response.WriteAsJsonAsync(heard);
        }));
        return speech;
    }

    public ValueTask DisposeAsync() => _app.StopAtOnceAsync();
}
