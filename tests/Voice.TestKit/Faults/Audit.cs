using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dapper;
using Voice.Infrastructure.AfricasTalking.Sandbox;
using Voice.Infrastructure.Database;

namespace Voice.TestKit.Faults;

/// <summary>When it is quiet again: is everything as it must be?</summary>
internal sealed class Audit(
    IReadOnlyList<Conference> conferences, Cluster cluster, FaultyProvider provider, Customers customers, Findings findings)
{
    private const int MostGrowthPercent = 50;
    private const int MostGrowthMegabytes = 64;

    public static object[] PartiesOf(int contract) =>
        [new { phone = $"+2547{contract:D4}7777", role = "buyer" }, new { phone = $"+2541{contract:D4}7777", role = "seller" }];

    public async Task RunAsync()
    {
        await JobsAsync();
        await InboxAsync();
        await RecordingsAsync();
        Calls();
        await MessagesAsync();
        await customers.AuditAsync(conferences.Select(conference => conference.Id).OfType<string>(), BodyAsync, findings);
        Memory();
        foreach (var wrong in provider.Wrongs) findings.Wrong(wrong);
    }

    // Said with the times that say whose clock it went by.
    private async Task JobsAsync()
    {
        const string sql = """
            SELECT concat_ws(' ', job_id, status, step, 'tries', tries, 'created', created_at / 1000, 'taken', taken_at / 1000,
                'due', due_at / 1000, 'now', extract(epoch FROM now())::bigint)
            FROM processing_jobs WHERE due_at IS NOT NULL
            """;
        foreach (var job in await QueryAsync<string>(sql)) findings.Wrong($"A job is left: {job}");
    }

    // Every acknowledged callback is kept, and applied unless it is about a call of nobody's.
    private async Task InboxAsync()
    {
        var acknowledged = provider.Deliveries.Where(delivery => delivery.IsAcknowledged).ToList();
        findings.Count("callbacks acknowledged", acknowledged.Count);
        List<string> wrongs = [];
        for (var look = 0; look == 0 || (look < 40 && wrongs.Count > 0); look++)
        {
            if (look > 0) await Task.Delay(1000);
            var inbox = (await QueryAsync<(byte[] Body, bool IsApplied)>("SELECT body, applied_at IS NOT NULL FROM webhook_inbox"))
                .ToDictionary(row => Encoding.UTF8.GetString(row.Body), row => row.IsApplied);
            wrongs =
            [
                .. acknowledged.Where(delivery => !inbox.ContainsKey(delivery.Body)).Select(delivery => $"Lost: {delivery.Body}"),
                .. acknowledged.Where(delivery => inbox.GetValueOrDefault(delivery.Body) != !delivery.IsOfNobody
                    && inbox.ContainsKey(delivery.Body)).Select(delivery => $"Not applied (or wrongly): {delivery.Body}"),
                .. provider.Refused.Where(inbox.ContainsKey).Select(body => $"Kept without the secret: {body}"),
            ];
        }
        foreach (var wrong in wrongs) findings.Wrong(wrong);
    }

    private async Task RecordingsAsync()
    {
        var asked = provider.Calls.Select(call => call.RecordingId).ToHashSet();
        var deliveries = provider.Deliveries.Where(delivery => !delivery.IsOfNobody && !delivery.IsEmpty)
            .ToLookup(delivery => delivery.RecordingId);
        var outcomes = new List<Outcome>();
        foreach (var conference in conferences.Where(conference => conference.Id is not null))
        {
            var recordings = await QueryAsync<string>("SELECT recording_id FROM voice_parties WHERE phone = @First", conference);
            if (!recordings.SequenceEqual([conference.Id!]))
                findings.Wrong($"{conference.First} has the recordings {string.Join(", ", recordings)} instead of {conference.Id}.");
            var expected = conference.Expected(asked.Contains(conference.Id!), [.. deliveries[conference.Id!]]).Distinct().ToList();
            var outcome = await OutcomeAsync(conference);
            outcomes.Add(outcome);
            if (!expected.Contains(outcome))
                findings.Wrong($"{conference.Id} ({conference.Story}) is {outcome} instead of {string.Join(" or ", expected)}:\n"
                    + await TimelineAsync(conference.Id!));
        }
        findings.Count("conferences", conferences.Count);
        foreach (var group in outcomes.GroupBy(outcome => outcome.Code ?? outcome.Status).OrderByDescending(group => group.Count()))
            findings.Count($"recordings {group.Key}", group.Count());
    }

    private void Calls()
    {
        findings.Count("calls placed", provider.Calls.Count);
        foreach (var group in provider.Calls.GroupBy(call => call.Phone).Where(group => group.Count() > 1))
            findings.Wrong($"{group.Key} was dialled {group.Count()} times.");
        var stories = conferences.ToDictionary(conference => conference.First);
        foreach (var delivery in provider.Deliveries.Where(delivery => delivery is { IsAcknowledged: true, IsForged: false }))
        {
            var bridges = delivery.Answers.Count(answer => answer.Contains("<Dial", StringComparison.Ordinal));
            var isAnswered = delivery["callSessionState"] == "Answered";
            // Where the end is told first, nobody is left to be bridged, unless the end comes late.
            var isEither = isAnswered && stories[delivery["callerNumber"]].Story == Story.ReverseOrder;
            if (!isEither && bridges != (isAnswered ? delivery.Answers.Count : 0))
                findings.Wrong($"{bridges} of {delivery.Answers.Count} answers bridged, to {delivery.Body}");
        }
    }

    // A message that was being posted when everything ended may have gone out or not; twice it must not.
    private async Task MessagesAsync()
    {
        List<(string Phone, string State)> rows = [];
        for (var look = 0; look == 0 || (look < 40 && rows.Any(row => row.State == "waiting")); look++)
        {
            if (look > 0) await Task.Delay(1000);
            rows = await QueryAsync<(string Phone, string State)>("SELECT phone, state FROM sms_outbox");
        }
        findings.Count("contracts", (await QueryAsync<int>("SELECT COUNT(*) FROM contracts")).Single());
        findings.Count("messages to send", rows.Count);
        findings.Count("messages posted", provider.Messages.Count);
        foreach (var group in rows.GroupBy(row => row.Phone))
        {
            var posts = provider.Messages.Count(message => message.Phone == group.Key);
            var state = group.Count() == 1 ? group.First().State : $"{group.Count()} rows";
            if (posts > 1 || (posts == 0 && state == "accepted") || state is not ("accepted" or "posting" or "unknown"))
                findings.Wrong($"{posts} messages went to {group.Key}, the outbox says: {state}.");
        }
        foreach (var message in provider.Messages.Where(message => rows.All(row => row.Phone != message.Phone)))
            findings.Wrong($"A message went to {message.Phone}, whom nobody was to be sent one.");
    }

    private void Memory()
    {
        findings.Count("memory of an instance at most", $"{cluster.Memory.Most} MB");
        foreach (var (name, seconds, early, late) in cluster.Memory.Lives())
        {
            findings.Count($"memory of {name}, {seconds} s", $"{early} MB → {late} MB");
            if (late > (early * (100 + MostGrowthPercent) / 100) + MostGrowthMegabytes)
                findings.Wrong($"The memory of {name} grew from {early} to {late} MB.");
        }
    }

    private async Task<Outcome> OutcomeAsync(Conference conference)
    {
        JsonElement body = default;
        for (var look = 0; look < 60; look++)
        {
            if (look > 0) await Task.Delay(500);
            body = await GetAsync(conference.Number, $"/api/v1/voice/recordings/{conference.Id}");
            if (body.Status() is "completed" or "failed") break;
        }
        var code = body.TryGetProperty("failure", out var failure) ? failure.GetProperty("code").GetString() : null;
        var duration = body.GetProperty("duration");
        return new(body.Status(), code, body.GetProperty("recording_url").GetString(),
            duration.ValueKind == JsonValueKind.Number ? duration.GetInt32() : null);
    }

    private async Task<string> BodyAsync(string id) => (await GetAsync(0, $"/api/v1/voice/recordings/{id}")).GetRawText();

    private async Task<string> TimelineAsync(string id)
    {
        var timeline = await GetAsync(0, $"/api/v1/voice/recordings/{id}/timeline");
        return string.Join('\n', timeline.GetProperty("entries").EnumerateArray().Select(entry =>
            $"    {entry.GetProperty("at")} {entry.GetProperty("kind")} {entry.GetProperty("detail")}"));
    }

    private async Task<JsonElement> GetAsync(int instance, string path)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        return await http.GetFromJsonAsync<JsonElement>(new Uri(cluster.AddressOf(instance)!, path));
    }

    private async Task<List<T>> QueryAsync<T>(string sql, object? parameters = null) =>
        [.. await cluster.Database.Source.ReadAsync(connection => connection.QueryAsync<T>(sql, parameters), default)];
}
