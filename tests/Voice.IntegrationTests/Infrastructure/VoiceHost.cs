using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Voice.Api;

namespace Voice.IntegrationTests.Infrastructure;

/// <summary>The real service on a free port of 127.0.0.1, with the sandbox unless told otherwise.</summary>
internal sealed class VoiceHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder = Directory.CreateTempSubdirectory("voice-host-").FullName;

    private VoiceHost(TestDatabase database, string[] settings)
    {
        _app = VoiceService.Build([
            "--environment=Development", "--Urls=http://127.0.0.1:0", $"--ConnectionStrings:Voice={database.ConnectionString}",
            "--Database:MigrateOnStart=false", $"--Sandbox:Folder={_folder}", $"--Audio:Folder={_folder}/audio", "--Sandbox:CallDuration=00:00:00.3", .. settings]);
        _app.Services.GetRequiredService<ILoggerFactory>().AddProvider(Log);
    }

    public LogBook Log { get; } = new();

    public HttpClient Http { get; } = new();

    public IServiceProvider Services => _app.Services;

    public string AudioFolder => Path.Combine(_folder, "audio");

    public string Address => Http.BaseAddress!.ToString().TrimEnd('/');

    public static async Task<VoiceHost> StartAsync(TestDatabase database, params string[] settings)
    {
        var host = new VoiceHost(database, settings);
        await host._app.StartAsync();
        host.Http.BaseAddress = new Uri(host._app.Urls.First());
        return host;
    }

    public Task<HttpResponseMessage> CreateAsync(string first = "+254712345678", string other = "+254787654321", int? expected = null, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/voice/conference/create")
        {
            Content = JsonContent.Create(new { parties = new[] { first, other }, expected_duration = expected }),
        };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return Http.SendAsync(request);
    }

    public async Task<string> CreatedIdAsync(string first = "+254712345678", string other = "+254787654321", int? expected = null)
    {
        using var response = await CreateAsync(first, other, expected);
        return response.Headers.Location!.ToString().Split('/')[^1];
    }

    public Task<HttpResponseMessage> PostWebhookAsync(string form, string query = "") => Http.PostAsync(
        "/api/v1/voice/webhook" + query, new StringContent(form.TrimEnd('\n'), null, "application/x-www-form-urlencoded"));

    public async Task<JsonElement> StatusAsync(string recordingId) =>
        await Http.GetFromJsonAsync<JsonElement>($"/api/v1/voice/recordings/{recordingId}");

    /// <summary>Polls as a front-end would, only faster.</summary>
    public async Task<JsonElement> UntilAsync(string recordingId, Func<JsonElement, bool> isDone, int seconds = 20)
    {
        var until = TimeProvider.System.GetUtcNow().AddSeconds(seconds);
        while (true)
        {
            var body = await StatusAsync(recordingId);
            if (isDone(body)) return body;
            if (TimeProvider.System.GetUtcNow() > until) throw new TimeoutException($"It is still {body}.");
            await Task.Delay(25);
        }
    }

    public Task<JsonElement> UntilFinalAsync(string recordingId) => UntilAsync(recordingId, body => body.Status() is "completed" or "failed");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>Everything that the service logged.</summary>
internal sealed class LogBook : ILoggerProvider, ILogger
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((logLevel, formatter(state, exception) + exception));

    public void Dispose()
    {
    }
}

internal static class StatusBody
{
    public static string Status(this JsonElement body) => body.GetProperty("status").GetString()!;

    public static string FailureCode(this JsonElement body) => body.GetProperty("failure").GetProperty("code").GetString()!;
}
