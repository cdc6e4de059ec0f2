using MediatR;
using Microsoft.AspNetCore.Mvc;
using Voice.Api.Pages;
using Voice.Api.Security;
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

    /// <summary>Get contract</summary>
    /// <param name="contractId">The contract.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpGet("{contract_id}")]
    [ReadableByToken(Readable.Contract, "contract_id")]
    public Task<ContractBody> GetContract([FromRoute(Name = "contract_id")] string contractId, CancellationToken cancellationToken) =>
        mediator.Send(new GetContract(contractId), cancellationToken);

    /// <summary>Get the canonical form</summary>
    /// <remarks>The bytes (RFC 8785) whose SHA-256 is the contract's hash, for anybody who wants to check it.</remarks>
    /// <param name="contractId">The contract.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpGet("{contract_id}/canonical")]
    [ReadableByToken(Readable.Contract, "contract_id")]
    public async Task<IActionResult> GetCanonical(
        [FromRoute(Name = "contract_id")] string contractId, CancellationToken cancellationToken) =>
        Content(await mediator.Send(new GetCanonicalContract(contractId), cancellationToken), "application/json");

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
        return View(ContractPagesController.ViewPath, new ContractPage(contract, []));
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
}
