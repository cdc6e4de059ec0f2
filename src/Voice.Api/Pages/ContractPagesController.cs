using MediatR;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc;
using Voice.Api.Contracts;
using Voice.Api.Security;
using Voice.Application.Access;
using Voice.Application.Contracts;
using Voice.Infrastructure.AfricasTalking.Sandbox;

namespace Voice.Api.Pages;

/// <summary>The pages of contracts.</summary>
[ConsolePage]
[RequireApiKey(Scope.Read)]
[AutoValidateAntiforgeryToken]
public sealed class ContractPagesController(IMediator mediator, IEnumerable<ISandbox> sandbox, OwnAddress own) : Controller
{
    /// <summary>The view, which the API shows too.</summary>
    internal const string ViewPath = "/Views/ContractPages/Contract.cshtml";

    private const string ByteOrderMark = "\ufeff"; // Without it spreadsheets take UTF-8 for something else; programs have the API.
    private const int LinksLast = 7 * 24 * 60 * 60;

    /// <summary>Contracts, newest first.</summary>
    [HttpGet("/contracts")]
    public async Task<IActionResult> Index([FromQuery] ListFilter filter, CancellationToken cancellationToken)
    {
        var query = filter.Narrow(new ListContracts());
        return View(new ContractsPage(
            TryValidateModel(query) ? await mediator.Send(query, cancellationToken) : new([], null), filter));
    }

    /// <summary>All of them that fit, for a spreadsheet.</summary>
    [HttpGet("/contracts.csv")]
    [DisableRequestTimeout] // However many they are, each page of them has its own limit.
    public async Task<IActionResult> Export([FromQuery] ListFilter filter, CancellationToken cancellationToken)
    {
        var query = filter.Narrow(new ListContracts()) with { Limit = 100, Cursor = null };
        if (!TryValidateModel(query)) return RedirectToAction(nameof(Index), filter.At(null)); // It says what is wrong.
        Response.ContentType = ContractCsv.ContentType;
        for (ContractPage? page = null; page is not { NextCursor: null }; query = query with { Cursor = page.NextCursor })
        {
            var isFirst = page is null;
            page = await mediator.Send(query, cancellationToken);
            if (isFirst) await Response.WriteAsync(ByteOrderMark, cancellationToken);
            await Response.WriteAsync(ContractCsv.Write(page.Items, isFirst), cancellationToken);
        }
        return new EmptyResult();
    }

    /// <summary>A contract and, in the sandbox, the phones of its parties.</summary>
    [HttpGet("/contracts/{id}")]
    [ReadableByToken(Readable.Contract, "id")]
    public async Task<IActionResult> Contract(string id, string? said, CancellationToken cancellationToken) =>
        View(ViewPath, (await PageAsync(id, cancellationToken)) with { Said = said });

    /// <summary>The same with a link for somebody who has no key, good for a week.</summary>
    [HttpPost("/contracts/{id}")]
    public async Task<IActionResult> MakeLink(string id, CancellationToken cancellationToken)
    {
        var issued = await mediator.Send(new IssueReadToken { ContractId = id, ExpiresIn = LinksLast }, cancellationToken);
        var link = $"{own.ShownTo(Request)}{Request.Path}?{ReadableByTokenAttribute.Member}={issued.Token}";
        return View(ViewPath, (await PageAsync(id, cancellationToken)) with { Link = link });
    }

    /// <summary>The audio that a contract was read from.</summary>
    [HttpGet("/contracts/{id}/audio")]
    [DisableRequestTimeout] // A slow network takes its time over it; fetching has a limit of its own.
    [ReadableByToken(Readable.Contract, "id")]
    public async Task<IActionResult> Audio(string id, CancellationToken cancellationToken) =>
        new AudioResult(await mediator.Send(new GetContractAudio(id), cancellationToken));

    private async Task<ContractView> PageAsync(string id, CancellationToken cancellationToken)
    {
        var contract = await mediator.Send(new GetContract(id), cancellationToken);
        // Whoever reads the messages can sign for the parties.
        return new ContractView(contract, sandbox.FirstOrDefault() is { } phones && HttpContext.May(Scope.Admin)
            ? [.. contract.Parties.Select(party => SandboxPhone.Of(party.Phone!, party.Name, contract, phones))]
            : []);
    }
}

internal sealed record ContractsPage(ContractPage Page, ListFilter Filter);

/// <summary>A contract on its page.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Phones">The sandbox's phones of its parties.</param>
/// <param name="Said">What became of a message from one of them.</param>
/// <param name="Link">A link for somebody who has no key.</param>
internal sealed record ContractView(
    ContractBody Contract, IReadOnlyList<SandboxPhone> Phones, string? Said = null, string? Link = null);
