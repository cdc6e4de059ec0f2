using System.Text.RegularExpressions;
using MediatR;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc;
using Voice.Api.Security;
using Voice.Application;
using Voice.Application.Access;
using Voice.Application.Conferences;
using Voice.Application.Contracts;
using Voice.Application.Jobs;
using Voice.Application.Recordings;
using Voice.Application.Webhooks;
using Voice.Domain.Contracts;
using Voice.Infrastructure.AfricasTalking.Sandbox;

namespace Voice.Api.Pages;

/// <summary>The pages of calls.</summary>
[ConsolePage]
[RequireApiKey(Scope.Read)]
[AutoValidateAntiforgeryToken]
public sealed partial class CallPagesController(IMediator mediator, IEnumerable<ISandbox> sandbox) : Controller
{
    private readonly ISandbox? _sandbox = sandbox.FirstOrDefault();

    /// <summary>Calls, newest first.</summary>
    [HttpGet("/")]
    public async Task<IActionResult> Index([FromQuery] CallFilter filter, CancellationToken cancellationToken)
    {
        if (filter.Id?.Trim() is { Length: > 0 } written) return Redirect(PageOf(written));
        var query = filter.Narrow(new ListRecordings());
        var page = TryValidateModel(query) ? await mediator.Send(new ListCalls(query), cancellationToken) : new CallPage([], null);
        return View(new CallsPage(page, filter, new StartPage(StartForm.For(_sandbox), _sandbox?.Examples ?? [])));
    }

    /// <summary>Where a call is started.</summary>
    [HttpGet("/calls/new")]
    [RequireApiKey(Scope.Create)]
    public IActionResult New() => View(new StartPage(StartForm.For(_sandbox), _sandbox?.Examples ?? []));

