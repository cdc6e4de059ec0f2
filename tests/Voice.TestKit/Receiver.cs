using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using StandardWebhooks;

namespace Voice.TestKit;

/// <summary>A customer's back-end: it checks what it is sent, keeps it, and answers as a test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedEvent> _received = new();
    private WebApplication _app = null!;
    private StandardWebhook? _webhook;

    public string Address => _app.Urls.First() + "/events";

    /// <summary>The endpoint that stands for it.</summary>
    public string EndpointId { get; private set; } = "";

    /// <summary>Every try, in the order in which they were answered.</summary>
    public IReadOnlyList<ReceivedEvent> Received => [.. _received];

    /// <summary>Each event that was answered with success, once, in the order of that.</summary>
    public IReadOnlyList<ReceivedEvent> Taken =>
        [.. _received.Where(received => received.Status is >= 200 and < 300).DistinctBy(received => received.Id)];

    /// <param name="answer">Sets the answer to the how many-th try, from 1; null: it takes everything.</param>
    public static async Task<Receiver> StartAsync(Func<int, ReceivedEvent, HttpContext, Task>? answer = null)
    {
        var receiver = new Receiver();
        var tries = 0;
        receiver._app = await HttpDouble.StartAsync(app => app.MapPost("/events", async context =>
        {
            var received = await receiver.ReadAsync(context.Request);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            try
            {
                if (answer is not null) await answer(Interlocked.Increment(ref tries), received, context);
            }
            finally
            {
                // Whoever hung up has heard no answer.
                var status = context.RequestAborted.IsCancellationRequested ? 0 : context.Response.StatusCode;
                receiver._received.Enqueue(received with { Status = status });
            }
        }));
        return receiver;
    }

    /// <summary>Has it told of these events, or of all.</summary>
    public async Task RegisterAsync(HttpClient voice, params string[] events)
    {
        using var response = await voice.PostAsJsonAsync(
            "/api/v1/webhook-endpoints", new { url = Address, events = events.Length == 0 ? null : events });
        var endpoint = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        EndpointId = endpoint.GetProperty("id").GetString()!;
        _webhook = new StandardWebhook(endpoint.GetProperty("secret").GetString()!);
    }

    public ValueTask DisposeAsync() => _app.StopAtOnceAsync();

    private async Task<ReceivedEvent> ReadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync();
        _webhook?.Verify(body, request.Headers); // Throws at a bad signature, and the test sees a 500.
        var json = JsonDocument.Parse(body).RootElement;
        return new(request.Headers["webhook-id"].ToString(), json.GetProperty("type").GetString()!, json.GetProperty("data"), body);
    }
}

/// <summary>A try to deliver an event.</summary>
internal sealed record ReceivedEvent(string Id, string Type, JsonElement Data, string Body, int Status = 0)
{
    /// <summary>The recording that it is about, if any.</summary>
    public string? RecordingId => Data.TryGetProperty("recording_id", out var id) ? id.GetString() : null;
}
