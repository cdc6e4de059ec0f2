using System.Data.Common;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Voice.Application.Recordings;
using Voice.Domain.Contracts;
using Voice.Infrastructure.Database;
using Voice.Infrastructure.Speech;

namespace Voice.Infrastructure.Health;

/// <summary>What an instance needs to be of use. Anybody may read the reasons: no path, no address, no words of an exception.</summary>
internal static class HealthChecks
{
    /// <param name="services">Gets the checks.</param>
    /// <param name="folders">What is written to.</param>
    public static void AddHealthChecks(IServiceCollection services, IReadOnlyList<string> folders) =>
        services.AddHealthChecks()
            .AddCheck<DatabaseHealth>("database")
            .AddCheck<ChangeFeedHealth>("change_feed")
            .AddCheck("disk", () => Disk.Check(folders))
            .AddCheck<EngineHealth>("engine");
}

internal sealed class DatabaseHealth(DbDataSource database, Dialect dialect) : IHealthCheck
{
    private readonly IReadOnlyList<string> _needed = [.. Migrator.Scripts(dialect).Select(script => script.Name)];

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        const string sql = "SELECT scriptname FROM schemaversions";
        try
        {
            var command = new CommandDefinition(sql, cancellationToken: cancellationToken);
            var run = await database.ReadAsync(connection => connection.QueryAsync<string>(command), cancellationToken);
            return _needed.Except(run).FirstOrDefault() is { } missing
                ? HealthCheckResult.Unhealthy($"The migration {missing} has not run.")
                : HealthCheckResult.Healthy("It answers, and its tables are up to date.");
        }
        catch (Exception exception) when (exception is DbException or TimeoutException or OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("It cannot be reached, or does not answer in time.");
        }
    }
}

internal sealed class ChangeFeedHealth(IChangeFeed changes) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(changes.IsUp
            ? HealthCheckResult.Healthy("Changes made by other instances are heard of at once.")
            : HealthCheckResult.Degraded("Changes made by other instances are looked for every second."));
}

internal sealed class EngineHealth(EngineChoice choice) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(choice.Engine is null or SpeechEngine.Sandbox
            ? HealthCheckResult.Degraded("There is no speech engine: no contract is made of real audio until one is installed or set.")
            : HealthCheckResult.Healthy("A speech engine is set up."));
}

/// <summary>How much room there is. Without any nothing can be kept; with little, jobs wait.</summary>
internal static class Disk
{
    private const long Little = 500L * 1024 * 1024;
    private const long TooLittle = 20L * 1024 * 1024;

    public static HealthCheckResult Check(IEnumerable<string> folders) => folders.Min(RoomIn) switch
    {
        < TooLittle => HealthCheckResult.Unhealthy("There is no room left on the disk."),
        < Little => HealthCheckResult.Degraded("There are less than 500 MB of room on the disk."),
        _ => HealthCheckResult.Healthy("There is room on the disk."),
    };

    private static long RoomIn(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0; // What cannot be looked at cannot be written to.
        }
    }
}
