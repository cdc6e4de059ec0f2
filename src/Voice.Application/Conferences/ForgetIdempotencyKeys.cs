using MediatR;
using Voice.Application.Recordings;

namespace Voice.Application.Conferences;

/// <summary>Throws away the idempotency keys that are too old to be asked for again. Safe on any number of instances at once.</summary>
public sealed record ForgetIdempotencyKeys : IRequest;

internal sealed class ForgetIdempotencyKeysHandler(IRecordingRepository recordings, Retention retention, TimeProvider clock)
    : AsyncRequestHandler<ForgetIdempotencyKeys>
{
    private const int BatchSize = 1000;

    protected override async Task Handle(ForgetIdempotencyKeys request, CancellationToken cancellationToken)
    {
        var before = clock.GetUtcMilliseconds() - retention.IdempotencyKeys;
        while (await recordings.ForgetKeysAsync(before, BatchSize, cancellationToken) == BatchSize)
        {
        }
    }
}
