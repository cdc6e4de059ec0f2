using System.Globalization;
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

    /// <summary>Adds one and shows its secret, this once.</summary>
    [HttpPost("/endpoints")]
    public async Task<IActionResult> Add([FromForm] EndpointForm form, CancellationToken cancellationToken)
    {
        var command = form.ToCommand();
        var added = TryValidateModel(command) ? await mediator.Send(command, cancellationToken) : null;
        if (added is null) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        var all = await mediator.Send(new ListEndpoints(), cancellationToken);
        return View("Index", new EndpointsPage(all, added is null ? form : new(), added));
    }

    /// <summary>What one was told.</summary>
    [HttpGet("/endpoints/{id}")]
    public async Task<IActionResult> Endpoint(string id, string? cursor, int? again, CancellationToken cancellationToken) =>
        View((await PageAsync(id, cursor, cancellationToken)) with { Again = again });

    /// <summary>Sends it an event of which nothing follows, and shows its answer.</summary>
    [HttpPost("/endpoints/{id}/test")]
    public async Task<IActionResult> Test(string id, CancellationToken cancellationToken)
    {
        var test = await mediator.Send(new TestEndpoint(id), cancellationToken);
        return View("Endpoint", (await PageAsync(id, null, cancellationToken)) with { Test = test });
    }

    /// <summary>Sends it everything since a day again.</summary>
    [HttpPost("/endpoints/{id}/replay")]
    public async Task<IActionResult> Replay(string id, [FromForm] DateOnly? since, CancellationToken cancellationToken)
    {
        var range = new EventRange { After = since?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) };
        var replay = await mediator.Send(new ReplayEvents(id, range), cancellationToken);
        return Redirect($"~/endpoints/{Uri.EscapeDataString(id)}?again={replay.Events}");
    }

    /// <summary>Deletes it.</summary>
    [HttpPost("/endpoints/{id}/delete")]
    public async Task<IActionResult> Delete(string id, CancellationToken cancellationToken)
    {
        await mediator.Send(new DeleteEndpoint(id), cancellationToken);
        return Redirect("~/endpoints");
    }

    private async Task<EndpointPage> PageAsync(string id, string? cursor, CancellationToken cancellationToken)
    {
        var endpoint = await mediator.Send(new GetEndpoint(id), cancellationToken);
        var page = new DeliveryPage { Limit = 25, Cursor = cursor };
        var deliveries = TryValidateModel(page)
            ? await mediator.Send(new ListDeliveries(id, page), cancellationToken)
            : new DeliveryList([], null);
        return new(endpoint, deliveries, IsFirst: cursor is null);
    }
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

internal sealed record EndpointsPage(EndpointList All, EndpointForm Form, NewEndpointBody? Added = null);

/// <summary>An endpoint on its page.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Deliveries">What it was, or will be, told.</param>
/// <param name="IsFirst">These are the newest.</param>
/// <param name="Test">What it answered to a test.</param>
/// <param name="Again">How many events are sent again.</param>
internal sealed record EndpointPage(
    EndpointBody Endpoint, DeliveryList Deliveries, bool IsFirst, EndpointTest? Test = null, int? Again = null);
