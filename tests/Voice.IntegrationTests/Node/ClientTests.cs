using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Voice.IntegrationTests.Npm;

namespace Voice.IntegrationTests.Node;

public partial class ClientTests
{
    [SkippableFact]
    public async Task The_client_works_in_node()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var speech = await SpeechDouble.StartAsync(Contracts.ProcessTests.Deal);
        // Long enough for a slow machine to see the call while it runs.
        await using var voice = await VoiceHost.StartAsync(database, [.. speech.Settings, "--Sandbox:CallDuration=00:00:03"]);
        var module = await DownloadAsync(voice);

        var output = await Programs.NodeAsync("client.mjs", module, voice.Address, Fixture.At("tone.flac"));

        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().Equal(
            "same: true", "completed: true", "heard: recording…completed", "contract: 640000 KES completed",
            "uploaded: 640000 other", "unprocessed: Recording not found", "busy: busy", "refused: 502 invalid_number true",
            "missing: not_found 404", "invalid: 422 parties: A conference needs at least two parties.", "timeout: timeout",
            "aborted: enough");
    }

    [SkippableFact]
    public async Task The_client_copes_with_whatever_stands_between_it_and_the_service()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        var module = await DownloadAsync(voice);

        var output = await Programs.NodeAsync("proxies.mjs", module, voice.Address);

        output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Should().Equal("""
            rewritten tags: completed, heard recording,completed, with pauses
            one instance behind: completed, heard processing,recording,completed, with pauses
            unheld: completed, heard recording,completed, with pauses
            no tags: completed, heard recording,completed, with pauses
            408: completed true
            425: completed true
            429: completed true
            500: completed true
            502: completed true
            503: completed true
            504: completed true
            a date: completed
            kept to: true
            a splash page: completed
            cut connections: completed
            one 404: completed
            never there: not_found
            gone: not_found 7
            no key: http_401
            Infinity ms: completed
            2147483648 ms: completed
            1000000000000000 ms: completed
            300 ms: timeout
            aborted: enough
            which: true 404 not_found conf_1 Recording not found
            which: true undefined timeout conf_1 It was not final within 300 ms.
            refused: true 502 insufficient_credit conf_1 No credit.
            refused by a proxy: true 502 http_502 undefined The service answered 502.
            still open: true 502 http_502 conf_1 No credit.
            not ours: true 200 unreadable undefined Something else answered in place of the service.
            not ours: true 200 unreadable undefined Something else answered in place of the service.
            cut: true undefined unreachable undefined The service cannot be reached.
            job: ctr_1 after queued,listening 0.5,completed by POST voice/process,GET voice/process/job_1,GET contracts/ctr_1
            job: ctr_1 after queued,listening 0.5,completed by POST voice/upload,GET voice/process/job_1,GET contracts/ctr_1
            taken late: ctr_1 after completed by POST voice/process,GET voice/process/job_1,GET contracts/ctr_1
            taken late: ctr_1 after completed by POST voice/upload,GET voice/process/job_1,GET contracts/ctr_1
            refused: http_422 parties: Name them. after  by POST voice/process
            refused: http_422 parties: Name them. after  by POST voice/upload
            failed job: failed Nobody speaks. after failed by POST voice/process,GET voice/process/job_1
            failed job: failed Nobody speaks. after failed by POST voice/upload,GET voice/process/job_1
            not asynchronous: ctr_1 after  by POST voice/process
            not asynchronous: ctr_1 after  by POST voice/upload
            default: http://localhost:8000/api/v1/voice/recordings/a%20b
            nothing: TypeError Name what it is about: the id is missing.
            createConference: TypeError Say what is asked for: the request is missing.
            processRecording: TypeError Say what is asked for: the request is missing.
            uploadRecording: TypeError Say what is asked for: the request is missing.
            confirmContract: TypeError Say what is asked for: the answer is missing.
            sendCode: TypeError Say what is asked for: the receiver is missing.
            issueToken: TypeError Say what is asked for: the request is missing.
            asked: 1
            contract: confirmed, heard pending,confirmed, held for 30
            contract: rejected, heard pending,rejected, held for 30
            contracts: ctr_1,ctr_2,ctr_3 by contracts?party=%2B254712345678&limit=2,contracts?party=%2B254712345678&limit=2&cursor=a%2Bb
            one of many: ctr_1 by contracts
            timeline: created,deadline by voice/recordings/conf_1/timeline,voice/recordings/conf_1/timeline?cursor=1
            token: voice/recordings/conf_1?token=a.b voice/recordings?status=failed&token=a.b
            asked once: true 503 http_503 conf_1 Not now. 7000
            asked once: true 200 unreadable conf_1 Something else answered in place of the service. 0
            asked once: true undefined unreachable conf_1 The service cannot be reached. 0
            base: TypeError baseUrl must start with http:// or https://, unlike localhost:8000
            base: TypeError baseUrl must start with http:// or https://, unlike file:///tmp
            base: TypeError baseUrl must start with http:// or https://, unlike
            compressed: completed with pauses
            """.Split('\n', StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task The_types_have_every_member_that_a_request_can_have()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        using var document = JsonDocument.Parse(await voice.Http.GetStringAsync("/swagger/v1/swagger.json"));
        var types = Interfaces().Matches(await voice.Http.GetStringAsync("/client/voice-client.d.ts"))
            .ToDictionary(type => type.Groups["name"].Value, type => type.Groups["rest"].Value);
        var paths = document.RootElement.GetProperty("paths");
        var schemas = document.RootElement.GetProperty("components").GetProperty("schemas");

        foreach (var (path, type) in new[]
        {
            ("voice/conference/create", "ConferenceRequest"), ("voice/process", "ProcessRequest"),
            ("contracts/{contract_id}/confirm", "PartyAnswer"), ("tokens", "TokenRequest"),
        })
            Members(type).Should().BeEquivalentTo(
                BodyOf(path).GetProperty("properties").EnumerateObject().Select(member => member.Name), path);
        Members("Party").Should().BeEquivalentTo(
            schemas.GetProperty("PartyBody").GetProperty("properties").EnumerateObject().Select(member => member.Name));
        foreach (var (path, type) in new[] { ("voice/recordings", "RecordingFilter"), ("contracts", "ContractFilter") })
            Members(type).Should().BeEquivalentTo(paths.GetProperty($"/api/v1/{path}").GetProperty("get").GetProperty("parameters")
                .EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() == "query")
                .Select(parameter => parameter.GetProperty("name").GetString()), path);

        JsonElement BodyOf(string path) => schemas.GetProperty(paths.GetProperty($"/api/v1/{path}").GetProperty("post")
            .GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema")
            .GetProperty("$ref").GetString()!.Split('/')[^1]);

        // Its own, and those of what it extends.
        IEnumerable<string> Members(string type) => Member().Matches(types[type]).Select(member => member.Groups["name"].Value)
            .Concat(types.Keys.Where(other => Regex.IsMatch(types[type].Split('{')[0], $@"\b{other}\b")).SelectMany(Members)).Distinct();
    }

    [SkippableFact]
    public async Task The_client_works_in_a_browser()
    {
        var chromium = Needs.FindProgram("chromium") ?? Needs.FindProgram("chromium-browser") ?? Needs.FindProgram("google-chrome");
        Needs.Tool(chromium is not null, "Chromium is not installed: apt-get install chromium.");
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        string? package = null;
        await using var page = await PageAsync(() => package);
        await using var voice = await VoiceHost.StartAsync(database, $"--Cors:Origins:0={page.Urls.First()}");
        package = await PackageTests.InstallAsync(voice, Path.Combine(NpmTools.Folder, "page"));
        var profile = Directory.CreateTempSubdirectory("voice-chromium-");

        // Another origin than the service's, as front-ends live on.
        var output = await Programs.OutputAsync(chromium!, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", $"--user-data-dir={profile.FullName}",
            "--timeout=15000", "--virtual-time-budget=15000", "--dump-dom", $"{page.Urls.First()}/?{voice.Address}");

        output.Should().Contain("<p>completed http://127.0.0.1:").And.Contain("<p>failed busy</p>");
        profile.Delete(recursive: true);
    }

    /// <summary>The module as a file, with its types beside it, as one has it in Node.</summary>
    private static async Task<string> DownloadAsync(VoiceHost voice)
    {
        var folder = Directory.CreateDirectory(Path.Combine(voice.AudioFolder, "..", "client")).FullName;
        foreach (var file in new[] { "voice-client.js", "voice-client.d.ts" })
            await File.WriteAllBytesAsync(Path.Combine(folder, file), await voice.Http.GetByteArrayAsync($"/client/{file}"));
        await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), """{"type":"module"}""");
        return $"file://{folder}/voice-client.js";
    }

    // A page without any bundler: it takes the module from the service, or from the package that lies beside it.
    private static Task<WebApplication> PageAsync(Func<string?> package) => HttpDouble.StartAsync(app =>
    {
        app.MapGet("/voice-client.js", () => Results.File(Path.Combine(package()!, "voice-client.js"), "text/javascript"));
        app.MapGet("/", context =>
        {
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync("""
                <!doctype html><body><script type="module">
                  import { VoiceClient } from './voice-client.js';
                  const baseUrl = location.search.slice(1);
                  const served = await import(baseUrl + '/client/voice-client.js');
                  const say = text => document.body.append(Object.assign(document.createElement('p'), { textContent: text }));
                  for (const [client, first] of [[served, '+254712345678'], [new VoiceClient({ baseUrl }), '+254712340001']]) {
                    try {
                      const conference = await client.createConference({ parties: [first, '+254787654321'] });
                      const recording = await client.waitForRecording(conference.conference_id);
                      say(`${recording.status} ${recording.recording_url}`);
                    } catch (error) {
                      say(`failed ${error.code ?? error}`);
                    }
                  }
                </script>
                """);
        });
    });

    [GeneratedRegex("^export interface (?<name>\\w+)(?<rest>[^{]*\\{(\\}|.*?^\\}))", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Interfaces();

    [GeneratedRegex("^  (?<name>[a-z_]+)\\??:", RegexOptions.Multiline)]
    private static partial Regex Member();
}
