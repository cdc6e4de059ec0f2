using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Voice.Application.Recordings;

namespace Voice.IntegrationTests.Waiting;

/// <summary>
/// Thousands of random histories on two instances, watched by readers, waiters and streams: no reader ever sees a status go back, nobody
/// misses a final status, and a 304 is never given for a body that has changed.
/// </summary>
public class HistoryTests
{
    private const int Histories = 2000;
    private const int AtOnce = 24;
    private static readonly string[] Order = ["recording", "processing", "failed", "completed"];

    [SkippableFact]
    public async Task Nobody_is_ever_told_something_old()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Postgres);
        const string noLimit = "--Limits:RequestsPerSecond=1000000"; // All watchers share one address.
        await using var one = await VoiceHost.StartAsync(database, noLimit);
        await using var other = await VoiceHost.StartAsync(database, noLimit);
        var recordings = one.Services.GetRequiredService<IRecordingRepository>();

        await Parallel.ForEachAsync(Enumerable.Range(0, Histories), new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (number, stop) =>
        {
            var id = $"conf_{number}";
            var random = new Random(number);
            await recordings.AddAsync(TheRecording.New(id, TimeProvider.System.GetUtcNow()), null, default);
            var watchers = new[]
                { PollAsync(one, id), PollAsync(other, id), WaitAsync(other, id), StreamAsync(random.Next(2) == 0 ? one : other, id) };

            foreach (var (form, ends) in History(id, random))
            {
                var instance = random.Next(2) == 0 ? one : other;
                using var answer = await instance.PostWebhookAsync(form);
                answer.EnsureSuccessStatusCode();
                // On the instance that acknowledged, the next read knows.
                if (ends is not null) Rank((await instance.StatusAsync(id)).Status()).Should().BeGreaterThanOrEqualTo(Rank(ends));
                if (random.Next(3) == 0) await Task.Delay(random.Next(4), stop);
            }

            (await Task.WhenAll(watchers).WaitAsync(TimeSpan.FromSeconds(60), stop)).Should().OnlyContain(status => status == "completed");
        });
    }

    // Every history ends well, so that every watcher has the same end to wait for; what comes before it, and in which order, is chance.
    private static IEnumerable<(string Form, string? Ends)> History(string id, Random random)
    {
        var audio = Uri.EscapeDataString($"https://a.at-internal.com/{id}.mp3");
        var news = new List<(string, string?)>
        {
            ($"isActive=1&sessionId={id}&callSessionState=Ringing", null),
            ($"isActive=1&sessionId={id}&callSessionState=Answered", null),
            ($"isActive=1&sessionId={id}&callSessionState=Bridged", null),
            ($"isActive=0&sessionId={id}&callSessionState=Completed&status=Success&durationInSeconds=50", "processing"),
            ($"isActive=0&sessionId={id}&callSessionState=Completed&status=Success&dialDurationInSeconds=42&recordingUrl={audio}",
                "completed"),
        };
        if (random.Next(2) == 0) news.Add(($"isActive=0&sessionId={id}&status=Aborted", "failed"));
        news.AddRange(news.Where(_ => random.Next(3) == 0).ToList());
        return news.OrderBy(_ => random.Next());
    }

    private static async Task<string> PollAsync(VoiceHost voice, string id)
    {
        var (seen, tag, body) = (0, "", "");
        while (true)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/voice/recordings/{id}");
            if (tag.Length > 0) request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            using var response = await voice.Http.SendAsync(request);
            if ((int)response.StatusCode == 200)
            {
                var now = await response.Content.ReadAsStringAsync();
                now.Should().NotBe(body, "the tag must have fitted");
                (tag, body) = (response.Headers.ETag!.ToString(), now);
                seen = Forward(seen, JsonDocument.Parse(body).RootElement.Status());
                if (Order[seen] == "completed") return "completed";
            }
            await Task.Delay(3);
        }
    }

    private static async Task<string> WaitAsync(VoiceHost voice, string id)
    {
        var (seen, tag) = (0, "");
        while (Order[seen] != "completed")
        {
            var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/voice/recordings/{id}?wait=60");
            if (tag.Length > 0) request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            using var response = await voice.Http.SendAsync(request);
            tag = response.Headers.ETag!.ToString();
            seen = Forward(seen, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.Status());
        }
        return "completed";
    }

    private static async Task<string> StreamAsync(VoiceHost voice, string id)
    {
        var (seen, version) = (0, -1);
        while (Order[seen] != "completed")
        {
            // A stream ends at failed; who knows better asks again from there.
            var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/voice/recordings/{id}/events");
            using var response = await voice.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("id: ", StringComparison.Ordinal))
                {
                    var next = int.Parse(line[4..], System.Globalization.CultureInfo.InvariantCulture);
                    next.Should().BeGreaterThanOrEqualTo(version);
                    version = next;
                }
                if (line.StartsWith("data: ", StringComparison.Ordinal))
                    seen = Forward(seen, JsonDocument.Parse(line[6..]).RootElement.Status());
            }
            if (Order[seen] == "failed") await Task.Delay(5);
        }
        return "completed";
    }

    private static int Forward(int seen, string status)
    {
        Rank(status).Should().BeGreaterThanOrEqualTo(seen, "no status goes back");
        return Rank(status);
    }

    private static int Rank(string status) => Array.IndexOf(Order, status);
}
