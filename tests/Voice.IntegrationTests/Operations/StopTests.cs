using System.Net;
using System.Text.Json;
using Voice.Infrastructure.AfricasTalking.Sandbox;
using Voice.IntegrationTests.Contracts;

namespace Voice.IntegrationTests.Operations;

/// <summary>SIGTERM, as every upgrade sends it.</summary>
public class StopTests
{
    [SkippableTheory]
    [InlineData("00:00:00")]
    [InlineData("00:00:03")] // As outside Development.
    public async Task Whatever_runs_a_stopping_instance_ends_in_time_and_another_takes_up_its_job(string drain)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Postgres);
        await using var speech = await SpeechDouble.StartAsync(SpeechDouble.Deal, takes: TimeSpan.FromMinutes(5));
        var folder = Directory.CreateTempSubdirectory("voice-stop-");
        string[] settings = [.. speech.Settings, "--Sandbox:CallDuration=00:05:00", $"--Shutdown:Drain={drain}"];
        await using var first = await VoiceProcess.StartAsync(database.ConnectionString, folder.FullName, settings);
        var id = await first.CreateAsync();
        var job = await UploadAsync(first.Http);
        await Eventually.HoldsAsync(() => speech.Calls == 1);
        await using var second = await VoiceProcess.StartAsync(database.ConnectionString, folder.FullName, settings);
        var path = $"/api/v1/voice/recordings/{id}";
        var waits = Enumerable.Range(0, 100).Select(_ => first.Http.GetAsync(path + "?wait=60")).ToList();
        var stream = await first.Http.GetAsync(path + "/events", HttpCompletionOption.ResponseHeadersRead);
        var waitsForJob = UploadAsync(first.Http, prefer: "wait=60");
        await Task.Delay(500);
        speech.Takes = TimeSpan.Zero; // For who takes the job up.

        (await first.TerminateAsync(times: 2)).ExitCode.Should().Be(0, "being told twice is no reason to hurry");

        foreach (var wait in waits) (await wait).StatusCode.Should().Be(HttpStatusCode.OK);
        (await stream.Content.ReadAsStringAsync()).Should().StartWith("event: status").And.Contain("\"recording\"");
        await FluentActions.Awaiting(() => waitsForJob).Should().ThrowAsync<HttpRequestException>("503, and the work goes on")
            .Where(exception => exception.StatusCode == HttpStatusCode.ServiceUnavailable);
        // Its lease alone would have lasted for 15 s.
        await Eventually.SeesAsync(() => second.Http.GetStringAsync(job), body => body.Contains("\"completed\""), seconds: 10);
        (await database.CountAsync("SELECT MAX(tries) FROM processing_jobs")).Should().Be(1, "a shutdown is nobody's failure");
        await second.KillAsync();
        folder.Delete(recursive: true);
    }

    private static async Task<Uri> UploadAsync(HttpClient http, string prefer = "respond-async")
    {
        var beginning = new byte[60_000];
        using (var conversation = Conversation.Open()) conversation.ReadExactly(beginning);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/voice/upload")
        {
            Content = new MultipartFormDataContent
            {
                { new StringContent(JsonSerializer.Serialize(ProcessTests.Parties)), "parties" },
                { new ByteArrayContent(beginning), "file", "call.mp3" },
            },
            Headers = { { "Prefer", prefer } },
        };
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return response.Headers.Location!;
    }
}
