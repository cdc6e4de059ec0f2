using System.Text;
using MediatR;
using Voice.Application.Recordings;

namespace Voice.Application.Webhooks;

/// <summary>What the provider reported about a call, as it came in, oldest first: the first 200 reports, each once.</summary>
/// <param name="RecordingId">The recording; an impossible id is simply not found.</param>
public sealed record GetCallbacks(string RecordingId) : IRequest<IReadOnlyList<CallbackText>>;

/// <summary>A callback as a text.</summary>
/// <param name="ReceivedAt">When it came in.</param>
/// <param name="ContentType">What it was called by whoever sent it.</param>
/// <param name="Body">Its bytes read as UTF-8; what is none is replaced.</param>
public sealed record CallbackText(DateTimeOffset ReceivedAt, string ContentType, string Body);

internal sealed class GetCallbacksHandler(IRecordingRepository recordings, IWebhookInbox inbox)
    : IRequestHandler<GetCallbacks, IReadOnlyList<CallbackText>>
{
    private const int Most = 200;

    public async Task<IReadOnlyList<CallbackText>> Handle(GetCallbacks request, CancellationToken cancellationToken)
    {
        var recording = await Lookup.GetRecordingAsync(recordings.FindViewAsync, request.RecordingId, cancellationToken);
        var kept = await inbox.FindOfRecordingAsync(recording.RecordingId, Most, cancellationToken);
        return [.. kept.Select(raw => new CallbackText(raw.ReceivedAt, raw.ContentType, Encoding.UTF8.GetString(raw.Body)))];
    }
}
