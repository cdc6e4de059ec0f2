using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Voice.IntegrationTests.Node;

public class ClientTests
{
    [SkippableFact]
    public async Task The_client_works_in_node()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        Contracts.ProcessTests.NeedsFfmpeg();
        await using var speech = await SpeechDouble.StartAsync(Contracts.ProcessTests.Deal);
        await using var voice = await VoiceHost.StartAsync(database, speech.Settings);
        var folder = Directory.CreateTempSubdirectory("voice-client-");
        foreach (var file in new[] { "voice-client.js", "voice-client.d.ts" })
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, file), await voice.Http.GetByteArrayAsync($"/client/{file}"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "package.json"), """{"type":"module"}""");

        var output = await Programs.NodeAsync("client.mjs", voice.Address, $"file://{folder.FullName}/voice-client.js");

        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().Equal(
            "same: true", "completed: true", "heard: recording…completed", "contract: 640000 KES", "unprocessed: 404", "busy: busy",
            "missing: not_found 404", "invalid: 422 parties: A conference needs at least two parties.", "timeout: timeout",
            "aborted: enough", "plain: completed", "patient: true", "types: true");
        folder.Delete(recursive: true);
    }

    [SkippableFact]
    public async Task The_client_works_in_a_browser()
    {
        var chromium = Needs.FindProgram("chromium") ?? Needs.FindProgram("chromium-browser") ?? Needs.FindProgram("google-chrome");
        Needs.Tool(chromium is not null, "Chromium is not installed: apt-get install chromium.");
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var page = await PageAsync();
        await using var voice = await VoiceHost.StartAsync(database, $"--Cors:Origins:0={page.Urls.First()}");
        var profile = Directory.CreateTempSubdirectory("voice-chromium-");

        // Another origin than the service's, as front-ends live on.
        var output = await Programs.OutputAsync(chromium!, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", $"--user-data-dir={profile.FullName}",
            "--timeout=15000", "--virtual-time-budget=15000", "--dump-dom", $"{page.Urls.First()}/?{voice.Address}");

        output.Should().Contain("<p>completed http://127.0.0.1:").And.Contain("<p>failed busy</p>");
        profile.Delete(recursive: true);
    }

    private static Task<WebApplication> PageAsync() => HttpDouble.StartAsync(app =>
        app.MapGet("/", context =>
        {
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync("""
                <!doctype html><body><script type="module">
                  const { createConference, waitForRecording } = await import(location.search.slice(1) + '/client/voice-client.js');
                  const say = text => document.body.append(Object.assign(document.createElement('p'), { textContent: text }));
                  for (const first of ['+254712345678', '+254712340001']) {
                    try {
                      const conference = await createConference({ parties: [first, '+254787654321'] });
                      const recording = await waitForRecording(conference.conference_id);
                      say(`${recording.status} ${recording.recording_url}`);
                    } catch (error) {
                      say(`failed ${error.code ?? error}`);
                    }
                  }
                </script>
                """);
        }));
}
