using MediatR;

namespace Voice.Application.Webhooks;

/// <summary>
/// Applies callbacks that were kept but not applied: those that came before their recording, or that a crash left behind.
/// </summary>
/// <param name="SessionId">The session to look after; null: all that are due.</param>
public sealed record ApplyKeptEvents(string? SessionId = null) : IRequest;

internal sealed class ApplyKeptEventsHandler(IWebhookInbox inbox, CallbackIntake intake, IProviderProtocol protocol, TimeProvider clock)
    : AsyncRequestHandler<ApplyKeptEvents>
{
    private const int BatchSize = 100;

    protected override async Task Handle(ApplyKeptEvents request, CancellationToken cancellationToken)
    {
        if (request.SessionId is { } sessionId)
        {
            await ApplyAsync(await inbox.FindUnappliedAsync(sessionId, cancellationToken));
            return;
        }
        IReadOnlyList<RawCallback> left;
        do
        {
            left = await inbox.TakeUnappliedAsync(clock.GetUtcMilliseconds(), BatchSize, cancellationToken);
            await ApplyAsync(left);
        }
        while (left.Count == BatchSize);
    }

    private async Task ApplyAsync(IReadOnlyList<RawCallback> left) =>
        await Task.WhenAll(left.Select(raw => intake.TakeAsync(new Callback(raw, protocol.Read(raw)))));
}