    /// <summary>Starts a call and goes to its page, which tells whatever becomes of it.</summary>
    [HttpPost("/calls")]
    [RequireApiKey(Scope.Create)]
    public async Task<IActionResult> Start([FromForm] StartForm form, CancellationToken cancellationToken)
    {
        var command = (HttpContext.May(Scope.Process) ? form : form with { WithContract = false }).ToCommand();
        if (!TryValidateModel(command))
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return View("New", new StartPage(form, _sandbox?.Examples ?? []));
        }
        try
        {
            return RedirectToCall((await mediator.Send(
                command.Under(form.Key, HttpContext.KeyId()).By(HttpContext.CallerName()), cancellationToken)).ConferenceId);
        }
        catch (CallNotPlacedException exception)
        {
            return RedirectToCall(exception.RecordingId);
        }
    }

    /// <summary>A call, and how far the contract is that is being made of it.</summary>
    [HttpGet("/calls/{id}")]
    [ReadableByToken(Readable.Recording, "id")]
    public async Task<IActionResult> Call(string id, string? job, CancellationToken cancellationToken)
    {
        // Who had it made is led to it.
        if (job is not null && (await mediator.Send(new GetJob(job), cancellationToken)).ContractId is { } contractId)
            return Redirect($"~/contracts/{contractId}");
        var call = await mediator.Send(new GetCall(id), cancellationToken);
        var timeline = await mediator.Send(new GetTimeline(id, new TimelinePage { Limit = 500 }), cancellationToken);
        return View(new CallDetails(call, timeline.Entries));
    }

    /// <summary>Starts to make the contract of a call.</summary>
    [HttpPost("/calls/{id}/contract")]
    [RequireApiKey(Scope.Process)]
    public async Task<IActionResult> MakeContract(string id, [FromForm] ContractForm form, CancellationToken cancellationToken)
    {
        var call = await mediator.Send(new GetCall(id), cancellationToken);
        var command = form.ToCommand(call).By(HttpContext.CallerName());
        if (!TryValidateModel(command))
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return View("Call", new CallDetails(call, []));
        }
        var job = await mediator.Send(command, cancellationToken);
        return Redirect($"~/calls/{Uri.EscapeDataString(id)}?job={job.JobId}#contract");
    }

    /// <summary>What the provider reported about a call, as it came in.</summary>
    [HttpGet("/calls/{id}/reports")]
    public async Task<IActionResult> Reports(string id, CancellationToken cancellationToken) =>
        View(new ReportsPage(id, await mediator.Send(new GetCallbacks(id), cancellationToken)));

    /// <summary>The audio of a call.</summary>
    [HttpGet("/calls/{id}/audio")]
    [DisableRequestTimeout] // A slow network takes its time over it; fetching has a limit of its own.
    [ReadableByToken(Readable.Recording, "id")]
    public async Task<IActionResult> Audio(string id, CancellationToken cancellationToken) =>
        new AudioResult(await mediator.Send(new GetAudio(id), cancellationToken));

    private RedirectResult RedirectToCall(string recordingId) => Redirect($"~/calls/{recordingId}");

    // An id is known again as messages and people write it, and in a link of ours.
    private static string PageOf(string written)
    {
        var id = Link().Match(written) is { Success: true } link ? link.Groups["id"].Value : written;
        var (prefix, rest) = Id().Match(id) is { Success: true } known
            ? (known.Groups["prefix"].Value.ToLowerInvariant(), known.Groups["rest"].Value.ToLowerInvariant())
            : ("", id);
        return prefix switch
        {
            ContractIds.Prefix => $"~/contracts/{ContractIds.Of(rest)}",
            "" => $"~/calls/{Uri.EscapeDataString(rest)}",
            _ => $"~/calls/{prefix}_{rest}",
        };
    }

    [GeneratedRegex("/(contracts|calls|recordings)/(?<id>[^/?#]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    [GeneratedRegex("^(?<prefix>ctr|conf)[ _-]*(?<rest>[a-z0-9]+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Id();
}

/// <summary>Which calls are shown.</summary>
public sealed record CallFilter : ListFilter
{
    /// <summary>A call or contract to go to.</summary>
    public string? Id { get; init; }
}

/// <summary>A call to start, as the form has it.</summary>
public sealed record StartForm
{
    /// <summary>Who is called.</summary>
    public string? First { get; init; }

    /// <summary>Who is bridged to it.</summary>
    public string? Other { get; init; }

    /// <summary>What they talk about.</summary>
    public string? ContractType { get; init; }

    /// <summary>How long it is expected to last, in seconds.</summary>
    public int? Seconds { get; init; }

    /// <summary>A contract is made of it, in which the first buys and the other sells; for who may make contracts.</summary>
    public bool WithContract { get; init; }

    /// <summary>Names this form, so that a second click calls nobody.</summary>
    public string Key { get; init; } = Guid.NewGuid().ToString("N");

    internal static StartForm For(ISandbox? sandbox) => sandbox?.Examples[0] is { } example
        ? new() { First = example.First, Other = example.Other }
        : new();

    internal CreateConference ToCommand() => new()
    {
        Parties = [Compact(First), Compact(Other)],
        ContractType = ContractType,
        ExpectedDuration = Seconds,
        Process = WithContract
            ? new()
            {
                Parties = [new() { Phone = Compact(First), Role = PartyRole.Buyer.Name() },
                    new() { Phone = Compact(Other), Role = PartyRole.Seller.Name() }],
            }
            : null,
    };

    /// <summary>A number without what people, and browsers, put between its digits.</summary>
    internal static string Compact(string? phone)
    {
        var written = (phone ?? "").Trim();
        var number = string.Concat(written.Where((character, place) =>
            !char.IsWhiteSpace(character) && character is not ('-' or '(' or ')' or '.') && (character != '+' || place == 0)));
        return number.StartsWith("00", StringComparison.Ordinal) ? "+" + number[2..] : number;
    }
}

/// <summary>A contract to make of a call, as the form has it: roles and names in the order of the call's parties.</summary>
public sealed record ContractForm
{
    /// <summary>As what each stands in it.</summary>
    public IReadOnlyList<string?>? Roles { get; init; }

    /// <summary>The names, if they are given.</summary>
    public IReadOnlyList<string?>? Names { get; init; }

    /// <summary>What kind of agreement it is.</summary>
    public string? ContractType { get; init; }

    internal ProcessRecording ToCommand(CallBody call) => new()
    {
        RecordingId = call.Status.RecordingId,
        ContractType = ContractType ?? call.ContractType,
        Parties = [.. call.Parties.Select((party, index) => new PartyBody
        {
            Phone = party.Phone,
            Role = Roles?.ElementAtOrDefault(index),
            Name = Names?.ElementAtOrDefault(index),
        })],
    };
}

internal sealed record CallsPage(CallPage Page, CallFilter Filter, StartPage Start);

internal sealed record StartPage(StartForm Form, IReadOnlyList<SandboxStory> Stories);

internal sealed record CallDetails(CallBody Call, IReadOnlyList<TimelineEntryBody> Timeline);

internal sealed record ReportsPage(string RecordingId, IReadOnlyList<CallbackText> Reports);
