using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Voice.TestKit.Faults;

/// <summary>
/// Conferences on two instances while everything that they stand on fails (docs/faults.md). The same seed does the same again, as far as
/// two cores and a scheduler let it.
/// </summary>
internal sealed class FaultRun : IAsyncDisposable
{
    private const int PerSecond = 3;
    private const int ContractEvery = 10;
    private const int WaitSeconds = 10;
    // Created, still running elsewhere, not placed, or not now.
    private static readonly HttpStatusCode[] Creating =
        [HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable];

    private static readonly TimeSpan CallDuration = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(WaitSeconds + 30) };
    private readonly int _seed;
    private readonly List<Conference> _conferences;
    private readonly Cluster _cluster;
    private readonly Findings _findings = new();
    private readonly TaskCompletionSource _quiet = new();
    private readonly ConcurrentBag<double> _contractSeconds = [];
    private int _waits;

    private FaultRun(int seed, int conferences, Cluster cluster)
    {
        (_seed, _cluster) = (seed, cluster);
        _conferences = [.. Enumerable.Range(0, conferences).Select(number => new Conference(seed, number))];
    }

    /// <returns>What was done and counted, and what was wrong.</returns>
    public static async Task<Findings> RunAsync(int seed, int conferences, int customers)
    {
        await using var cluster = await Cluster.CreateAsync();
        await using var run = new FaultRun(seed, conferences, cluster);
        await run.RunAsync(customers);
        return run._findings;
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task RunAsync(int customerCount)
    {
        await using var speech = await SpeechDouble.StartAsync(SpeechDouble.Deal);
        await using var provider = await FaultyProvider.StartAsync(_seed, CallDuration, _cluster.Folder, _cluster);
        await _cluster.StartAsync(
        [
            .. provider.Settings, .. speech.Settings, .. Customers.Settings, "--Recordings:SetupDeadline=00:00:25",
            "--Recordings:ProcessingDeadline=00:00:15",
        ]);

        await using var customers = await Customers.StartAsync(_seed, customerCount, _cluster);

        using var enough = new CancellationTokenSource();
        var mischief = new Mischief(_seed, _cluster);
        var faults = mischief.RunAsync(enough.Token);
        var work = new List<Task>();
        foreach (var conference in _conferences)
        {
            work.Add(HoldAsync(conference));
            if (conference.Number % ContractEvery == 0) work.Add(MakeContractAsync(conference.Number));
            await Task.Delay(1000 / PerSecond);
        }
        await enough.CancelAsync();
        await faults.WaitAsync(Patience);
        _quiet.SetResult();
        await Task.WhenAll(work).WaitAsync(2 * Patience);
        await provider.ArriveAsync();

        foreach (var (fault, count) in mischief.Done) _findings.Count($"fault: {fault}", count);
        foreach (var (what, count) in provider.Done) _findings.Count($"callbacks {what}", count);
        _findings.Count("waits answered", _waits);
        _findings.Count("longest time to a contract", $"{_contractSeconds.DefaultIfEmpty().Max():F0} s");
        await new Audit(_conferences, _cluster, provider, customers, _findings).RunAsync();
    }

    /// <summary>Asks for the conference until there is an answer, and waits for its recording as a front-end does.</summary>
    private async Task HoldAsync(Conference conference)
    {
        var start = TimeProvider.System.GetTimestamp();
        for (var attempt = 0; conference.Id is null; attempt++)
        {
            if (TimeProvider.System.GetElapsedTime(start) > Patience)
            {
                _findings.Wrong($"Conference {conference.Number} ({conference.First}) could not be created.");
                return;
            }
            using var response = await TryAsync(conference.Number + attempt, HttpMethod.Post, "/api/v1/voice/conference/create", request =>
            {
                request.Headers.Add("Idempotency-Key", $"{_seed}-{conference.Number}");
                request.Content = JsonContent.Create(new { parties = new[] { conference.First, conference.Other }, expected_duration = 1 });
            });
            conference.Id = response?.Headers.Location?.ToString().Split('/')[^1];
            conference.WasAnsweredAtOnce = conference.Id is not null && attempt == 0;
            if (response is not null && !Creating.Contains(response.StatusCode))
                _findings.Wrong($"Creating {conference.Number} was answered {(int)response.StatusCode}.");
            if (conference.Id is null) await Task.Delay(300);
        }
        for (var attempt = 0; TimeProvider.System.GetElapsedTime(start) < 2 * Patience; attempt++)
        {
            var asked = TimeProvider.System.GetTimestamp();
            var path = $"/api/v1/voice/recordings/{conference.Id}?wait={WaitSeconds}";
            using var response = await TryAsync(conference.Number + attempt, HttpMethod.Get, path);
            if (TimeProvider.System.GetElapsedTime(asked).TotalSeconds > WaitSeconds + 20)
                _findings.Wrong($"A waiter for {conference.Id} hung.");
            if (response is null) await Task.Delay(300);
            else Interlocked.Increment(ref _waits);
            if (response?.StatusCode == HttpStatusCode.NotFound) _findings.Wrong($"{conference.Id} was created and is not found.");
            if (response?.StatusCode != HttpStatusCode.OK) continue;
            if ((await response.Content.ReadFromJsonAsync<JsonElement>()).Status() is "completed" or "failed") return;
        }
        _findings.Wrong($"Whoever waits for {conference.Id} still waits.");
    }

    /// <summary>
    /// Uploads audio until it is taken, and waits for the contract, which has messages sent. A job pauses after each fault that it meets
    /// and may meet many; but once it is quiet it must end.
    /// </summary>
    private async Task MakeContractAsync(int number)
    {
        var start = TimeProvider.System.GetTimestamp();
        Uri? job = null;
        var last = "";
        var tooLate = _quiet.Task.ContinueWith(_ => Task.Delay(Patience / 2), TaskScheduler.Default).Unwrap();
        for (var attempt = 0; !tooLate.IsCompleted; attempt++)
        {
            using var response = job is null
                ? await TryAsync(number + attempt, HttpMethod.Post, "/api/v1/voice/upload", request =>
                {
                    request.Headers.Add("Prefer", "respond-async");
                    request.Content = UploadOf(number);
                })
                : await TryAsync(number + attempt, HttpMethod.Get, job.ToString());
            if (response is not null)
            {
                last = $"{TimeProvider.System.GetElapsedTime(start).TotalSeconds:F0} s: {(int)response.StatusCode} "
                    + await response.Content.ReadAsStringAsync();
            }
            if (response?.StatusCode == HttpStatusCode.Accepted) job = response.Headers.Location;
            else if (response is { IsSuccessStatusCode: false, StatusCode: not HttpStatusCode.ServiceUnavailable })
                _findings.Wrong($"Contract {number}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
            else if (response?.IsSuccessStatusCode == true)
            {
                var body = await response.Content.ReadFromJsonAsync<JsonElement>();
                if (body.Status() == "completed")
                {
                    _contractSeconds.Add(TimeProvider.System.GetElapsedTime(start).TotalSeconds);
                    return;
                }
                if (body.Status() == "failed")
                {
                    _findings.Wrong($"Contract {number}: {body}");
                    return;
                }
            }
            await Task.Delay(500);
        }
        _findings.Wrong($"Contract {number} ({job}) was not made. {last}");
    }

    private static MultipartFormDataContent UploadOf(int number) => new()
    {
        { new StringContent(JsonSerializer.Serialize(Audit.PartiesOf(number))), "parties" },
        { new ByteArrayContent(Silence.Wav(seconds: 2)), "file", "call.wav" },
    };

    /// <returns>The answer; null when there is nobody to give it.</returns>
    private async Task<HttpResponseMessage?> TryAsync(
        int instance, HttpMethod method, string path, Action<HttpRequestMessage>? fill = null)
    {
        if (_cluster.AddressOf(instance) is not { } address) return null;
        using var request = new HttpRequestMessage(method, new Uri(address, path));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        fill?.Invoke(request);
        try
        {
            return await _http.SendAsync(request);
        }
        catch (HttpRequestException)
        {
            return null; // Killed while it answered.
        }
        catch (OperationCanceledException)
        {
            _findings.Wrong($"{method} {path} was held for {_http.Timeout.TotalSeconds} s.");
            return null;
        }
    }
}
