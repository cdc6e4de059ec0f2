using MediatR;
using Voice.Application.Conferences;
using Voice.Application.Webhooks;
using Voice.Domain.Recordings;

namespace Voice.Application.Recordings;

/// <summary>
/// Fails the recordings that have waited too long, unless the provider, where it can be asked, has something to say of them. Safe on any
/// number of instances at once.
/// </summary>
public sealed record PassDeadlines : IRequest;

internal sealed class PassDeadlinesHandler(
    IRecordingRepository recordings, IVoiceProvider provider, IProviderProtocol protocol, CallbackIntake intake, Deadlines deadlines,
    TimeProvider clock) : AsyncRequestHandler<PassDeadlines>
{
    private const int BatchSize = 100;
    private const int AskedAtOnce = 8;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    protected override async Task Handle(PassDeadlines request, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> overdue;
        do
        {
            var now = clock.GetUtcMilliseconds();
            overdue = await recordings.TakeOverdueAsync(now, now + Lease, BatchSize, cancellationToken);
            await Parallel.ForEachAsync(
                overdue, new ParallelOptions { MaxDegreeOfParallelism = AskedAtOnce, CancellationToken = cancellationToken },
                async (recordingId, cancellationToken) =>
                {
                    await AskAboutAsync(recordingId, now, cancellationToken);
                    await recordings.ChangeAsync(recordingId, recording => recording.PassDeadline(deadlines, now), cancellationToken);
                    RecordingTrace.Note(recordingId, "deadline");
                });
        }
        while (overdue.Count == BatchSize);
    }

    // What the provider says is taken in like what it reports by itself: kept first, then joined.
    private async Task AskAboutAsync(string recordingId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await recordings.FindAsync(recordingId, cancellationToken) is { } recording && deadlines.Missed(recording, now) is not null
            && await provider.AskAsync(recording) is { } told)
            await intake.TakeAsync(new Callback(told, protocol.Read(told)));
    }
}
