using System.Runtime.CompilerServices;
using MediatR;
using Voice.Domain.Recordings;

namespace Voice.Application.Forgetting;

/// <summary>Throw away what was kept for as long as <see cref="Retention"/> says.</summary>
public sealed record ForgetOld : IRequest;

/// <summary>How much of it would go now?</summary>
public sealed record CountOld : IRequest<IReadOnlyList<OldThings>>;

/// <summary>Things that are older than they are kept.</summary>
/// <param name="What">What they are, in the plural.</param>
/// <param name="Age">How long they are kept; null: for ever.</param>
/// <param name="Count">How many would go.</param>
public sealed record OldThings(string What, TimeSpan? Age, int Count);

internal sealed class ForgetOldHandler(IForgetting forgetting, IMediator mediator, Retention retention, TimeProvider clock)
    : AsyncRequestHandler<ForgetOld>, IRequestHandler<CountOld, IReadOnlyList<OldThings>>
{
    private const int PageSize = 500;

    protected override async Task Handle(ForgetOld request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMilliseconds();
        foreach (var (kind, _, age) in Kinds)
            if (age is { } kept) await forgetting.ForgetAsync(kind, now - kept, cancellationToken);
        await foreach (var recordingId in OldRecordingsAsync(now, cancellationToken))
        {
            try
            {
                await mediator.Send(new EraseRecording(recordingId), cancellationToken);
            }
            catch (Exception exception) when (exception is NotFoundException or ConflictException)
            {
                // Another instance erased it, or it has come to be held since: there is nothing to do.
            }
        }
    }

    public async Task<IReadOnlyList<OldThings>> Handle(CountOld request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMilliseconds();
        var found = new List<OldThings>();
        foreach (var (kind, what, age) in Kinds)
            found.Add(new(what, age, age is { } kept ? await forgetting.CountAsync(kind, now - kept, cancellationToken) : 0));
        var recordings = 0;
        await foreach (var _ in OldRecordingsAsync(now, cancellationToken)) recordings++;
        return [.. found, new("recordings", retention.Recordings, recordings)];
    }

    private IEnumerable<(Aged Kind, string What, TimeSpan? Age)> Kinds =>
    [
        (Aged.Audio, "audio files", retention.Audio),
        (Aged.Inbox, "raw callbacks and ended jobs", retention.Inbox),
        (Aged.IdempotencyKeys, "idempotency keys", retention.IdempotencyKeys),
        (Aged.Contracts, "contracts without a recording", retention.Recordings),
    ];

    // Those that stay are passed over page by page, so that they hold up nobody behind them.
    private async IAsyncEnumerable<string> OldRecordingsAsync(
        DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (retention.Recordings is not { } kept) yield break;
        PagePosition? last = null;
        IReadOnlyList<OldRecording> page;
        do
        {
            page = await forgetting.FindRecordingsAsync(now - kept, last, now, PageSize, cancellationToken);
            foreach (var (recording, isHeld) in page)
            {
                last = new(recording.CreatedAt, recording.RecordingId);
                if (!isHeld && recording.Outcome.Status != RecordingStatus.Recording) yield return recording.RecordingId;
            }
        }
        while (page.Count == PageSize);
    }
}
