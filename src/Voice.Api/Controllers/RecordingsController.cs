using MediatR;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc;
using Voice.Api.Binding;
using Voice.Api.Errors;
using Voice.Api.Security;
using Voice.Api.Status;
using Voice.Application.Access;
using Voice.Application.Forgetting;
using Voice.Application.Recordings;

namespace Voice.Api.Controllers;

/// <summary>Recordings: what has become of a conference.</summary>
[ApiController]
[RequireApiKey(Scope.Read)]
[Route(Route)]
[Produces("application/json")]
public sealed class RecordingsController(IMediator mediator, IChangeFeed changes) : ControllerBase
{
    internal const string Route = "/api/v1/voice/recordings";
    internal const string QueryFailed = "Failed to query recording status";

    /// <summary>The address of a recording's status.</summary>
    internal static string AddressOf(string recordingId) => $"{Route}/{recordingId}";

    /// <summary>Get recording status</summary>
    /// <remarks>
    /// The current status, duration and address of a recording. Poll it until the status is completed or failed; better, send back the ETag
    /// as If-None-Match and let the service hold the answer (wait) until there is something new.
    /// </remarks>
    /// <param name="recordingId">The unique identifier for the voice recording (the conference_id from conference creation).</param>
    /// <param name="wait">
    /// Seconds to hold the answer, 0 to 60 (more is cut to 60), until the body differs from If-None-Match or, without it, until the
    /// status is final.
    /// </param>
    /// <param name="prefer">The same as a header: wait=N (RFC 7240).</param>
    /// <param name="ifNoneMatch">The ETag of the body that you have: 304 while it still fits.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpGet("{recording_id}")]
    [ReadableByToken(Readable.Recording, "recording_id")]
    [PlainRead("recording_id")]
    [Holds]
    [DisableRequestTimeout] // It waits as long as it is asked to, and each of its reads has a limit of its own.
    [ProducesResponseType<RecordingStatusBody>(StatusCodes.Status200OK)]
    [FailureSentence(QueryFailed)]
    public async Task<IActionResult> GetRecording(
        [FromRoute(Name = "recording_id")] string recordingId,
        [FromQuery] string? wait,
        [FromHeader(Name = "Prefer")] string? prefer,
        [FromHeader(Name = "If-None-Match")] string? ifNoneMatch,
        CancellationToken cancellationToken)
    {
        var (time, applied) = Preferences.ReadWait(wait, prefer);
        return new StatusResult(
            await mediator.Send(new GetRecordingStatus(recordingId, EntityTags.Read(ifNoneMatch), time), cancellationToken), applied);
    }

    /// <summary>Stream recording status</summary>
    /// <remarks>
    /// Server-sent events: first the current body, then one event at each change, until the status is final. A comment every 15 seconds
    /// keeps proxies awake. A status that lasts for less than it takes to read it may be passed over; the last one never is.
    /// </remarks>
    /// <param name="recordingId">The recording.</param>
    /// <param name="lastEventId">The id of the last event that you have, which is not sent again; 204 when there can be no other.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpGet("{recording_id}/events")]
    [ReadableByToken(Readable.Recording, "recording_id")]
    [Holds(Always = true)]
    [DisableRequestTimeout]
    [FailureSentence(QueryFailed)]
    public async Task StreamRecording(
        [FromRoute(Name = "recording_id")] string recordingId,
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId,
        CancellationToken cancellationToken)
    {
        var status = await mediator.Send(new GetRecordingStatus(recordingId), cancellationToken);
        var stream = new StatusStream(Response);
        if (stream.Begins(status, lastEventId)) await stream.SendAsync(status, cancellationToken);
        while (!status.IsFinal && !Request.IsHead() && !changes.IsClosing)
        {
            var known = status.Tag;
            status = await mediator.Send(new GetRecordingStatus(recordingId, [known], StatusStream.Heartbeat), cancellationToken);
            if (status.Tag != known) await stream.SendAsync(status, cancellationToken);
            else await stream.KeepAwakeAsync(cancellationToken);
        }
    }

    /// <summary>List recordings</summary>
    /// <remarks>Newest first, in pages that stay stable while new recordings arrive.</remarks>
    /// <param name="request">Which recordings, and from where.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpGet]
    public Task<RecordingPage> ListRecordings([FromQuery] ListRecordings request, CancellationToken cancellationToken) =>
        mediator.Send(request, cancellationToken);

    /// <summary>Erase recording</summary>
    /// <remarks>
    /// Erases the recording and everybody in it: its timeline, the raw callbacks, its contracts that nobody can confirm any more, their
    /// messages and its jobs. What stays is that there was one, and when. What the provider holds it holds still.
    /// </remarks>
    /// <param name="recordingId">The recording.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpDelete("{recording_id}")]
    [RequireApiKey(Scope.Admin)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<IActionResult> EraseRecording(
        [FromRoute(Name = "recording_id")] string recordingId, CancellationToken cancellationToken)
    {
        await mediator.Send(new EraseRecording(recordingId), cancellationToken);
        return NoContent();
    }

    /// <summary>Get timeline</summary>
    /// <remarks>
    /// Everything that happened to the recording, oldest first and a page at a time, the events that changed nothing included. Phone
    /// numbers are masked.
    /// </remarks>
    /// <param name="recordingId">The recording.</param>
    /// <param name="page">How much, and from where.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpGet("{recording_id}/timeline")]
    [ReadableByToken(Readable.Recording, "recording_id")]
    public Task<TimelineBody> GetTimeline(
        [FromRoute(Name = "recording_id")] string recordingId, [FromQuery] TimelinePage page, CancellationToken cancellationToken) =>
        mediator.Send(new GetTimeline(recordingId, page), cancellationToken);
}
