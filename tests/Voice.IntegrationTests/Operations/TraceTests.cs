using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Voice.IntegrationTests.Operations;

/// <summary>What goes to a collector over OTLP.</summary>
public class TraceTests
{
    [SkippableFact]
    public async Task A_recordings_life_is_one_trace_that_is_linked_with_those_of_requests_statements_and_the_provider()
    {
        var received = new ConcurrentQueue<byte[]>();
        var collector = await HttpDouble.StartAsync(app => app.MapPost("/v1/{signal}", async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received.Enqueue(body.ToArray());
        }));
        await using var database = await TestDatabase.CreateAsync(Engine.Postgres);
        await using var speech = await SpeechDouble.StartAsync(SpeechDouble.Deal);
        var folder = Directory.CreateTempSubdirectory("voice-trace-");
        var environment = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.First(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            ["OTEL_SERVICE_NAME"] = "voice-under-test",
        };
        await using var voice = await VoiceProcess.StartAsync(
            database.ConnectionString, folder.FullName, environment, [.. NoisyRun.Settings, .. speech.Settings]);

        await NoisyRun.MakeAsync(voice.Http);
        var id = await database.TextAsync("SELECT recording_id FROM voice_timeline WHERE kind = 'contradiction'");
        await voice.TerminateAsync(); // What is left goes out.

        var sent = received.ToList();
        await collector.StopAtOnceAsync();
        folder.Delete(recursive: true);
        var text = string.Join('\n', sent.Select(Encoding.UTF8.GetString));
        text.Should().Contain("voice-under-test").And.Contain("INSERT INTO voice_recordings").And.Contain("/sandbox/call");
        foreach (var span in new[] { "created", "callback", "contract", "job" }) text.Should().Contain(span);
        // Binary ids: a span of the recording's trace, and links to it from the others.
        var trace = Convert.FromHexString(Application.Recordings.RecordingTrace.IdOf(id).ToString());
        sent.Sum(body => Occurrences(body, trace)).Should().BeGreaterThan(6);
        foreach (var word in NoisyRun.Unspeakable) text.Should().NotContainEquivalentOf(word);
    }

    private static int Occurrences(byte[] body, byte[] part)
    {
        var count = 0;
        for (var at = body.AsSpan().IndexOf(part); at >= 0; count++)
        {
            var next = body.AsSpan(at + 1).IndexOf(part);
            at = next < 0 ? -1 : at + 1 + next;
        }
        return count;
    }
}
