using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Voice.Application;

namespace Voice.Api;

/// <summary>
/// Whether this instance is of use. However many ask at the same time, one look answers them; and whatever hangs, it answers in time.
/// </summary>
internal sealed partial class Readiness
{
    private const int MostAtOnce = 10_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Batches<Readiness, ReadyBody> _looks;
    private readonly TimeProvider _clock;
    private readonly ILogger<Readiness> _logger;

    public Readiness(
        IOptions<HealthCheckServiceOptions> options, IServiceProvider services, TimeProvider clock, ILogger<Readiness> logger)
    {
        (_clock, _logger) = (clock, logger);
        var checks = options.Value.Registrations.Select(registration => new Check(registration, services)).ToList();
        _looks = new(async asking =>
        {
            var body = Describe(await Task.WhenAll(checks.Select(LookAsync)));
            return [.. asking.Select(_ => body)];
        }, MostAtOnce, atOnce: 1);
    }

    public Task<ReadyBody> LookAsync() => _looks.RunAsync(this);

    private async Task<(string Name, HealthCheckResult Result, TimeSpan Took)> LookAsync(Check check)
    {
        var start = _clock.GetTimestamp();
        var result = await AskAsync(check);
        return (check.Name, result, _clock.GetElapsedTime(start));
    }

    private async Task<HealthCheckResult> AskAsync(Check check)
    {
        try
        {
            // What does not heed that it is to end (a driver, a file system) is left behind.
            return await check.RunAsync(Patience, _clock).WaitAsync(Patience, _clock);
        }
        catch (TimeoutException)
        {
            return HealthCheckResult.Unhealthy("It does not answer in time.");
        }
        catch (Exception exception)
        {
            LogFailed(exception, check.Name);
            return HealthCheckResult.Unhealthy("It could not be looked at.");
        }
    }

    private static ReadyBody Describe(IReadOnlyList<(string Name, HealthCheckResult Result, TimeSpan Took)> looks) => new(
        looks.Any(look => look.Result.Status == HealthStatus.Unhealthy) ? ReadyBody.NotReady : "ready",
        ProductVersion.Text,
        looks.ToDictionary(look => look.Name, look => new CheckBody(
            Name(look.Result.Status), look.Result.Description ?? "", Math.Round(look.Took.TotalMilliseconds, 1))));

    private static string Name(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        HealthStatus.Unhealthy => "unhealthy",
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "The health check {Name} failed.")]
    private partial void LogFailed(Exception exception, string name);

    /// <summary>A check; while it hangs it is not begun again, so that not one more thread hangs with each look.</summary>
    private sealed class Check(HealthCheckRegistration registration, IServiceProvider services)
    {
        private readonly IHealthCheck _check = registration.Factory(services);
        private Task<HealthCheckResult>? _running;

        public string Name => registration.Name;

        public Task<HealthCheckResult> RunAsync(TimeSpan patience, TimeProvider clock) =>
            _running is { IsCompleted: false } ? _running : _running = Task.Run(async () =>
            {
                using var limit = new CancellationTokenSource(patience, clock);
                return await _check.CheckHealthAsync(new HealthCheckContext { Registration = registration }, limit.Token);
            });
    }
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
