using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Voice.Application.Recordings;

namespace Voice.IntegrationTests.Api;

/// <summary>
/// Requests made from the service's own description and broken at random, always the same ones: whatever comes in, the caller's mistake is
/// told as one, with a body, and nothing fails inside.
/// </summary>
public class FuzzTests
{
    private const int Requests = 2000;
    private const int Seed = 20261125;

    // What Kestrel refuses before the service sees it has no body.
    private static readonly HttpStatusCode[] OfTheServer =
    [
        HttpStatusCode.BadRequest, HttpStatusCode.RequestTimeout, HttpStatusCode.RequestUriTooLong,
        HttpStatusCode.RequestHeaderFieldsTooLarge,
    ];

    [SkippableTheory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Whatever_is_sent_is_answered_in_words_and_breaks_nothing(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var provider = await ProviderDouble.StartAsync(number => $"ATVId_{number}");
        await using var voice = await VoiceHost.StartAsync(database, provider.Settings);
        var recording = TheRecording.New();
        await voice.Services.GetRequiredService<IRecordingRepository>().AddAsync(recording, null, default);
        await voice.PostWebhookAsync($"sessionId={recording.RecordingId}&status=busy"); // Over, so that no stream of it stays open.
        var document = JsonDocument.Parse(await voice.Http.GetStringAsync("/swagger/v1/swagger.json")).RootElement;
        var generator = new RequestGenerator(document, recording.RecordingId, new Random(Seed));
        var requests = Enumerable.Range(0, Requests).Select(_ => generator.Next()).ToList();
        var wrong = new ConcurrentQueue<string>();

        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (request, cancellationToken) =>
        {
            var (status, body) = await RawHttp.SendAsync(voice.Http.BaseAddress!, request.Bytes, cancellationToken);
            if (Complaint(request, status, body) is { } complaint) wrong.Enqueue($"{complaint}: {status} {body}\n{request}");
        });

        string.Join("\n\n", wrong.Take(20)).Should().BeEmpty();
        string.Join("\n\n", voice.Log.Lines.Where(line => line.Level > LogLevel.Warning).Take(5)).Should().BeEmpty();
        (await voice.Http.GetAsync("/api/v1/voice/recordings")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private static string? Complaint(FuzzedRequest request, HttpStatusCode status, string body)
    {
        if ((int)status >= 500 && !request.Documented.Contains((int)status)) return "undocumented failure";
        if ((int)status < 400 || request.Method == "HEAD") return null;
        if (body.Length == 0) return OfTheServer.Contains(status) ? null : "an error without a body";
        // Pages are for people who ask for them, outside the API but for its one page.
        if (body[0] == '<') return request.ToString() is var sent && sent.Contains("Accept: text/html", StringComparison.Ordinal)
            && (!sent.Contains(" /api/", StringComparison.OrdinalIgnoreCase) || sent.Contains("/document", StringComparison.Ordinal))
            ? null : "a page where a program asked";
        using var error = JsonDocument.Parse(body);
        return error.RootElement.GetProperty("detail").GetString() is { Length: > 0 } ? null : "an error without a sentence";
    }
}
