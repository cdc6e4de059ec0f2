using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Voice.Application.Webhooks;
using Voice.Infrastructure.AfricasTalking;
using Voice.Infrastructure.AfricasTalking.Sandbox;

namespace Voice.TestKit.Faults;

/// <summary>
/// The sandbox as a provider of its own, and the road between it and the instances: on it callbacks are doubled, delayed, turned round,
/// dropped, answered in vain and forged, and whichever instance is there gets them, as behind a load balancer.
/// </summary>
internal sealed class FaultyProvider : IOwnAddress, IHttpClientFactory, IAsyncDisposable
{
    public const string Secret = "the-secret-of-the-road";
    private const string Dial = "<Dial";
    private static readonly TimeSpan ProviderTriesFor = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan PhoneWaitsFor = TimeSpan.FromSeconds(15);

    private readonly int _seed;
    private readonly TimeSpan _callDuration;
    private readonly Cluster _cluster;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly ConcurrentDictionary<string, DateTimeOffset> _startedAt = new();
    private readonly ConcurrentDictionary<string, Delivery> _deliveries = new();
    private readonly ConcurrentDictionary<string, int> _done = new();
    private readonly ConcurrentBag<Task> _underway = [];
    private WebApplication _app = null!;

    private FaultyProvider(int seed, TimeSpan callDuration, Cluster cluster) =>
        (_seed, _callDuration, _cluster) = (seed, callDuration, cluster);

    /// <summary>Who was called: phone and recording.</summary>
    public ConcurrentQueue<(string Phone, string RecordingId)> Calls { get; } = new();

    /// <summary>What phones were sent.</summary>
    public ConcurrentQueue<(string Phone, string Text)> Messages { get; } = new();

    /// <summary>What must not happen and was seen on the road.</summary>
    public ConcurrentQueue<string> Wrongs { get; } = new();

    /// <summary>Bodies that came without the secret.</summary>
    public ConcurrentQueue<string> Refused { get; } = new();

    /// <summary>How often each thing was done to callbacks.</summary>
    public IEnumerable<KeyValuePair<string, int>> Done => _done.OrderBy(pair => pair.Key, StringComparer.Ordinal);

    public IReadOnlyCollection<Delivery> Deliveries => [.. _deliveries.Values];

    public string[] Settings =>
    [
        $"--AfricasTalking:BaseUrl={Base}", $"--AfricasTalking:SmsBaseUrl={Base}", "--AfricasTalking:ApiKey=the-api-key",
        "--AfricasTalking:Username=us", "--AfricasTalking:VoiceNumber=+254711082000", "--AfricasTalking:Timeout=00:00:03",
        $"--Webhook:Secrets:0={Secret}",
    ];

    public string Base => _app.Urls.First();

    public string Shown => "https://recordings.at-internal.com";

    public string Callback => Base + "/callback";

    public static async Task<FaultyProvider> StartAsync(int seed, TimeSpan callDuration, string folder, Cluster cluster)
    {
        var provider = new FaultyProvider(seed, callDuration, cluster);
        provider._app = await HttpDouble.StartAsync(app => provider.Map(app, folder));
        return provider;
    }

    HttpClient IHttpClientFactory.CreateClient(string name) => new();

    /// <summary>Until nothing is on its way any more.</summary>
    public async Task ArriveAsync()
    {
        for (var known = -1; known != _underway.Count;)
        {
            known = _underway.Count;
            await Task.WhenAll(_underway).WaitAsync(TimeSpan.FromMinutes(2));
        }
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return _app.StopAtOnceAsync();
    }

    private void Map(WebApplication app, string folder)
    {
        var environment = app.Services.GetRequiredService<IHostEnvironment>();
        var settings = new SandboxSettings { CallDuration = _callDuration, Folder = folder };
        var sandbox = new SandboxProvider(settings, new SandboxNotebook(settings, environment),
            new SandboxSms(settings, environment, TimeProvider.System), new ProviderAddress(new AfricasTalkingSettings(), this), this, this,
            TimeProvider.System, app.Lifetime, NullLogger<SandboxProvider>.Instance);
        app.MapPost("/call", async context =>
        {
            var form = await FieldsAsync(context.Request);
            Calls.Enqueue((form["to"], form["clientRequestId"]));
            _startedAt[form["to"]] = TimeProvider.System.GetUtcNow();
            await AnswerAsync(context, await sandbox.TakeCallAsync(form, context.RequestAborted));
        });
        app.MapPost("/version1/messaging", async context =>
        {
            var form = await FieldsAsync(context.Request);
            Messages.Enqueue((form["to"], form["message"]));
            await AnswerAsync(context, sandbox.TakeMessage(form));
        });
        app.MapPost("/callback", async context =>
        {
            var fields = await FieldsAsync(context.Request);
            await context.Response.WriteAsync(await TakeAsync(fields));
        });
    }

