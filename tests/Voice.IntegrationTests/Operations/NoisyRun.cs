using System.Net.Http.Json;
using System.Text.Json;
using Voice.IntegrationTests.Contracts;

namespace Voice.IntegrationTests.Operations;

/// <summary>A bit of everything, with secrets and personal things wherever they can stand, and where they should not.</summary>
internal static class NoisyRun
{
    public const string Key = "the-one-and-only-key";
    public const string Secret = "the-webhook-secret";

    /// <summary>What must be neither in a log nor in a measure.</summary>
    public static string[] Unspeakable { get; } =
    [
        "712345678", "787654321", "799000111", "Kamau", "maize", "hundred bags", Key, Secret, "the-wrong-key", "the-wrong-secret",
        "the-read-token", "the-speech-key", "somebody's words",
    ];

    public static string[] Settings { get; } =
    [
        "--environment=Production", $"--Auth:ApiKeys:0={Key}", $"--Webhook:Secrets:0={Secret}",
        "--Webhook:PublicBaseUrl=https://voice.example", "--Sandbox:InProduction=true", "--Sandbox:CallDuration=00:00:00.3",
        "--Shutdown:Drain=00:00:00", "--Events:AllowPrivate=true",
    ];

    public static async Task MakeAsync(HttpClient http)
    {
        http.DefaultRequestHeaders.Authorization = new("Bearer", Key);
        await http.PostAsJsonAsync("/api/v1/webhook-endpoints", new { url = "http://127.0.0.1:9/" }); // Where nobody listens.
        var id = await CreateAsync(http, "+254712345678");
        await Eventually.SeesAsync(() => http.GetStringAsync($"/api/v1/voice/recordings/{id}"), body => body.Contains("completed"));
        var tag = (await http.GetAsync($"/api/v1/voice/recordings/{id}")).Headers.ETag!;
        using (var unchanged = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/voice/recordings/{id}"))
        {
            unchanged.Headers.IfNoneMatch.Add(tag);
            await http.SendAsync(unchanged);
        }
        await http.GetAsync($"/api/v1/voice/recordings/{id}?wait=1");
        await CreateAsync(http, "+254799000111"); // Ends with a number that is no story: it is simply a second call.
        await http.PostAsJsonAsync("/api/v1/voice/process", new { recording_id = id, parties = ProcessTests.Parties });
        await http.PostAsJsonAsync(
            "/api/v1/voice/process", new { audio_url = "https://elsewhere.example/Kamau.mp3", parties = ProcessTests.Parties });
        // The end is contradicted, by phones and words where they are not expected.
        await PostCallbackAsync(http, Secret, $"sessionId={id}&status=completed&recordingUrl=https://voice.africastalking.com/other");
        await PostCallbackAsync(http, Secret, "isActive=0&sessionId=%2B254712345678&hangupCause=somebody's words");
        await PostCallbackAsync(http, "the-wrong-secret", "sessionId=S1&phoneNumber=%2B254712345678");
        await http.PostAsync($"/api/v1/voice/webhook/the-wrong-secret", new StringContent("sessionId=S2"));
        await http.GetAsync("/api/v1/voice/recordings?party=%2B254712345678");
        await http.GetAsync("/api/v1/voice/recordings/254712345678");
        await http.GetAsync("/api/v1/voice/recordings/254712345678/timeline");
        await http.GetAsync("/api/v1/voice/recordings/%2B254712345678/events?token=the-read-token");
        await http.GetAsync("/254712345678/somebody's words");
        await http.PostAsync(
            "/api/v1/voice/conference/create", new StringContent("{\"parties\":[\"+254712345678\"", null, "application/json"));
        using var stranger = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/voice/recordings/{id}");
        stranger.Headers.Authorization = new("Bearer", "the-wrong-key");
        await http.SendAsync(stranger);
    }

    private static async Task<string> CreateAsync(HttpClient http, string phone)
    {
        using var response = await http.PostAsJsonAsync(
            "/api/v1/voice/conference/create", new { parties = new[] { phone, "+254787654321" } });
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("conference_id").GetString()!;
    }

    private static Task PostCallbackAsync(HttpClient http, string secret, string form) => http.PostAsync(
        $"/api/v1/voice/webhook?token={secret}", new StringContent(form, null, "application/x-www-form-urlencoded"));
}
