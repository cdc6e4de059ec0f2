using MediatR;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Voice.Application.Contracts;

namespace Voice.Infrastructure.Background;

/// <summary>Does the processing that nobody waits for, one job after the other. Every instance runs one.</summary>
internal sealed partial class JobRunner(IMediator mediator, TimeProvider clock, ILogger<JobRunner> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await mediator.Send(new RunNextJob(), stoppingToken))
                {
                    // There may be more.
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception); // Whatever was taken is due again when its lease ends.
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A processing job was interrupted and is tried again.")]
    private partial void LogFailed(Exception exception);
}
