using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Voice.TestKit;

/// <summary>A language model that answers what a test says, over real HTTP, in the words of OpenAI's API.</summary>
internal sealed class ChatDouble : IAsyncDisposable
{
    public const string ApiKey = "the-reading-key";

    private WebApplication _app = null!;

    /// <summary>What it was asked last.</summary>
    public JsonElement Asked { get; private set; }

    public string[] Settings => [
        "--Reading:Engine=openai", $"--Reading:BaseUrl={_app.Urls.First()}", $"--Reading:ApiKey={ApiKey}", "--Reading:Model=the-model"];

    /// <summary>One that proposes those terms, each {term, value, quote, accepting_quote}.</summary>
    public static Task<ChatDouble> ProposingAsync(params object[] terms) => SayingAsync(JsonSerializer.Serialize(new { terms }));

    /// <summary>One whose message has that content.</summary>
    public static Task<ChatDouble> SayingAsync(string content) => AnsweringAsync(200, JsonSerializer.Serialize(new
    {
        id = "chatcmpl-1",
        choices = new[] { new { index = 0, message = new { role = "assistant", content }, finish_reason = "stop" } },
    }));

    /// <summary>One whose whole answer is that.</summary>
    public static async Task<ChatDouble> AnsweringAsync(int status, string body, TimeSpan takes = default)
    {
        var chat = new ChatDouble();
        chat._app = await HttpDouble.StartAsync(app => app.MapPost("/v1/chat/completions", async context =>
        {
            if (context.Request.Headers.Authorization != $"Bearer {ApiKey}" || context.Request.ContentLength is null)
            {
                context.Response.StatusCode = context.Request.ContentLength is null ? 411 : 401;
                return;
            }
            chat.Asked = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
            await Task.Delay(takes, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(body);
        }));
        return chat;
    }

    public ValueTask DisposeAsync() => _app.StopAtOnceAsync();
}