    /// <returns>What the sandbox is answered; without call actions where it does not ask for any.</returns>
    private async Task<string> TakeAsync(Dictionary<string, string> fields)
    {
        const string nothing = "<Response/>";
        var name = $"{fields["callerNumber"]} {fields["callSessionState"]} {fields.GetValueOrDefault("recordingUrl", "").Length}";
        var dice = Chance.Of(_seed, name);
        var (fate, isDoubled, isLost, isForged) = (dice.Next(100), dice.Next(100) < 20, dice.Next(100) < 10, dice.Next(100) < 15);
        if (isForged) Send(() => ForgeAsync(fields, dice.Next(3)));
        if (fate < 4) return Did("dropped", nothing);

        var delivery = _deliveries.GetOrAdd(BodyOf(fields), body => new Delivery(fields, body));
        var since = TimeProvider.System.GetUtcNow() - _startedAt[fields["callerNumber"]];
        if (fields["callSessionState"] == "Answered")
        {
            // The phone waits for what to do; everything else may take its time.
            var copy = isDoubled ? Did("doubled", PostUntilTakenAsync(delivery, 1, PhoneWaitsFor)) : Task.FromResult<string?>(null);
            var answers = await Task.WhenAll(PostUntilTakenAsync(delivery, 0, PhoneWaitsFor), copy);
            return answers.FirstOrDefault(answer => answer?.Contains(Dial, StringComparison.Ordinal) == true) ?? nothing;
        }
        var pause = fate switch
        {
            < 14 => Did("delayed", TimeSpan.FromMilliseconds(dice.Next(500, 5000))),
            // As long before the call's end as it comes, as long after it it arrives.
            < 24 when since < _callDuration => Did("reversed", 2 * (_callDuration - since)),
            _ => TimeSpan.Zero,
        };
        Send(async () =>
        {
            await Task.Delay(pause);
            await Task.WhenAll(
                PostUntilTakenAsync(delivery, 0, ProviderTriesFor),
                isDoubled ? Did("doubled", PostUntilTakenAsync(delivery, 1, ProviderTriesFor)) : Task.CompletedTask);
            // The answer went lost, so the provider sends it again.
            if (isLost) await Did("answered in vain", PostUntilTakenAsync(delivery, 0, ProviderTriesFor));
        });
        return nothing;
    }

    private async Task ForgeAsync(Dictionary<string, string> real, int kind)
    {
        var recording = real["clientRequestId"];
        var token = kind == 0 ? "a-guess" : Secret;
        var forged = kind switch
        {
            0 => new Dictionary<string, string>(real) { ["isActive"] = "0", ["hangupCause"] = "USER_BUSY", ["note"] = "forged" },
            // The conference's id is known to every caller: it must neither bridge anybody nor tell the other party's number.
            1 => new() { ["isActive"] = "1", ["sessionId"] = recording, ["callSessionState"] = "Answered", ["callStartTime"] = "now" },
            _ => new() { ["isActive"] = "0", ["sessionId"] = $"ATVId_forged_{recording}", ["status"] = "NotAnswered" },
        };
        var delivery = new Delivery(forged, BodyOf(forged), isForged: true);
        if (kind == 0) Refused.Enqueue(delivery.Body);
        Did("forged", 0);
        var answer = await PostUntilTakenAsync(delivery, 0, ProviderTriesFor, token);
        if (kind == 0 && answer is not null) Wrongs.Enqueue($"A callback without the secret was taken: {delivery.Body}");
        if (answer?.Contains(Dial, StringComparison.Ordinal) == true)
            Wrongs.Enqueue($"A forged callback was given call actions: {delivery.Body}");
        if (kind != 0) _deliveries[delivery.Body] = delivery;

        // After the call was answered, so that it spoils the address and not the bridge.
        if (kind != 1 || real["callSessionState"] != "Bridged") return;
        var evil = new Dictionary<string, string>
        {
            ["sessionId"] = recording,
            ["status"] = "completed",
            ["recordingUrl"] = "http://evil.example/a.mp3",
        };
        delivery = Did("forged", new Delivery(evil, BodyOf(evil), isForged: true));
        _deliveries[delivery.Body] = delivery;
        await PostUntilTakenAsync(delivery, 0, ProviderTriesFor);
    }

    /// <returns>What was answered with a 200; null: it was refused, or not taken in that time.</returns>
    private async Task<string?> PostUntilTakenAsync(Delivery delivery, int instance, TimeSpan patience, string token = Secret)
    {
        var start = TimeProvider.System.GetTimestamp();
        for (; TimeProvider.System.GetElapsedTime(start) < patience; instance++)
        {
            if (_cluster.AddressOf(instance + delivery.Body.Length) is { } address)
            {
                try
                {
                    using var content = new StringContent(delivery.Body, null, "application/x-www-form-urlencoded");
                    using var response = await _http.PostAsync(new Uri(address, $"/api/v1/voice/webhook?token={token}"), content);
                    var answer = await response.Content.ReadAsStringAsync();
                    if (response.StatusCode == HttpStatusCode.OK)
                    {
                        delivery.Acknowledge(answer);
                        return answer;
                    }
                    if (response.StatusCode == HttpStatusCode.Unauthorized) return null;
                    if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
                        Wrongs.Enqueue($"A callback was answered {(int)response.StatusCode}: {delivery.Body}: {answer}");
                }
                catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
                {
                    // The instance is being killed, or hangs for longer than a provider waits.
                    if (exception is OperationCanceledException) Wrongs.Enqueue($"A callback was held for 20 s: {delivery.Body}");
                }
            }
            await Task.Delay(200);
        }
        return null;
    }

    private void Send(Func<Task> work) => _underway.Add(Task.Run(work));

    private T Did<T>(string what, T result)
    {
        _done.AddOrUpdate(what, 1, (_, count) => count + 1);
        return result;
    }

    private static string BodyOf(Dictionary<string, string> fields) =>
        string.Join('&', fields.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"));

    private static async Task<Dictionary<string, string>> FieldsAsync(HttpRequest request) =>
        (await request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString());

    private static Task AnswerAsync(HttpContext context, SandboxAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        return answer.Body is string words ? context.Response.WriteAsync(words, Encoding.UTF8)
            : context.Response.WriteAsJsonAsync(answer.Body, answer.Body.GetType(), new System.Text.Json.JsonSerializerOptions());
    }
}
