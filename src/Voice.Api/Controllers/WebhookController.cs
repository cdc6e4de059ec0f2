using MediatR;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc;
using Voice.Api.OpenApi;
using Voice.Api.Security;
using Voice.Application;
using Voice.Application.Webhooks;

namespace Voice.Api.Controllers;

/// <summary>The provider's callbacks.</summary>
[ApiController]
[Tags(OpenApiDocument.Provider)]
[Route(Path)]
[RequireWebhookSecret]
[RequestTimeout(Budgets.Callback)]
public sealed class WebhookController(IMediator mediator) : ControllerBase
{
    /// <summary>The route that the provider calls.</summary>
    internal const string Path = "/api/v1/voice/webhook";

    private const int LongestType = 200;

    /// <summary>Receive a callback</summary>
    /// <remarks>
    /// Called by the provider while a call runs (isActive=1, answered with call actions as XML) and when it is over (isActive=0, or the
    /// short form without isActive). A repeat gets the same answer and changes nothing. Any Content-Type is taken: a body itself shows what
    /// it is.
    /// </remarks>
    /// <param name="cancellationToken">The provider hung up.</param>
    [HttpPost]
    [HttpPost("{*token}")]
    [RequestSizeLimit(64 * 1024)]
    [ProducesResponseType<WebhookBody>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> ReceiveCallback(CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await Request.Body.CopyToAsync(body, cancellationToken);
        var type = Request.ContentType ?? "";
        var answer = await mediator.Send(new ReceiveWebhook(body.ToArray(), type[..Math.Min(type.Length, LongestType)]), cancellationToken);
        return answer.CallActions is { } actions
            ? Content(actions, "application/xml")
            : Ok(new WebhookBody("webhook_processed", answer.SessionId));
    }
}

/// <summary>The answer to a final callback.</summary>
/// <param name="Status">Always webhook_processed.</param>
/// <param name="SessionId">The session that the callback was about.</param>
public sealed record WebhookBody([property: OneOf("webhook_processed")] string Status, string SessionId);
