using System.Globalization;
using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Voice.Api.Security;
using Voice.Application.Access;
using Voice.Application.Events;

namespace Voice.Api.Pages;

/// <summary>The pages of the systems that are told of events.</summary>
[ConsolePage]
[RequireApiKey(Scope.Admin)]
[AutoValidateAntiforgeryToken]
public sealed class EndpointPagesController(IMediator mediator) : Controller
{
    /// <summary>Who is told.</summary>
    [HttpGet("/endpoints")]
    public async Task<IActionResult> Index(CancellationToken cancellationToken) =>
        View(new EndpointsPage(await mediator.Send(new ListEndpoints(), cancellationToken), new()));

    /// <summary>Adds one and goes to its page, which shows its secret, this once.</summary>
    [HttpPost("/endpoints")]
    public async Task<IActionResult> Add([FromForm] EndpointForm form, CancellationToken cancellationToken)
    {
        var command = form.ToCommand();
        if (TryValidateModel(command))
        {
            var added = await mediator.Send(command, cancellationToken);
            return RedirectWith(added.Id, new(Secret: added.Secret));
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Index", new EndpointsPage(await mediator.Send(new ListEndpoints(), cancellationToken), form));
    }

    /// <summary>What one was told.</summary>
    [HttpGet("/endpoints/{id}")]
    public async Task<IActionResult> Endpoint(string id, string? cursor, CancellationToken cancellationToken)
    {
        var endpoint = await mediator.Send(new GetEndpoint(id), cancellationToken);
        var page = new DeliveryPage { Limit = 25, Cursor = cursor };
        var deliveries = TryValidateModel(page)
            ? await mediator.Send(new ListDeliveries(id, page), cancellationToken)
            : new DeliveryList([], null);
        return View(new EndpointPage(endpoint, deliveries, IsFirst: cursor is null, Done(id)));
    }

    /// <summary>Sends it an event of which nothing follows, and shows its answer.</summary>
    [HttpPost("/endpoints/{id}/test")]
    public async Task<IActionResult> Test(string id, CancellationToken cancellationToken) =>
        RedirectWith(id, new(Test: await mediator.Send(new TestEndpoint(id), cancellationToken)));

    /// <summary>Sends it everything since a day again.</summary>
    [HttpPost("/endpoints/{id}/replay")]
    public async Task<IActionResult> Replay(string id, [FromForm] DateOnly? since, CancellationToken cancellationToken)
    {
        if (since is null) throw new ValidationException([new("since", "Name the day since which it is sent everything again.")]);
        var range = new EventRange { After = since.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) };
        return RedirectWith(id, new(Again: (await mediator.Send(new ReplayEvents(id, range), cancellationToken)).Events));
    }

    /// <summary>Deletes it.</summary>
    [HttpPost("/endpoints/{id}/delete")]
    public async Task<IActionResult> Delete(string id, CancellationToken cancellationToken)
    {
        await mediator.Send(new DeleteEndpoint(id), cancellationToken);
        return Redirect("~/endpoints");
    }

    // What was done is told once by the page that follows, so that nothing is done again when that is loaded again. Until then it is in
    // an encrypted cookie.
    private RedirectResult RedirectWith(string id, EndpointDeed deed)
    {
        TempData[id] = JsonSerializer.Serialize(deed);
        return Redirect($"~/endpoints/{Uri.EscapeDataString(id)}");
    }

    private EndpointDeed Done(string id) =>
        TempData[id] is string deed ? JsonSerializer.Deserialize<EndpointDeed>(deed)! : new();
}

/// <summary>A system to tell of events, as the form has it.</summary>
public sealed record EndpointForm
{
    /// <summary>Where to post them.</summary>
    public string? Url { get; init; }

    /// <summary>Its name, if it is given.</summary>
    public string? Name { get; init; }

    /// <summary>Which; null: none is ticked.</summary>
    public IReadOnlyList<string?>? Events { get; init; }

    internal CreateEndpoint ToCommand() => new()
    {
        Url = Url?.Trim(),
        Events = Events ?? [],
        Description = Name,
    };
}

internal sealed record EndpointsPage(EndpointList All, EndpointForm Form);

/// <summary>An endpoint on its page.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Deliveries">What it was, or will be, told.</param>
/// <param name="IsFirst">These are the newest.</param>
/// <param name="Done">What was just done with it.</param>
internal sealed record EndpointPage(EndpointBody Endpoint, DeliveryList Deliveries, bool IsFirst, EndpointDeed Done);

/// <summary>What was done with an endpoint; null: not that.</summary>
/// <param name="Secret">It was made, with this secret.</param>
/// <param name="Test">It was tested, and answered this.</param>
/// <param name="Again">So many events are sent to it again.</param>
internal sealed record EndpointDeed(string? Secret = null, EndpointTest? Test = null, int? Again = null);
