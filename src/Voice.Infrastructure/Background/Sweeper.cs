using MediatR;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Voice.Infrastructure.Background;

/// <summary>Does what time demands, one after the other, again and again. Every instance does.</summary>
internal sealed partial class Sweeper(IReadOnlyList<IRequest> work, IMediator mediator, TimeProvider clock, ILogger<Sweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var request in work) await RunAsync(request, stoppingToken);
        }
    }

    private async Task RunAsync(IRequest request, CancellationToken stoppingToken)
    {
        try
        {
            await mediator.Send(request, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Shutting down; what is left is due at the next start.
        }
        catch (Exception exception)
        {
            // The work stays due, so the next round does it; one bad round must not end all rounds.
            LogFailed(exception, request.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Work} failed and is tried again.")]
    private partial void LogFailed(Exception exception, string work);
}
