using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Voice.Api.Errors;
using Voice.Api.Security;
using Voice.Application;
using Voice.Application.Access;
using Voice.Application.Conferences;

namespace Voice.Api.Controllers;

/// <summary>Conferences: recorded calls between two parties.</summary>
[ApiController]
[RequireApiKey(Scope.Create)]
[Route("/api/v1/voice/conference")]
[Produces("application/json")]
public sealed class ConferencesController(IMediator mediator, OwnAddress own) : ControllerBase
{
    internal const string KeyHeader = "Idempotency-Key";
    private const string KeyRule = "An Idempotency-Key is 1 to 255 printable ASCII characters.";

    /// <summary>The header that marks the answer to a repeated request.</summary>
    internal const string ReplayedHeader = "Idempotent-Replayed";

    /// <summary>Create conference</summary>
    /// <remarks>
    /// Calls the first party and, once it answers, bridges the other one and records the conversation.
    /// Poll the address in <c>Location</c> to see what becomes of it.
    /// </remarks>
    /// <param name="request">Who talks, about what, and for how long.</param>
    /// <param name="idempotencyKey">
    /// Any text of your own that names this request: sent again with the same key, it dials nobody and gets the first answer.
    /// </param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpPost("create")]
    [Consumes("application/json")]
    public async Task<ActionResult<ConferenceBody>> CreateConference(
        CreateConference request,
        [FromHeader(Name = KeyHeader)]
        [MinLength(1, ErrorMessage = KeyRule)] // The expression lets an empty text pass.
        [RegularExpression("^[ -~]{1,255}$", ErrorMessage = KeyRule)] string? idempotencyKey,
        CancellationToken cancellationToken)
    {
        if (request.Process is not null && !HttpContext.May(Scope.Process))
            return new Refusal(StatusCodes.Status403Forbidden, ApiKeyGate.NoScope(Scope.Process));
        var command = request.Under(idempotencyKey, HttpContext.KeyId()).By(HttpContext.CallerName());
        var conference = await mediator.Send(command, cancellationToken);
        Response.Headers.Location = RecordingsController.AddressOf(conference.ConferenceId);
        if (conference.Replayed) Response.Headers[ReplayedHeader] = "true";
        var webhookUrl = own.Webhook(Request);
        return new ConferenceBody(conference.ConferenceId, RecordingUrl: null, "active", webhookUrl, conference.Parties);
    }
}

/// <summary>A conference that has been started.</summary>
/// <param name="ConferenceId">The conference, and its recording, to poll.</param>
/// <param name="RecordingUrl">Always null: nothing is recorded yet.</param>
/// <param name="Status">Always active.</param>
/// <param name="WebhookUrl">Where the provider reports to, without any secret.</param>
/// <param name="Parties">The parties in dialling order.</param>
public sealed record ConferenceBody(
    string ConferenceId, string? RecordingUrl, [property: OneOf("active")] string Status, string WebhookUrl, IReadOnlyList<string> Parties);
