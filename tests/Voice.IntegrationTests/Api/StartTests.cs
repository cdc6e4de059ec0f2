using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Voice.Api;
using Voice.Application;
using Voice.Infrastructure;

namespace Voice.IntegrationTests.Api;

/// <summary>The first thing that goes wrong is told in one sentence to whoever starts the service.</summary>
public class StartTests
{
    [Theory]
    [InlineData("--Recordings:SetupDeadline=soon", "Recordings:SetupDeadline must be a time such as 00:02:00")]
    [InlineData("--Recordings:SetupDeadline=120", "Recordings:SetupDeadline must be a time such as 00:02:00")]
    [InlineData("--AfricasTalking:Timeout=1", "AfricasTalking:Timeout must be a time such as 00:02:00")]
    [InlineData("--AfricaTalking:ApiKey=hunter2", "AfricaTalking is no section")]
    [InlineData("--Webhooks:Secrets:0=hunter2", "Webhooks is no section")]
    [InlineData("--Url=http://localhost:1", "Url is no section")]
    [InlineData("--Transcription:Engine=whisper", "Transcription:ModelFile must be set when Transcription:Engine is whisper")]
    [InlineData("--Transcription:Engine=ears", "Transcription:Engine must be auto, whisper, openai, pocketsphinx, sandbox")]
    [InlineData("--Transcription:Engine=openai", "Transcription:BaseUrl must be set when Transcription:Engine is openai")]
    [InlineData("--Reading:Engine=openai", "Reading:BaseUrl must be set when Reading:Engine is openai")]
    [InlineData("--Reading:Engine=model", "Reading:Engine must be rules or openai")]
    [InlineData("--Reading:BaseUrl=localhost", "Reading:BaseUrl must be an absolute http or https address")]
    [InlineData("--Audio:Folder=/proc/voice", "Audio:Folder names a folder that cannot be written to")]
    [InlineData("--Sandbox:Folder=/proc/voice", "Sandbox:Folder names a folder that cannot be written to")]
    [InlineData("--ConnectionStrings:Voise=Host=127.0.0.1;Password=hunter2", "ConnectionStrings:Voise is not a setting")]
    public async Task A_setting_that_cannot_be_meant_stops_the_start(string setting, string sentence)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);

        var start = FluentActions.Invoking(() => VoiceService.Build([
            "--environment=Development", $"--ConnectionStrings:Voice={database.ConnectionString}", "--Database:MigrateOnStart=false",
            setting]));

        start.Should().Throw<SettingException>().Which.Message.Should().Contain(sentence).And.NotContain("hunter2").And.NotContain("\n");
    }

    [Theory]
    [InlineData("Webhook:Secrets=abc", "abc")]
    [InlineData("Webhook:Secrets:0=abc", "abc")]
    [InlineData("Webhook:Secrets=", "")]
    [InlineData("Webhook:Secrets:0=abc Webhook:Secrets=def", "abc,def")]
    public void A_list_that_is_given_as_one_value_has_one_entry(string settings, string entries)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Split(' ')
            .Select(setting => setting.Split('=')).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1]))).Build();

        string.Join(',', configuration.Read<WebhookSettings>("Webhook").Secrets).Should().Be(entries);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Tables_that_are_not_there_and_not_to_be_made_stop_the_start(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine, migrate: false);

        var start = FluentActions.Invoking(() => VoiceService.Build([
            "--environment=Development", $"--ConnectionStrings:Voice={database.ConnectionString}", "--Database:MigrateOnStart=false"]));

        start.Should().Throw<SettingException>().Which.Message.Should().Contain("voice migrate").And.NotContain("\n");
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}")]
    [InlineData("http://192.0.2.1:{0}")]
    [InlineData("https://127.0.0.1:0")]
    public async Task All_that_a_process_says_that_cannot_listen_is_its_sentence(string address)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var folder = Path.GetDirectoryName(database.ConnectionString.Split('=')[1])!;

        var output = await Node.Programs.OutputAsync("dotnet", Path.Combine(AppContext.BaseDirectory, "Voice.Api.dll"),
            $"--contentRoot={AppContext.BaseDirectory}", "--environment=Development",
            $"--ConnectionStrings:Voice={database.ConnectionString}", $"--Audio:Folder={folder}", $"--Sandbox:Folder={folder}",
            "--Urls=" + address.Replace("{0}", $"{((IPEndPoint)taken.LocalEndpoint).Port}"));

        output.Trim().Should().StartWith("Urls ").And.NotContain("\n");
    }

    [Theory]
    [InlineData("WEBHOOKS__SECRETS__0", true)]
    [InlineData("AfricaTalking__ApiKey", true)]
    [InlineData("CONNECTIONSTRING__VOICE", true)]
    [InlineData("OAUTH__CLIENT", false)]
    [InlineData("AUDIT__LOG", false)]
    [InlineData("SOMETHING__ELSE", false)]
    [InlineData("WEBHOOKS", false)]
    public void In_the_environment_only_what_all_but_has_a_name_of_ours_stops_the_start(string name, bool stops)
    {
        var prefix = $"voice_{Guid.NewGuid():N}_"; // Other tests share the environment.
        Environment.SetEnvironmentVariable(prefix + name, "hunter2");

        var check = () => SettingNames.Check((IConfigurationRoot)new ConfigurationBuilder().AddEnvironmentVariables(prefix).Build());

        if (stops) check.Should().Throw<SettingException>().Which.Message.Should().Contain(name.Split("__")[0]).And.NotContain("hunter2");
        else check.Should().NotThrow();
        Environment.SetEnvironmentVariable(prefix + name, null);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}", "another program")]
    [InlineData("http://192.0.2.1:{0}", "cannot listen")]
    [InlineData("https://127.0.0.1:0", "certificate")]
    public async Task An_address_that_cannot_be_listened_on_is_one_sentence_and_no_stack(string address, string sentence)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var log = new LogBook();
        await using var app = VoiceService.Build([
            "--environment=Development", $"--ConnectionStrings:Voice={database.ConnectionString}", "--Database:MigrateOnStart=false",
            "--Urls=" + address.Replace("{0}", $"{((IPEndPoint)taken.LocalEndpoint).Port}")]);
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);

        var start = await FluentActions.Awaiting(app.StartListeningAsync).Should().ThrowAsync<SettingException>();

        start.Which.Message.Should().Contain("Urls").And.Contain(sentence).And.NotContain("\n");
        log.Lines.Should().NotContain(line => line.Level > LogLevel.Warning);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_database_that_stays_away_is_one_line_of_the_log_however_often_it_is_tried_and_then_a_sentence(bool isCommand)
    {
        var folder = Directory.CreateTempSubdirectory("voice-start-");
        using var process = Process.Start(new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "Voice.Api.dll"), .. isCommand ? ["migrate"] : Array.Empty<string>(),
            $"--contentRoot={AppContext.BaseDirectory}", .. Production.Settings, "--Urls=http://127.0.0.1:0",
            "--Database:WaitOnStart=00:00:04", $"--Audio:Folder={folder.FullName}", $"--Sandbox:Folder={folder.FullName}",
            "--ConnectionStrings:Voice=Host=127.0.0.1;Port=1;Password=hunter2",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

        var reading = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        var (output, error) = ((await reading.Item1).TrimEnd(), (await reading.Item2).TrimEnd());
        folder.Delete(recursive: true);

        process.ExitCode.Should().NotBe(0);
        (output + error).Should().NotContain("hunter2").And.NotContain("   at ");
        if (isCommand) output.Should().BeEmpty("a command prints what it was asked for");
        var lines = (output + '\n' + error).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Should().HaveCount(2);
        JsonDocument.Parse(lines[0]).RootElement.GetProperty("Message").GetString().Should()
            .StartWith("The database is away and is tried again: ").And.Contain("refused");
        lines[1].Should().StartWith("ConnectionStrings:Voice names a database that cannot be used (PostgreSQL,");
    }

    [Fact]
    public async Task A_secret_that_is_short_is_named_in_one_warning_and_not_shown()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, [.. Production.Settings,
            $"--Auth:ApiKeys:0={new string('a', 15)}", $"--Auth:ApiKeys:1={new string('b', 16)}", "--Webhook:Secrets:1=hunter2"]);
        await using var strong = await VoiceHost.StartAsync(database, Production.Settings);

        voice.Log.Lines.Should().ContainSingle(line => line.Level == LogLevel.Warning).Which.Text.Should()
            .Be("Too short, and can be guessed: Auth:ApiKeys:0, Webhook:Secrets:1. Use at least 16 characters.");
        strong.Log.Lines.Should().NotContain(line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public void Every_setting_of_the_readme_is_known()
    {
        var readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"));
        var sections = Regex.Matches(readme, @"(?m)^\| `([A-Z]\w+)[:`]").Select(match => match.Groups[1].Value).Distinct().ToList();
        sections.Should().HaveCountGreaterThan(8);

        foreach (var section in sections)
            FluentActions.Invoking(() => SettingNames.Check((IConfigurationRoot)new ConfigurationBuilder()
                .AddInMemoryCollection([new(section == "ConnectionStrings" ? "ConnectionStrings:Voice" : section + ":X", "1")]).Build()))
                .Should().NotThrow(section);
    }
}
