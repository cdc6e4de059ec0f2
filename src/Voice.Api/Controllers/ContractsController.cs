using MediatR;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc;
using Voice.Api.Binding;
using Voice.Api.Contracts;
using Voice.Api.Pages;
using Voice.Api.Security;
using Voice.Api.Status;
using Voice.Application.Access;
using Voice.Application.Confirmations;
using Voice.Application.Contracts;
using Voice.Domain.Contracts;

namespace Voice.Api.Controllers;

/// <summary>Contracts: what a call came to, and what its parties say to it.</summary>
[ApiController]
[RequireApiKey(Scope.Read)]
[Route(Route)]
[Produces("application/json")]
public sealed class ContractsController(IMediator mediator) : Controller
{
    internal const string Route = "/api/v1/contracts";

    /// <summary>The address of a contract.</summary>
    internal static string AddressOf(string contractId) => $"{Route}/{contractId}";

    /// <summary>List contracts</summary>
    /// <remarks>
    /// Newest first, in pages that stay stable while new contracts arrive. With Accept: text/csv the same page comes as CSV for
    /// spreadsheets, one row for each contract; the address of the next page stands in Link.
    /// </remarks>
    /// <param name="request">Which contracts, and from where.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpGet]
    [ProducesResponseType<ContractPage>(StatusCodes.Status200OK)]
    public async Task<IActionResult> ListContracts([FromQuery] ListContracts request, CancellationToken cancellationToken)
    {
        var page = await mediator.Send(request, cancellationToken);
        Response.Headers.Vary = "Accept";
        if (page.NextCursor is { } cursor) Response.Headers.Link = $"<{NextPage(cursor)}>; rel=\"next\"";
        return Request.Best("application/json", ContractCsv.MediaType) == ContractCsv.MediaType
            ? Content(ContractCsv.Write(page.Items), ContractCsv.ContentType)
            : Ok(page);
    }

    /// <summary>Get contract</summary>
    /// <remarks>
    /// Send back the ETag as If-None-Match and let the service hold the answer (wait) until there is something new. It may be news that its
    /// time is over, or what became of a message.
    /// </remarks>
    /// <param name="contractId">The contract.</param>
    /// <param name="wait">
    /// Seconds, 0 to 60 (more is cut), to hold the answer until the body differs from If-None-Match or, without it, until the contract is
    /// confirmed, rejected or expired.
    /// </param>
    /// <param name="prefer">The same as a header: wait=N (RFC 7240).</param>
    /// <param name="ifNoneMatch">The ETag of the body that you have: 304 while it still fits.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpGet("{contract_id}")]
    [ReadableByToken(Readable.Contract, "contract_id")]
    [Holds]
    [DisableRequestTimeout] // It waits as long as it is asked to, and each of its reads has a limit of its own.
    [ProducesResponseType<ContractBody>(StatusCodes.Status200OK)]
    public async Task<IActionResult> GetContract(
        [FromRoute(Name = "contract_id")] string contractId,
        [FromQuery] string? wait,
        [FromHeader(Name = "Prefer")] string? prefer,
        [FromHeader(Name = "If-None-Match")] string? ifNoneMatch,
        CancellationToken cancellationToken)
    {
        var (time, applied) = Preferences.ReadWait(wait, prefer);
        return new StatusResult(
            await mediator.Send(new GetContractRepresentation(contractId, EntityTags.Read(ifNoneMatch), time), cancellationToken), applied);
    }

    /// <summary>Get the canonical form</summary>
    /// <remarks>The bytes (RFC 8785) whose SHA-256 is the contract's hash, for anybody who wants to check it.</remarks>
    /// <param name="contractId">The contract.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpGet("{contract_id}/canonical")]
    [ReadableByToken(Readable.Contract, "contract_id")]
    public async Task<IActionResult> GetCanonical(
        [FromRoute(Name = "contract_id")] string contractId, CancellationToken cancellationToken) =>
        Content(await mediator.Send(new GetCanonicalContract(contractId), cancellationToken), "application/json");

    /// <summary>Get the audio</summary>
    /// <remarks>The audio that the contract was read from, for players that seek (Range), while it is kept.</remarks>
    /// <param name="contractId">The contract.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpGet("{contract_id}/audio")]
    [ReadableByToken(Readable.Contract, "contract_id")]
    [DisableRequestTimeout] // A slow network takes its time over it; fetching has a limit of its own.
    public async Task<IActionResult> GetContractAudio(
        [FromRoute(Name = "contract_id")] string contractId, CancellationToken cancellationToken) =>
        new AudioResult(await mediator.Send(new GetContractAudio(contractId), cancellationToken));

    /// <summary>Read the contract</summary>
    /// <remarks>A page to read and to print.</remarks>
    /// <param name="contractId">The contract.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpGet("{contract_id}/document")]
    [ReadableByToken(Readable.Contract, "contract_id")]
    [Produces("text/html")]
    [ConsolePage(IgnoreApi = false)]
    public async Task<IActionResult> GetDocument(
        [FromRoute(Name = "contract_id")] string contractId, CancellationToken cancellationToken)
    {
        var contract = await mediator.Send(new GetContract(contractId), cancellationToken);
        ViewData["document"] = true;
        return View(ContractPagesController.ViewPath, new ContractView(contract, []));
    }

    /// <summary>Confirm a contract</summary>
    /// <remarks>
    /// A party says yes, or no, with a code that was sent to its phone, within 24 hours. Five wrong codes lock the phone for an hour.
    /// </remarks>
    /// <param name="contractId">The contract.</param>
    /// <param name="answer">Who says what, and the code.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpPost("{contract_id}/confirm")]
    [RequireApiKey(Scope.Process)]
    [Consumes("application/json")]
    public Task<ContractBody> ConfirmContract(
        [FromRoute(Name = "contract_id")] string contractId, PartyAnswer answer, CancellationToken cancellationToken) =>
        mediator.Send(new ConfirmContract(contractId, answer, DecisionChannel.Api), cancellationToken);

    /// <summary>Send a new code</summary>
    /// <remarks>To a party that lost its code, or never got it; at most three a day. Codes that were sent before stay good.</remarks>
    /// <param name="contractId">The contract.</param>
    /// <param name="receiver">Who is to get it.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpPost("{contract_id}/codes")]
    [RequireApiKey(Scope.Process)]
    [Consumes("application/json")]
    public Task<ContractBody> SendCode(
        [FromRoute(Name = "contract_id")] string contractId, CodeReceiver receiver, CancellationToken cancellationToken) =>
        mediator.Send(new SendCode(contractId, receiver), cancellationToken);

    private string NextPage(string cursor)
    {
        var query = Request.Query.Where(member => !member.Key.Equals("cursor", StringComparison.OrdinalIgnoreCase))
            .Append(new("cursor", cursor));
        return $"{Request.PathBase}{Request.Path}{QueryString.Create(query)}";
    }
}
