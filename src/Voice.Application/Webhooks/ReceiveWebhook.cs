using FluentValidation;
using FluentValidation.Results;
using MediatR;

namespace Voice.Application.Webhooks;

/// <summary>The provider reports something about a call.</summary>
/// <param name="Body">The raw body.</param>
/// <param name="ContentType">The media type it was sent with.</param>
public sealed record ReceiveWebhook(byte[] Body, string ContentType) : IRequest<WebhookAnswer>;

/// <summary>What to answer the provider.</summary>
/// <param name="SessionId">The session it spoke of.</param>
/// <param name="CallActions">What to do next, while the call is running; null when it is over.</param>
public sealed record WebhookAnswer(string SessionId, string? CallActions);

internal sealed class ReceiveWebhookHandler(IWebhookInbox inbox, CallbackIntake intake, IProviderProtocol protocol, TimeProvider clock)
    : IRequestHandler<ReceiveWebhook, WebhookAnswer>
{
    private static readonly TimeSpan PlacingTakesAtMost = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);
    private static readonly SemaphoreSlim Pauses = new(1000); // How many may pause; who comes on top is told to carry on.

    public async Task<WebhookAnswer> Handle(ReceiveWebhook request, CancellationToken cancellationToken)
    {
        var raw = new RawCallback(request.Body, request.ContentType, clock.GetUtcMilliseconds());
        var callback = new Callback(raw, protocol.Read(raw));
        var recording = await intake.TakeAsync(callback).WaitAsync(cancellationToken);
        if (callback.Content is not { Report: { } report, Problems.Count: 0 })
            throw new ValidationException(callback.Content.Problems.Select(problem => new ValidationFailure(problem.Key, problem.Value)));

        // An answered phone can be reported before the provider has told us its session: without the bridge that call would be lost.
        if (recording is null && !report.IsFinal && await IsSessionToldAsync(report.SessionId, raw.ReceivedAt, cancellationToken))
            recording = await intake.TakeAsync(callback).WaitAsync(cancellationToken);
        return new WebhookAnswer(report.SessionId, report.IsFinal ? null : protocol.WriteCallActions(
            recording?.PartiesToBridge(report) ?? [], recording?.LongestCall ?? default));
    }

    // Only looks, so that an event of a session that nobody will ever tell us has cost the one write that keeps it.
    private async Task<bool> IsSessionToldAsync(string sessionId, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        if (!await Pauses.WaitAsync(0, cancellationToken)) return false;
        try
        {
            for (var start = clock.GetTimestamp(); clock.GetElapsedTime(start) < LongestPause;)
            {
                var news = await inbox.LookForSessionAsync(sessionId, receivedAt - PlacingTakesAtMost, cancellationToken);
                if (news != SessionNews.MayCome) return news == SessionNews.Known;
                await Task.Delay(Pause, clock, cancellationToken);
            }
            return false;
        }
        finally
        {
            Pauses.Release();
        }
    }
}
