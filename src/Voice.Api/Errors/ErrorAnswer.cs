using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;

namespace Voice.Api.Errors;

/// <summary>The body of every error.</summary>
/// <param name="Detail">One plain sentence.</param>
/// <param name="Errors">For invalid input: the sentences for each field.</param>
public sealed record ErrorBody(
    string Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors = null);

/// <summary>Writes errors, as plain JSON or, for who asks for it, as an RFC 9457 problem.</summary>
internal static class ErrorAnswer
{
    public const string TooLarge = "The body is too large.";
    private const string Problem = "application/problem+json";

    public static Task WriteAsync(HttpContext context, int status, string detail, IReadOnlyDictionary<string, string[]>? errors = null)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.Headers.TraceParent = ErrorTrace.Of(context).Id;
        if (status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests) response.Headers.RetryAfter = "5";
        return context.Request.Headers.Accept.ToString().Contains(Problem, StringComparison.OrdinalIgnoreCase)
            ? response.WriteAsJsonAsync(
                new ProblemBody("about:blank", ReasonPhrases.GetReasonPhrase(status), status, detail, context.Request.PathBase + context.Request.Path, errors),
                ApiJson.Options, Problem)
            : response.WriteAsJsonAsync(new ErrorBody(detail, errors), ApiJson.Options, "application/json");
    }

    private sealed record ProblemBody(
        string Type, string Title, int Status, string Detail, string Instance,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors);
}
