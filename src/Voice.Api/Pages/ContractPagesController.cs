using MediatR;
using Microsoft.AspNetCore.Mvc;
using Voice.Application;
using Voice.Application.Contracts;
using Voice.Application.Recordings;
using Voice.Infrastructure.AfricasTalking.Sandbox;

namespace Voice.Api.Pages;

/// <summary>The pages of contracts.</summary>
[ConsolePage]
[AutoValidateAntiforgeryToken]
public sealed class ContractPagesController(IMediator mediator, IEnumerable<ISandbox> sandbox) : Controller
{
    /// <summary>The view, which the API shows too.</summary>
    internal const string ViewPath = "/Views/ContractPages/Contract.cshtml";

    /// <summary>A contract and, in the sandbox, the phones of its parties.</summary>
    [HttpGet("/contracts/{id}")]
    public async Task<IActionResult> Contract(string id, string? said, CancellationToken cancellationToken)
    {
        var contract = await mediator.Send(new GetContract(id), cancellationToken);
        var phones = sandbox.FirstOrDefault() is { } phonesOf
            ? contract.Parties.Select(party => SandboxPhone.Of(party.Phone!, party.Name, contract.ContractId, phonesOf)).ToList()
            : [];
        return View(ViewPath, new ContractPage(contract, phones, said));
    }

    /// <summary>The audio that a contract was read from.</summary>
    [HttpGet("/contracts/{id}/audio")]
    public async Task<IActionResult> Audio(string id, CancellationToken cancellationToken)
    {
        var contract = await mediator.Send(new GetContract(id), cancellationToken);
        return contract.RecordingId is { } recordingId
            ? new AudioResult(await mediator.Send(new GetAudio(recordingId), cancellationToken))
            : throw new NotFoundException("The audio of this contract was uploaded and is not kept.");
    }
}

internal sealed record ContractPage(ContractBody Contract, IReadOnlyList<SandboxPhone> Phones, string? Said);
