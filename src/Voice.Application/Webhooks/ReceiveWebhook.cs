using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Voice.Application.Recordings;
using Voice.Domain.Recordings;

namespace Voice.Application.Webhooks;

/// <summary>The provider reports something about a call.</summary>
/// <param name="Body">The raw body.</param>
/// <param name="ContentType">The media type it was sent with.</param>
public sealed record ReceiveWebhook(byte[] Body, string ContentType) : IRequest<WebhookAnswer>;

/// <summary>What to answer the provider.</summary>
/// <param name="SessionId">The session it spoke of.</param>
/// <param name="CallActions">What to do next, while the call is running; null when it is over.</param>
public sealed record WebhookAnswer(string SessionId, string? CallActions);

internal sealed class ReceiveWebhookHandler(
    IWebhookInbox inbox, IRecordingRepository recordings, IProviderProtocol protocol, TimeProvider clock)
    : IRequestHandler<ReceiveWebhook, WebhookAnswer>
{
    // Long enough for the request itself to apply what it kept; after that the sweep does.
    private static readonly TimeSpan AppliedWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PlacingTakesAtMost = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    public async Task<WebhookAnswer> Handle(ReceiveWebhook request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMilliseconds();
        var callback = new RawCallback(request.Body, request.ContentType, now);
        var content = protocol.Read(callback);
        var place = await inbox.KeepAsync(callback, content, now + AppliedWithin, cancellationToken);
        if (content.Report is not { } report)
            throw new ValidationException(content.Problems.Select(problem => new ValidationFailure(problem.Key, problem.Value)));

        var recording = await FindAsync(report, cancellationToken);
        if (recording is not null)
            recording = await recordings.ChangeAsync(recording, changed => Note(report, place, changed), cancellationToken);
        return new WebhookAnswer(report.SessionId, report.IsFinal ? null : protocol.WriteCallActions(
            recording?.PartiesToBridge(report) ?? [], recording?.LongestCall ?? default));
    }

    private static void Note(CallEvent report, InboxPlace place, Recording recording)
    {
        if (place.IsApplied) recording.NoteRepeat(report);
        else recording.Apply(report with { InboxId = place.InboxId });
    }

    // An answered phone can be reported before the provider has told us its session: without the bridge that call would be lost.
    private async Task<Recording?> FindAsync(CallEvent report, CancellationToken cancellationToken)
    {
        var giveUpAt = report.ReceivedAt + LongestPause;
        while (true)
        {
            var recording = await recordings.FindBySessionAsync(report.SessionId, report.RecordingId, cancellationToken);
            if (recording is not null || report.IsFinal || clock.GetUtcNow() > giveUpAt
                || !await inbox.IsCallBeingPlacedAsync(report.ReceivedAt - PlacingTakesAtMost, cancellationToken))
                return recording;
            await Task.Delay(Pause, clock, cancellationToken);
        }
    }
}
