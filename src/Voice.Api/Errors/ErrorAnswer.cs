using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Voice.Api.Pages;
using Voice.Api.Security;
using Voice.Application;

namespace Voice.Api.Errors;

/// <summary>The body of every error.</summary>
/// <param name="Detail">One plain sentence.</param>
/// <param name="Errors">For invalid input: the sentences for each field.</param>
public sealed record ErrorBody(
    string Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors = null);

/// <summary>An error as what an action came to.</summary>
internal sealed class Refusal(int status, string detail, IReadOnlyDictionary<string, string[]>? errors = null) : ActionResult
{
    public override Task ExecuteResultAsync(ActionContext context) => ErrorAnswer.WriteAsync(context.HttpContext, status, detail, errors);
}

/// <summary>Writes errors: as plain JSON, as an RFC 9457 problem for who asks for it, as a page for browsers.</summary>
internal static class ErrorAnswer
{
    /// <summary>Seconds after which it is worth trying again, where nothing better is known.</summary>
    public const string TryAgainAfter = "5";

    private const string Problem = "application/problem+json";
    private static readonly Dictionary<string, string[]> NoErrors = [];

    /// <summary>What is said where there is nothing more to say than the status.</summary>
    public static string SentenceFor(int status) => status switch
    {
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => "This address does not take that method.",
        StatusCodes.Status413PayloadTooLarge => "The body is too large.",
        StatusCodes.Status415UnsupportedMediaType => "This address does not take that Content-Type or Content-Encoding.",
        StatusCodes.Status416RangeNotSatisfiable => "There is no such part of it; Content-Range tells how much there is.",
        _ => "The request could not be carried out.",
    };

    public static Task WriteAsync(HttpContext context, int status, string detail, IReadOnlyDictionary<string, string[]>? errors = null)
    {
        var response = context.Response;
        response.StatusCode = status;
        SecurityHeaders.Set(response);
        var trace = RequestTrace.Of(context);
        response.Headers.TraceParent = trace.Id;
        if (context.Request.WantsPage() && !IsOfApi(context))
            return new ErrorPage(status, detail, errors ?? NoErrors, trace.TraceId.ToString()).WriteAsync(context);
        return context.Request.Headers.Accept.ToString().Contains(Problem, StringComparison.OrdinalIgnoreCase)
            ? response.WriteAsJsonAsync(
                new ProblemBody(
                    "about:blank", ReasonPhrases.GetReasonPhrase(status), status, detail,
                    Instance(context), errors),
                JsonRules.Options, Problem)
            : response.WriteAsJsonAsync(new ErrorBody(detail, errors), JsonRules.Options, "application/json");
    }

    // Programs too say that they accept pages, as Java's do unless they are told otherwise.
    private static bool IsOfApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && EndpointOf(context)?.Metadata.GetMetadata<ConsolePageAttribute>() is null;

    private static Endpoint? EndpointOf(HttpContext context) =>
        context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;

    // The path, but never a webhook's secret: it is cut off behind the door that takes one, and a path that leads nowhere may be such a
    // door's with a slip in it.
    private static string Instance(HttpContext context)
    {
        if (EndpointOf(context) is null) return "/";
        var path = context.Request.Path;
        var door = RequireWebhookSecretAttribute.Doors.FirstOrDefault(
            door => path.StartsWithSegments(door, StringComparison.OrdinalIgnoreCase));
        return context.Request.PathBase + (door is null ? path : new PathString(door));
    }

    private sealed record ProblemBody(
        string Type, string Title, int Status, string Detail, string Instance,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors);
}
