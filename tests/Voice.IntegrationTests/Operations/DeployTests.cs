using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Voice.Infrastructure.AfricasTalking.Sandbox;
using Voice.IntegrationTests.Contracts;
using Voice.IntegrationTests.Node;

namespace Voice.IntegrationTests.Operations;

/// <summary>The files of <c>deploy/</c>, used.</summary>
public sealed class DeployTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voice-deploy-");
    private readonly ConcurrentQueue<string> _nginxLog = [];

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableFact]
    public async Task Two_instances_behind_nginx_lose_nothing_when_one_is_stopped_and_hold_waits_and_streams()
    {
        var nginx = Needs.FindProgram("nginx", "/usr/sbin");
        Needs.Tool(nginx is not null, "nginx is not installed (Debian: nginx-light).");
        await using var database = await TestDatabase.CreateAsync(Engine.Postgres);
        await using var provider = await ProviderDouble.StartAsync(number => $"ATVId_{number}");
        string[] settings = [.. Production.Settings, .. provider.Settings, "--Proxy:Known:0=127.0.0.1", "--Shutdown:Drain=00:00:01"];
        await using var first = await VoiceProcess.StartAsync(database.ConnectionString, _folder.FullName, settings);
        await using var second = await VoiceProcess.StartAsync(database.ConnectionString, _folder.FullName, settings);
        using var proxy = StartNginx(nginx!, Deployed("nginx.conf")
            .Replace("voice-1:8080", first.Http.BaseAddress!.Authority)
            .Replace("voice-2:8080", second.Http.BaseAddress!.Authority), out var address);
        using var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", Production.Key);
        try
        {
            await Eventually.SeesAsync(() => AnswerAsync(http, "/health/ready"), answer => answer == HttpStatusCode.OK);
            var ids = new List<string>();
            for (var number = 0; number < 20; number++) ids.Add(await CreateAsync(http));

            // Neither is buffered: the first event is here while the call goes on, and the wait ends with the callback.
            using var stream = await http.GetAsync(Status(ids[0]) + "/events", HttpCompletionOption.ResponseHeadersRead);
            using var events = new StreamReader(await stream.Content.ReadAsStreamAsync());
            (await events.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10))).Should().Be("event: status");
            var wait = http.GetStringAsync(Status(ids[0]) + "?wait=60");
            await CallbackAsync(http, 1);
            (await wait.WaitAsync(TimeSpan.FromSeconds(10))).Should().Contain("\"completed\"");
            (await events.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(10))).Should().Contain("\"completed\"");

            var stopping = first.TerminateAsync();
            for (var number = 2; number <= 20; number++)
            {
                (await http.GetAsync(Status(ids[number - 1]))).StatusCode.Should().Be(HttpStatusCode.OK);
                await CallbackAsync(http, number);
                await Task.Delay(100);
            }
            await stopping;

            foreach (var id in ids) (await http.GetStringAsync(Status(id))).Should().Contain("\"completed\"");
            (await http.GetAsync("/metrics")).StatusCode.Should().Be(HttpStatusCode.NotFound, "each instance has its own");
        }
        finally
        {
            proxy.Kill(entireProcessTree: true);
            await proxy.WaitForExitAsync();
        }
    }

    [SkippableTheory]
    [InlineData("")] // Instances are away: the level error.
    [InlineData("proxy_bind 203.0.113.1;")] // They cannot even be tried: the level crit.
    public async Task What_goes_wrong_in_nginx_puts_no_address_into_its_logs(string setting)
    {
        var nginx = Needs.FindProgram("nginx", "/usr/sbin");
        Needs.Tool(nginx is not null, "nginx is not installed (Debian: nginx-light).");
        using var proxy = StartNginx(nginx!, Deployed("nginx.conf")
            .Replace("http {", $"http {{ {setting}")
            .Replace("voice-1:8080", "127.0.0.1:1")
            .Replace("voice-2:8080", "127.0.0.1:2"), out var address);
        using var http = new HttpClient { BaseAddress = address };
        try
        {
            await Eventually.SeesAsync(() => AnswerAsync(http, "/metrics"), answer => answer is not null);

            foreach (var path in new[] { "webhook?token=the-secret", "webhook/the-secret", "recordings/conf_1?token=the-secret" })
            {
                using var answer = await http.PostAsync($"/api/v1/voice/{path}", new StringContent("isActive=0"));
                ((int)answer.StatusCode).Should().BeGreaterThanOrEqualTo(500);
            }
        }
        finally
        {
            proxy.Kill(entireProcessTree: true);
            await proxy.WaitForExitAsync();
        }

        _nginxLog.Should().NotContain(line => line.Contains("the-secret"));
    }

    [Fact]
    public void No_setting_that_is_shown_has_a_comment_behind_it_which_systemd_would_take_for_a_part_of_its_value()
    {
        string[] files =
        [
            Path.Combine(AppContext.BaseDirectory, "README.md"),
            .. new[] { "docs", "deploy" }.SelectMany(folder => Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, folder))),
        ];

        var settings = files.SelectMany(File.ReadAllLines).Where(line => Regex.IsMatch(line, @"^\s*[A-Z]\w*(__\w+)*=")).ToList();

        settings.Should().Contain(line => line.Contains("Webhook__Secrets__0="));
        settings.Should().NotContain(line => Regex.IsMatch(line, @"\s[#;]"));
    }

    [SkippableFact]
    public async Task Systemd_takes_the_unit()
    {
        var analyze = Needs.FindProgram("systemd-analyze");
        Needs.Tool(analyze is not null, "systemd-analyze is not installed (Debian: systemd).");
        var unit = Path.Combine(_folder.FullName, "voice.service");
        // Verified is also that the program is there.
        await File.WriteAllTextAsync(unit, Deployed("voice.service")
            .Replace("/opt/voice/Voice.Api", Path.Combine(AppContext.BaseDirectory, "Voice.Api")));

        var complaints = await Programs.OutputAsync(analyze!, "verify", "--man=no", unit);

        complaints.Split('\n').Should().NotContain(line => line.Contains("voice.service"));
    }

    [SkippableFact]
    public async Task What_is_published_with_its_runtime_runs_without_dotnet_and_hears()
    {
        var published = Environment.GetEnvironmentVariable("VOICE_TEST_PUBLISHED");
        Needs.Tool(published is not null, "VOICE_TEST_PUBLISHED does not name a folder that dotnet publish --self-contained made.");
        ProcessTests.NeedsPocketSphinx();
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "ffmpeg"), Needs.FindProgram("ffmpeg")!);
        var environment = new Dictionary<string, string> { ["PATH"] = _folder.FullName, ["DOTNET_ROOT"] = "" };
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceProcess.StartAsync(
            Path.Combine(published!, "Voice.Api"), database.ConnectionString, _folder.FullName, environment, []);
        var beginning = new byte[60_000]; // Of its mp3, ten seconds.
        using (var conversation = Conversation.Open()) conversation.ReadExactly(beginning);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(JsonSerializer.Serialize(ProcessTests.Parties)), "parties" },
            { new ByteArrayContent(beginning), "file", "call.mp3" },
        };

        using var response = await voice.Http.PostAsync("/api/v1/voice/upload", form);

        (await response.Content.ReadAsStringAsync()).Should().Contain("maize");
    }

    [Fact]
    public async Task There_is_one_version()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);

        var (_, told, _) = await VoiceCommand.RunAsync(database, "--version");
        var live = await voice.Http.GetFromJsonAsync<JsonElement>("/health/live");
        var document = await voice.Http.GetFromJsonAsync<JsonElement>("/swagger/v1/swagger.json");

        told.Should().MatchRegex(@"^\d+\.\d+\.\d+$");
        live.GetProperty("version").GetString().Should().Be(told);
        document.GetProperty("info").GetProperty("version").GetString().Should().Be(told);
    }

    private static string Deployed(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "deploy", file));

    // With the file itself, but for the addresses that are this test's.
    private Process StartNginx(string nginx, string configuration, out Uri address)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        address = new Uri($"http://127.0.0.1:{port}");
        var conf = Path.Combine(_folder.FullName, "nginx.conf");
        File.WriteAllText(conf, configuration.Replace("listen 80;", $"listen 127.0.0.1:{port};"));
        var process = Process.Start(new ProcessStartInfo(nginx,
            ["-c", conf, "-p", _folder.FullName, "-e", "stderr", "-g", $"daemon off; pid {_folder.FullName}/nginx.pid;"])
        {
            RedirectStandardError = true,
        })!;
        process.ErrorDataReceived += (_, line) => _nginxLog.Enqueue(line.Data ?? "");
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task<HttpStatusCode?> AnswerAsync(HttpClient http, string path)
    {
        try
        {
            return (await http.GetAsync(path)).StatusCode;
        }
        catch (HttpRequestException)
        {
            return null; // nginx is starting.
        }
    }

    private static async Task<string> CreateAsync(HttpClient http)
    {
        using var response = await http.PostAsJsonAsync(
            "/api/v1/voice/conference/create", new { parties = new[] { "+254712345678", "+254787654321" } });
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("conference_id").GetString()!;
    }

    // As the provider does: again, until it is answered 200.
    private static Task CallbackAsync(HttpClient http, int number) => Eventually.SeesAsync(async () =>
    {
        var form = $"isActive=0&sessionId=ATVId_{number}&status=Success&durationInSeconds=60"
            + $"&recordingUrl=https%3A%2F%2Fvoice.africastalking.com%2Fr{number}";
        using var response = await http.PostAsync($"/api/v1/voice/webhook?token={Uri.EscapeDataString(Production.Secret)}",
            new StringContent(form, null, "application/x-www-form-urlencoded"));
        return response.StatusCode;
    }, status => status == HttpStatusCode.OK);

    private static string Status(string id) => $"/api/v1/voice/recordings/{id}";
}
