using MediatR;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Voice.Application.Recordings;
using Voice.Application.Webhooks;

namespace Voice.Infrastructure.Background;

/// <summary>Does what time demands: applies what a crash left in the inbox, and passes deadlines. Every instance runs one.</summary>
internal sealed partial class Sweeper(IMediator mediator, TimeProvider clock, ILogger<Sweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // In this order: a report that is already here must be heard before its recording is given up.
            await RunAsync(new ApplyKeptEvents(), stoppingToken);
            await RunAsync(new PassDeadlines(), stoppingToken);
        }
    }

    private async Task RunAsync(IRequest work, CancellationToken stoppingToken)
    {
        try
        {
            await mediator.Send(work, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Shutting down; what is left is due at the next start.
        }
        catch (Exception exception)
        {
            // The work stays due, so the next round does it; one bad round must not end all rounds.
            LogFailed(exception, work.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Work} failed and is tried again.")]
    private partial void LogFailed(Exception exception, string work);
}
