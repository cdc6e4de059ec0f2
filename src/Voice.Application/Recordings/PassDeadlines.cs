using MediatR;
using Voice.Domain.Recordings;

namespace Voice.Application.Recordings;

/// <summary>Fails the recordings that have waited too long. Safe on any number of instances at once.</summary>
public sealed record PassDeadlines : IRequest;

internal sealed class PassDeadlinesHandler(IRecordingRepository recordings, Deadlines deadlines, TimeProvider clock)
    : AsyncRequestHandler<PassDeadlines>
{
    private const int BatchSize = 100;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    protected override async Task Handle(PassDeadlines request, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> overdue;
        do
        {
            var now = clock.GetUtcMilliseconds();
            overdue = await recordings.TakeOverdueAsync(now, now + Lease, BatchSize, cancellationToken);
            foreach (var recordingId in overdue)
            {
                await recordings.ChangeAsync(recordingId, recording => recording.PassDeadline(deadlines, now), cancellationToken);
                RecordingTrace.Note(recordingId, "deadline");
            }
        }
        while (overdue.Count == BatchSize);
    }
}
