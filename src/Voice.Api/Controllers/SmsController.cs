using MediatR;
using Microsoft.AspNetCore.Mvc;
using Voice.Api.Forms;
using Voice.Api.Security;
using Voice.Application.Contracts;

namespace Voice.Api.Controllers;

/// <summary>The provider's incoming text messages.</summary>
[ApiController]
[Route("/api/v1/voice/sms")]
[RequireWebhookSecret]
[Produces("application/json")]
public sealed class SmsController(IMediator mediator) : ControllerBase
{
    /// <summary>Receive a text message</summary>
    /// <remarks>
    /// Called by the provider with from and text. YES-contract code confirms a contract, NO-contract code rejects it, anything else is
    /// ignored.
    /// </remarks>
    /// <param name="cancellationToken">The provider hung up.</param>
    [HttpPost]
    [HttpPost("{*token}")]
    [Consumes("application/x-www-form-urlencoded", "multipart/form-data")]
    [RequestSizeLimit(64 * 1024)]
    public async Task<SmsBody> ReceiveSms(CancellationToken cancellationToken)
    {
        var form = await FormReader.FieldsAsync(Request, cancellationToken);
        var message = new ReceiveSms(form.GetValueOrDefault("from", ""), form.GetValueOrDefault("text", ""));
        return new SmsBody(await mediator.Send(message, cancellationToken));
    }
}

/// <summary>What became of a text message.</summary>
/// <param name="Status">confirmed, rejected or ignored.</param>
public sealed record SmsBody(string Status);
