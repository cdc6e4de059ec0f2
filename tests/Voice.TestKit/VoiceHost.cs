using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Voice.Api;

namespace Voice.TestKit;

/// <summary>The real service on a free port of 127.0.0.1, with the sandbox unless told otherwise.</summary>
internal sealed class VoiceHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder = Directory.CreateTempSubdirectory("voice-host-").FullName;

    private VoiceHost(TestDatabase database, string[] settings)
    {
        _app = VoiceService.Build([
            "--environment=Development", "--Urls=http://127.0.0.1:0", $"--ConnectionStrings:Voice={database.ConnectionString}",
            "--Database:MigrateOnStart=false", $"--Sandbox:Folder={_folder}", $"--Audio:Folder={_folder}/audio",
            "--Sandbox:CallDuration=00:00:00.3", "--Shutdown:Drain=00:00:00", .. settings]);
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

    public Task<HttpResponseMessage> CreateAsync(string first = "+254712345678", string other = "+254787654321", int? expected = null,
        string? key = null)
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

    public Task<JsonElement> UntilAsync(string recordingId, Func<JsonElement, bool> isDone) =>
        Eventually.SeesAsync(() => StatusAsync(recordingId), isDone);

    public Task<JsonElement> UntilFinalAsync(string recordingId) =>
        UntilAsync(recordingId, body => body.Status() is "completed" or "failed");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
