using MediatR;
using Microsoft.AspNetCore.Mvc;
using Voice.Api.Errors;
using Voice.Application.Recordings;

namespace Voice.Api.Controllers;

/// <summary>Recordings: what has become of a conference.</summary>
[ApiController]
[Route("/api/v1/voice/recordings")]
[Produces("application/json")]
public sealed class RecordingsController(IMediator mediator) : ControllerBase
{
    /// <summary>The address of a recording's status.</summary>
    internal static string AddressOf(string recordingId) => $"/api/v1/voice/recordings/{recordingId}";

    /// <summary>Get recording status</summary>
    /// <remarks>The current status, duration and address of a recording. Poll it until the status is completed or failed.</remarks>
    /// <param name="recordingId">The unique identifier for the voice recording (the conference_id from conference creation).</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpGet("{recording_id}")]
    [FailureSentence("Failed to query recording status")]
    public Task<RecordingStatusBody> GetStatus([FromRoute(Name = "recording_id")] string recordingId, CancellationToken cancellationToken) =>
        mediator.Send(new GetRecordingStatus(recordingId), cancellationToken);
}
