using MediatR;
using Voice.Application.Recordings;

namespace Voice.Application.Webhooks;

/// <summary>Applies callbacks that were kept but not applied: those that came before their recording, or that a crash left behind.</summary>
/// <param name="SessionId">The session to look after; null: all that are due.</param>
public sealed record ApplyKeptEvents(string? SessionId = null) : IRequest;

internal sealed class ApplyKeptEventsHandler(
    IWebhookInbox inbox, IRecordingRepository recordings, IProviderProtocol protocol, TimeProvider clock)
    : AsyncRequestHandler<ApplyKeptEvents>
{
    private const int BatchSize = 100;

    protected override async Task Handle(ApplyKeptEvents request, CancellationToken cancellationToken)
    {
        if (request.SessionId is { } sessionId)
        {
            await ApplyAsync(await inbox.FindUnappliedAsync(sessionId, cancellationToken), cancellationToken);
            return;
        }
        IReadOnlyList<KeptCallback> left;
        do
        {
            left = await inbox.TakeUnappliedAsync(clock.GetUtcMilliseconds(), BatchSize, cancellationToken);
            await ApplyAsync(left, cancellationToken);
        }
        while (left.Count == BatchSize);
    }

    private async Task ApplyAsync(IReadOnlyList<KeptCallback> left, CancellationToken cancellationToken)
    {
        foreach (var kept in left)
        {
            if (protocol.Read(kept.Callback).Report is not { } report) continue;
            if (await recordings.FindBySessionAsync(report.SessionId, report.RecordingId, cancellationToken) is { } recording)
                await recordings.ChangeAsync(recording, changed => changed.Apply(report with { InboxId = kept.InboxId }), cancellationToken);
        }
    }
}
