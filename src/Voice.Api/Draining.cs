using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Voice.Api;

/// <summary>The settings under <c>Shutdown</c>.</summary>
internal sealed class ShutdownSettings
{
    /// <summary>How long a stopping instance goes on to serve, for load balancers to notice; null: 3 s, in Development none.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ErrorMessage = "must be at most 00:10:00.")]
    public TimeSpan? Drain { get; init; }
}

/// <summary>
/// The time between the word to stop and the end: first it is said that nothing new should come, then everybody gets an answer.
/// </summary>
internal sealed class Draining(TimeSpan time, TimeProvider clock) : IHostedLifecycleService, IHealthCheck
{
    private volatile bool _isOn;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_isOn
            ? HealthCheckResult.Unhealthy("This instance is shutting down.")
            : HealthCheckResult.Healthy("This instance goes on."));

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _isOn = true;
        await Task.Delay(time, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

internal static class DrainingRegistration
{
    private static readonly TimeSpan Default = TimeSpan.FromSeconds(3);

    // What is left of ten seconds: requests end, jobs go back to the queue, and what then still runs is cut off.
    private static readonly TimeSpan End = TimeSpan.FromSeconds(6);

    public static void AddDraining(this WebApplicationBuilder builder, ShutdownSettings settings)
    {
        var time = settings.Drain ?? (builder.Environment.IsDevelopment() ? TimeSpan.Zero : Default);
        builder.Services.AddSingleton(services => new Draining(time, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddHostedService(services => services.GetRequiredService<Draining>());
        builder.Services.AddHealthChecks().AddCheck<Draining>("shutdown");
        builder.Services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = time + End;
            host.ServicesStopConcurrently = true; // Else jobs would first hear of it when the last request has ended.
        });
    }
}
