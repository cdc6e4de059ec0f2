using MediatR;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc;
using Voice.Api.Forms;
using Voice.Api.OpenApi;
using Voice.Api.Security;
using Voice.Application;
using Voice.Application.Confirmations;
using Voice.Domain.Contracts;

namespace Voice.Api.Controllers;

/// <summary>The provider's incoming text messages.</summary>
[ApiController]
[Tags(OpenApiDocument.Provider)]
[Route(Path)]
[RequireWebhookSecret]
[RequestTimeout(Budgets.Callback)]
[Produces("application/json")]
public sealed class SmsController(IMediator mediator) : ControllerBase
{
    internal const string Path = "/api/v1/voice/sms";

    /// <summary>Receive a text message</summary>
    /// <remarks>
    /// Called by the provider with from and text. YES, the contract and the code confirm a contract, NO rejects it, in any order and in
    /// English or Swahili.
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
        var decision = await mediator.Send(message, cancellationToken);
        return new SmsBody(decision?.Name() ?? SmsBody.Ignored);
    }
}

/// <summary>What became of a text message.</summary>
/// <param name="Status">confirmed, rejected or ignored.</param>
public sealed record SmsBody([property: OneOf(typeof(Decision), SmsBody.Ignored)] string Status)
{
    internal const string Ignored = "ignored";
}
