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

        var recording = (place.RecordingId ?? await AwaitRecordingIdAsync(report, cancellationToken)) is { } recordingId
            ? await recordings.ChangeAsync(recordingId, changed => Note(report, place, changed), cancellationToken)
            : null;
        return new WebhookAnswer(report.SessionId, report.IsFinal ? null : protocol.WriteCallActions(
            recording?.PartiesToBridge(report) ?? [], recording?.LongestCall ?? default));
    }

    private static void Note(CallEvent report, InboxPlace place, Recording recording)
    {
        if (place.IsApplied) recording.NoteRepeat(report);
        else recording.Apply(report with { InboxId = place.InboxId });
    }

    // Looks once more now that the callback is kept, so that it and the session cannot both miss each other. An answered phone can be
    // reported before the provider has told us its session: that call would be lost without the bridge, so it is waited for.
    private async Task<string?> AwaitRecordingIdAsync(CallEvent report, CancellationToken cancellationToken)
    {
        var giveUpAt = report.ReceivedAt + LongestPause;
        while (true)
        {
            var recordingId = await inbox.FindRecordingIdAsync(report.SessionId, report.RecordingId, cancellationToken);
            if (recordingId is not null || report.IsFinal || clock.GetUtcNow() > giveUpAt
                || !await inbox.IsCallBeingPlacedAsync(report.ReceivedAt - PlacingTakesAtMost, cancellationToken))
                return recordingId;
            await Task.Delay(Pause, clock, cancellationToken);
        }
    }
}
