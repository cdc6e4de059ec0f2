using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Voice.IntegrationTests.Node;

namespace Voice.IntegrationTests.Operations;

/// <summary>What is measured, and what watches it.</summary>
public class MetricsTests
{
    private static readonly string[] Watching = ["alerts.yaml", "grafana.json"];

    [SkippableFact]
    public async Task Every_metric_that_is_watched_or_documented_is_there_and_no_label_says_who_or_what()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Postgres);
        await using var speech = await SpeechDouble.StartAsync(SpeechDouble.Deal);
        var folder = Directory.CreateTempSubdirectory("voice-metrics-");
        await using var voice = await VoiceProcess.StartAsync(
            database.ConnectionString, folder.FullName, [.. NoisyRun.Settings, .. speech.Settings]);

        await NoisyRun.MakeAsync(voice.Http);
        // Messages and events go out, and the backlog is looked at, in their own time.
        var metrics = await Eventually.SeesAsync(() => voice.Http.GetStringAsync("/metrics"),
            text => text.Contains("voice_messages_total{") && text.Contains("voice_delivery_lag_seconds_count{")
                && Value(text, "voice_database_up") == 1);

        var names = Watching.Select(file => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "deploy", file)))
            .Append(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "operations.md")))
            .SelectMany(text => Regex.Matches(text, @"\b(?:voice|db_client|dotnet)_[a-z_]*[a-z]\b")).Select(match => match.Value)
            .Distinct().ToList();
        names.Should().HaveCountGreaterThan(15);
        var there = Regex.Matches(metrics, "(?m)^([a-z_]+)[{ ]").Select(match => match.Groups[1].Value)
            .SelectMany(name => new[] { name, Regex.Replace(name, "_(bucket|count|sum)$", "") }).ToHashSet();
        there.Should().Contain(names);
        foreach (var word in NoisyRun.Unspeakable) metrics.Should().NotContainEquivalentOf(word);
        metrics.Should().NotMatchRegex("conf_|ctr_|ATVId");
        metrics.Should().NotContain("127.0.0.1").And.NotContain("Host=");
        Value(metrics, "voice_contradictions_total").Should().Be(1);
        Value(metrics, "voice_endpoints_disabled_total").Should().Be(0, "what has not happened is there from the start");
        Value(metrics, "voice_status_unchanged_total").Should().BePositive();
        Value(metrics, "voice_status_reads_total").Should().BeGreaterThan(Value(metrics, "voice_status_unchanged_total"));
        await voice.KillAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Metrics_are_for_keys_that_may_read()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, Production.Settings);

        using var without = await voice.Http.GetAsync("/metrics");
        voice.Http.DefaultRequestHeaders.Authorization = new("Bearer", Production.Key);
        using var with = await voice.Http.GetAsync("/metrics");
        using var head = await voice.Http.SendAsync(new(HttpMethod.Head, "/metrics"));

        without.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        with.StatusCode.Should().Be(HttpStatusCode.OK);
        with.Content.Headers.ContentType!.MediaType.Should().Be("text/plain");
        head.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [SkippableFact]
    public async Task While_the_database_hangs_the_measures_are_there_all_the_same_and_say_so()
    {
        var server = await PostgresServer.StartPrivateAsync();
        await using var database = await TestDatabase.CreateAsync(server);
        var folder = Directory.CreateTempSubdirectory("voice-metrics-");
        await using var voice = await VoiceProcess.StartAsync(database.ConnectionString, folder.FullName);
        await Eventually.SeesAsync(() => voice.Http.GetStringAsync("/metrics"), text => Value(text, "voice_database_up") == 1);
        await server.HangAsync();
        try
        {
            var metrics = await Eventually.SeesAsync(() => voice.Http.GetStringAsync("/metrics").WaitAsync(TimeSpan.FromSeconds(3)),
                text => Value(text, "voice_database_up") == 0);

            metrics.Should().NotContain("voice_backlog{");
        }
        finally
        {
            await server.GoOnAsync();
        }
        await voice.KillAsync();
        folder.Delete(recursive: true);
    }

    [SkippableFact]
    public async Task The_rules_for_alerts_are_ones_that_Prometheus_takes()
    {
        var promtool = Needs.FindProgram("promtool");
        Needs.Tool(promtool is not null, "promtool is not installed (Debian: prometheus).");

        (await Programs.OutputAsync(promtool!, "check", "rules", Path.Combine(AppContext.BaseDirectory, "deploy", "alerts.yaml")))
            .Should().Contain("SUCCESS");
    }

    [SkippableFact]
    public async Task Alerts_fire_when_they_should_and_only_then()
    {
        var promtool = Needs.FindProgram("promtool");
        Needs.Tool(promtool is not null, "promtool is not installed (Debian: prometheus).");

        var (exitCode, output, errors) = await Programs.RunAsync(new(promtool!,
            ["test", "rules", Path.Combine(AppContext.BaseDirectory, "Operations", "alerts.test.yaml")]));

        exitCode.Should().Be(0, output + errors);
    }

    [Fact]
    public void Each_alert_says_where_it_stands_what_to_do()
    {
        var rules = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "deploy", "alerts.yaml"));
        var alerts = Regex.Matches(rules, @"alert: (\w+)").Select(match => match.Groups[1].Value).ToList();

        Regex.Matches(rules, "runbook_url: docs/operations.md#(.+)").Select(match => match.Groups[1].Value)
            .Should().Equal(alerts.Select(alert => alert.ToLowerInvariant()));
        Regex.Matches(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "operations.md")), @"(?m)^### (Voice\w+)$")
            .Select(match => match.Groups[1].Value).Should().Equal(alerts);
    }

    private static double Value(string metrics, string name) =>
        Regex.Match(metrics, $@"(?m)^{name}(?:\{{[^}}]*\}})? (\S+)") is { Success: true } line
            ? double.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture)
            : -1;
}
