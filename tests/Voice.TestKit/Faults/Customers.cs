using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Http;
using Voice.Infrastructure.Database;

namespace Voice.TestKit.Faults;

/// <summary>
/// Back-ends that are told of everything: the first takes whatever comes, the others fail as such do (refuse, hang, hang up, point
/// elsewhere, are away for seconds), and there is one more where nobody ever listens.
/// </summary>
internal sealed class Customers : IAsyncDisposable
{
    // An endpoint is given up after a minute; none that is away for seconds ever is.
    public static readonly string[] Settings = ["--Events:AllowPrivate=true", "--Events:Patience=00:01:00"];

    private static readonly string[] Order = ["recording.processing", "recording.failed", "recording.completed"];
    private readonly List<Receiver> _receivers = [];
    private readonly Cluster _cluster;
    private string _dead = "";

    private Customers(Cluster cluster) => _cluster = cluster;

    public static async Task<Customers> StartAsync(int seed, int count, Cluster cluster)
    {
        var customers = new Customers(cluster);
        using var http = new HttpClient { BaseAddress = cluster.AddressOf(0) };
        for (var number = 0; number < count; number++)
        {
            var receiver = await Receiver.StartAsync(number == 0 ? null : Mood(seed, number));
            customers._receivers.Add(receiver);
            await receiver.RegisterAsync(http);
        }
        using var dead = await http.PostAsJsonAsync("/api/v1/webhook-endpoints", new { url = "http://127.0.0.1:1/" });
        customers._dead = (await dead.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        return customers;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var receiver in _receivers) await receiver.DisposeAsync();
    }

    /// <summary>
    /// Everything that was written has been taken by everyone, in order, and the last that each was told of a recording is what it is.
    /// </summary>
    public async Task AuditAsync(IEnumerable<string> recordings, Func<string, Task<string>> read, Findings findings)
    {
        var left = 0;
        for (var look = 0; look == 0 || (look < 120 && left > 0); look++)
        {
            if (look > 0) await Task.Delay(1000);
            left = (await QueryAsync<int>(
                "SELECT COUNT(*) FROM event_deliveries WHERE delivered_at IS NULL AND endpoint_id <> @Dead")).Single();
        }
        if (left > 0) findings.Wrong($"{left} events were never delivered.");
        var bodies = new Dictionary<string, string>(); // Read last: what was told late may have changed them.
        foreach (var recording in recordings) bodies[recording] = await read(recording);
        foreach (var receiver in _receivers)
        {
            var written = await QueryAsync<string>(
                "SELECT event_id FROM event_deliveries WHERE endpoint_id = @EndpointId", new { receiver.EndpointId });
            var (taken, id) = (receiver.Taken, receiver.EndpointId);
            foreach (var lost in written.Except(taken.Select(one => one.Id))) findings.Wrong($"{id} was never told of {lost}.");
            var told = taken.Where(one => Order.Contains(one.Type)).ToLookup(one => one.RecordingId!);
            foreach (var (recording, body) in bodies)
            {
                var types = told[recording].Select(one => Array.IndexOf(Order, one.Type)).ToList();
                if (!types.SequenceEqual(types.Order())) findings.Wrong($"{id} was told of {recording} out of order.");
                if (told[recording].LastOrDefault()?.Data.GetRawText() is var last && last != body)
                    findings.Wrong($"{id} was last told {last} of {body}");
            }
            findings.Count($"events taken by {id}", $"{taken.Count} in {receiver.Received.Count} tries");
        }
        var reason = "";
        for (var look = 0; look < 90 && reason.Length == 0; look++)
        {
            if (look > 0) await Task.Delay(1000);
            reason = (await QueryAsync<string>(
                "SELECT coalesce(disabled_reason, '') FROM webhook_endpoints WHERE endpoint_id = @Dead")).Single();
        }
        findings.Count("the one where nobody listens", reason);
        if (reason.Length == 0) findings.Wrong("The endpoint where nobody listens is still tried.");
        foreach (var other in await QueryAsync<string>(
            "SELECT endpoint_id || ': ' || disabled_reason FROM webhook_endpoints WHERE disabled_at IS NOT NULL AND endpoint_id <> @Dead"))
            findings.Wrong($"One that is well is disabled: {other}");
    }

    private static Func<int, ReceivedEvent, HttpContext, Task> Mood(int seed, int receiver) => async (number, _, context) =>
    {
        // Away for 4 of 20 seconds, each at another time.
        if ((TimeProvider.System.GetUtcNow().Second + (receiver * 3)) % 20 < 4)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Abort();
            return;
        }
        switch (Chance.Of(seed, $"receiver {receiver} {number}").Next(100))
        {
            case < 8:
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                break;
            case < 11:
                context.Response.StatusCode = StatusCodes.Status302Found;
                context.Response.Headers.Location = "/events";
                break;
            case < 12:
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
            case < 40:
                await Task.Delay(number % 100);
                break;
        }
    };

    private async Task<List<T>> QueryAsync<T>(string sql, object? parameters = null) => [.. await _cluster.Database.Source.ReadAsync(
        connection => connection.QueryAsync<T>(sql, parameters ?? new { Dead = _dead }), default)];
}
