using MediatR;
using Microsoft.AspNetCore.Mvc;
using Voice.Api.Security;
using Voice.Application;
using Voice.Application.Access;
using Voice.Application.Confirmations;
using Voice.Domain.Contracts;
using Voice.Infrastructure.AfricasTalking.Sandbox;

namespace Voice.Api.Pages;

/// <summary>The phones of the sandbox.</summary>
[ConsolePage]
[RequireApiKey(Scope.Admin)] // Whoever reads the messages can sign for the parties.
[AutoValidateAntiforgeryToken]
public sealed class PhonePagesController(IMediator mediator, IEnumerable<ISandbox> sandbox) : Controller
{
    /// <summary>What the phones have received: a page for browsers, JSON for everything else.</summary>
    [HttpGet("/sandbox/sms")]
    public IActionResult Phones(string? said)
    {
        var messages = Sandbox.Messages();
        if (!Request.WantsPage()) return Json(messages);
        var numbers = messages.Select(message => message.To).Distinct();
        return View(new PhonesPage([.. numbers.Select(number => SandboxPhone.Of(number, null, Sandbox.Talk(number)))], said));
    }

    /// <summary>A phone sends a message to the service.</summary>
    [HttpPost("/sandbox/sms")]
    public async Task<IActionResult> Send([FromForm] PhoneForm form, CancellationToken cancellationToken)
    {
        var (phone, text) = (form.Phone ?? "", form.Text ?? "");
        Sandbox.NoteSent(phone, text);
        var decision = await mediator.Send(new ReceiveSms(phone, text), cancellationToken);
        var page = form.Contract is { } contract ? $"~/contracts/{Uri.EscapeDataString(contract)}" : "~/sandbox/sms";
        return Redirect($"{page}?said={decision?.Name() ?? "ignored"}#phones");
    }

    private ISandbox Sandbox =>
        sandbox.FirstOrDefault() ?? throw new NotFoundException("The phones are the sandbox's, and the real provider is used.");
}

/// <summary>A message from a phone.</summary>
public sealed record PhoneForm
{
    /// <summary>The phone.</summary>
    public string? Phone { get; init; }

    /// <summary>What it sends.</summary>
    public string? Text { get; init; }

    /// <summary>The contract whose page it is sent from.</summary>
    public string? Contract { get; init; }
}

internal sealed record PhonesPage(IReadOnlyList<SandboxPhone> Phones, string? Said);
