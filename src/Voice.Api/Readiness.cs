using Microsoft.Extensions.Diagnostics.HealthChecks;
using Voice.Application;

namespace Voice.Api;

/// <summary>Whether this instance is of use. However many ask at the same time, one look answers them.</summary>
internal sealed class Readiness(HealthCheckService checks)
{
    private const int MostAtOnce = 10_000;

    private readonly Batches<Readiness, ReadyBody> _looks = new(async asking =>
    {
        var body = Describe(await checks.CheckHealthAsync());
        return [.. asking.Select(_ => body)];
    }, MostAtOnce, atOnce: 1);

    public Task<ReadyBody> LookAsync() => _looks.RunAsync(this);

    private static ReadyBody Describe(HealthReport report) => new(
        report.Status == HealthStatus.Unhealthy ? ReadyBody.NotReady : "ready",
        ProductVersion.Text,
        report.Entries.ToDictionary(entry => entry.Key, entry => new CheckBody(
            Name(entry.Value.Status),
            // A check that gives no reason has met what it did not expect; that is for the log.
            entry.Value.Exception is null ? entry.Value.Description ?? "" : "It could not be looked at.",
            Math.Round(entry.Value.Duration.TotalMilliseconds, 1))));

    private static string Name(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        HealthStatus.Unhealthy => "unhealthy",
    };
}

/// <summary>How an instance is.</summary>
/// <param name="Status">ready or not_ready.</param>
/// <param name="Version">The program's.</param>
/// <param name="Checks">What was looked at.</param>
internal sealed record ReadyBody(string Status, string Version, IReadOnlyDictionary<string, CheckBody> Checks)
{
    /// <summary>It should be sent nothing.</summary>
    public const string NotReady = "not_ready";
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Status">healthy; degraded, which is no reason to send nothing; unhealthy.</param>
/// <param name="Reason">Why, in a sentence that anybody may read.</param>
/// <param name="Milliseconds">How long looking took.</param>
internal sealed record CheckBody(string Status, string Reason, double Milliseconds);
