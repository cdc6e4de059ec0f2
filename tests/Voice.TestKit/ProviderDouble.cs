using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Voice.TestKit;

/// <summary>A provider that answers <c>POST /call</c> as a test says, over real HTTP.</summary>
internal sealed class ProviderDouble : IAsyncDisposable
{
    private WebApplication _app = null!;

    public ConcurrentQueue<IFormCollection> Calls { get; } = new();

    public ConcurrentQueue<string> Keys { get; } = new();

    /// <summary>The settings that make the service call here.</summary>
    public string[] Settings =>
    [
        $"--AfricasTalking:BaseUrl={_app.Urls.First()}", "--AfricasTalking:ApiKey=the-api-key", "--AfricasTalking:Username=us",
        "--AfricasTalking:VoiceNumber=+254711082000",
    ];

    public static async Task<ProviderDouble> StartAsync(Func<int, HttpContext, Task> answer)
    {
        var provider = new ProviderDouble();
        provider._app = await HttpDouble.StartAsync(app => app.MapPost("/call", async context =>
        {
            provider.Keys.Enqueue(context.Request.Headers["apiKey"].ToString());
            provider.Calls.Enqueue(await context.Request.ReadFormAsync());
            await answer(provider.Calls.Count, context);
        }));
        return provider;
    }

    public static Task<ProviderDouble> StartAsync(HttpStatusCode status, string body) => StartAsync((_, context) =>
    {
        context.Response.StatusCode = (int)status;
        return context.Response.WriteAsync(body);
    });

    /// <summary>Takes every call, with a session that the test knows.</summary>
    public static Task<ProviderDouble> StartAsync(Func<int, string> session) =>
        StartAsync((number, context) => TakeAsync(context, session(number)));

    /// <summary>Answers that the call is placed.</summary>
    public static Task TakeAsync(HttpContext context, string session)
    {
        context.Response.StatusCode = 201;
        var entry = new { phoneNumber = "+254712345678", status = "Queued", sessionId = session };
        return context.Response.WriteAsJsonAsync(new { entries = new[] { entry }, errorMessage = "None" });
    }

    public ValueTask DisposeAsync() => _app.StopAtOnceAsync();
}
