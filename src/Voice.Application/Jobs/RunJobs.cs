using System.Data.Common;
using MediatR;
using Voice.Application.Contracts;
using Voice.Application.Recordings;

namespace Voice.Application.Jobs;

/// <summary>Does the jobs that are due, one after the other. Safe on any number of instances at once.</summary>
public sealed record RunJobs : IRequest;

internal sealed class RunJobsHandler(IJobRepository jobs, IMediator mediator, TimeProvider clock) : AsyncRequestHandler<RunJobs>
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);

    protected override async Task Handle(RunJobs request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = clock.GetUtcMilliseconds();
            if (await jobs.TakeAsync(now, now + Job.Lease, cancellationToken) is not { } job) return;
            await RunAsync(job, cancellationToken);
        }
    }

    private async Task RunAsync(Job job, CancellationToken cancellationToken)
    {
        // It was taken as often as a job may be tried, and no try came to an end: the process died of it.
        if (job.Tries > Job.MostTries)
        {
            await SaveAsync(job, job.Troubled(clock.GetUtcMilliseconds()), cancellationToken);
            return;
        }
        using var span = Telemetry.Spans.StartActivity("job");
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var progress = new LastProgress();
        var extending = ExtendAsync(job, progress, done.Token);
        try
        {
            var contractId = await mediator.Send(new MakeContract(job.Order, progress), cancellationToken);
            await SaveAsync(job, job.Completed(contractId), cancellationToken);
            if (job.Order.RecordingId is { } recordingId) RecordingTrace.Note(recordingId, "contract");
        }
        catch (AudioNotThereException missing)
        {
            await SaveAsync(job, job.AudioMissing(clock.GetUtcMilliseconds(), missing.WaitAtMost, missing.Message), cancellationToken);
        }
        catch (Exception exception) when (KindOf(exception) is { } kind)
        {
            await SaveAsync(job, job.Failed(kind, exception.Message), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await SaveAsync(job, job.GivenBack(clock.GetUtcMilliseconds()), CancellationToken.None);
            throw;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var now = clock.GetUtcMilliseconds();
            await SaveAsync(job, exception is StorageException ? job.WithoutRoom(now) : job.Troubled(now), cancellationToken);
            throw; // It is logged where sweeps are.
        }
        finally
        {
            await done.CancelAsync();
            await extending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SaveAsync(Job job, Job outcome, CancellationToken cancellationToken)
    {
        var saved = await jobs.SaveAsync(outcome, clock.GetUtcMilliseconds(), cancellationToken);
        if (saved && outcome.HasEnded && job.Order.Upload is { } upload) new AudioFile(upload.Path, upload.Sha256).Dispose();
    }

    // What no further try would change.
    private static JobFailureKind? KindOf(Exception exception) => exception switch
    {
        AudioException => JobFailureKind.Invalid,
        ConflictException => JobFailureKind.Conflict,
        ToolMissingException => JobFailureKind.NotInstalled,
        _ => null,
    };

    private async Task ExtendAsync(Job job, LastProgress progress, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(Heartbeat, clock, cancellationToken);
            try
            {
                await jobs.ExtendAsync(job, progress.Last, clock.GetUtcMilliseconds() + Job.Lease, cancellationToken);
            }
            catch (DbException)
            {
                // The next one may succeed; if none does, another instance takes the job, which ends in the same contract.
            }
        }
    }

    private sealed class LastProgress : IProgress<JobProgress>
    {
        public JobProgress? Last { get; private set; }

        public void Report(JobProgress value) => Last = value;
    }
}
