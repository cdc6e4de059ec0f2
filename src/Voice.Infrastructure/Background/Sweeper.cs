using MediatR;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Voice.Application;
using Voice.Application.Recordings;

namespace Voice.Infrastructure.Background;

/// <summary>
/// Does what time demands, one after the other, again and again, and at once when there is news under a topic. Every instance does.
/// </summary>
internal sealed partial class Sweeper(
    IReadOnlyList<IRequest> work, string topic, TimeSpan pace, IMediator mediator, IChangeFeed changes, IDatabaseErrors database,
    TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<Sweeper> logger)
        : BackgroundService
{
    /// <summary>How often what somebody may wait for is looked for.</summary>
    public static readonly TimeSpan Brisk = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A service that cannot listen ends at once, and its work would end in mid-air.
        using var started = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStarted, stoppingToken);
        await Task.Delay(Timeout.Infinite, started.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var watch = changes.Watch(topic);
        var news = watch.Change;
        var pause = Brisk; // The first round comes soon, whatever the pace.
        while (!stoppingToken.IsCancellationRequested)
        {
            await news.WaitAsync(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            news = watch.Change; // Before the work is looked for, so that none comes unseen.
            pause = pace;
            foreach (var request in work)
                if (!await RunAsync(request, stoppingToken)) pause = Brisk;
        }
    }

    private async Task<bool> RunAsync(IRequest request, CancellationToken stoppingToken)
    {
        try
        {
            await mediator.Send(request, stoppingToken);
            database.TellAnswers();
            return true;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return true; // Shutting down; what is left is due at the next start.
        }
        catch (Exception exception)
        {
            // The work stays due, so the next round, which comes soon, does it; one bad round must not end all rounds.
            if (!database.TellsAway(exception)) LogFailed(exception, request.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Work} failed and is tried again.")]
    private partial void LogFailed(Exception exception, string work);
}
