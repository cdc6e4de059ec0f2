using System.Data.Common;
using System.Text;
using FluentValidation;
using Microsoft.AspNetCore.Diagnostics;
using Voice.Api.Controllers;
using Voice.Application;

namespace Voice.Api.Errors;

/// <summary>The one place that turns exceptions into answers.</summary>
internal sealed partial class ExceptionAnswers(IDatabaseErrors database, ILogger<ExceptionAnswers> logger) : IExceptionHandler
{
    private const string Undecodable = "The body is not what its Content-Type says.";
    private const string OurMistake = "Something went wrong on our side. Try again; if it stays, tell the operator the traceparent.";
    public const string DatabaseAway = "The database cannot be reached at the moment. Try again shortly.";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested) return true; // Nobody listens any more.
        var (status, detail, errors) = exception switch
        {
            ValidationException invalid => Invalid(invalid),
            NotFoundException missing => (404, missing.Message, null),
            ConflictException conflict => (409, conflict.Message, null),
            TooManyException => (429, exception.Message, null),
            KeyUsedException used => InvalidInput.Describe([(ConferencesController.KeyHeader, used.Message)]),
            ToolMissingException or EngineFailedException => (503, exception.Message, null),
            CallNotPlacedException call => NotPlaced(call, httpContext),
            BadHttpRequestException { StatusCode: not 400 } bad => (bad.StatusCode, ErrorAnswer.SentenceFor(bad.StatusCode), null),
            _ when IsNoHttp(exception) => (400, "The request could not be read.", null),
            DbException data when database.IsAboutData(data) => Failed(exception, httpContext, 500, OurMistake),
            StorageException => Failed(exception, httpContext, 503, exception.Message),
            DbException or TimeoutException => Failed(exception, httpContext, 503, DatabaseAway),
            // What readers of bodies throw at bytes that are not what the Content-Type promised.
            DecoderFallbackException or InvalidDataException => InvalidInput.Describe([(InvalidInput.Body, Undecodable)]),
            _ => Failed(exception, httpContext, 500, OurMistake),
        };
        // What is not installed does not come by waiting.
        if (status is 429 or 503 && exception is not ToolMissingException)
            httpContext.Response.Headers.RetryAfter = ErrorAnswer.TryAgainAfter;
        await ErrorAnswer.WriteAsync(httpContext, status, detail, errors);
        return true;
    }

    /// <summary>What was sent is no HTTP; to the server, a chunk's size that no number holds is an arithmetic error.</summary>
    public static bool IsNoHttp(Exception exception) =>
        exception is BadHttpRequestException or IOException { InnerException: OverflowException };

    private static (int, string, IReadOnlyDictionary<string, string[]>?) Invalid(ValidationException exception) =>
        InvalidInput.Describe(exception.Errors.Select(error => (error.PropertyName, error.ErrorMessage)));

    private static (int, string, IReadOnlyDictionary<string, string[]>?) NotPlaced(CallNotPlacedException exception, HttpContext context)
    {
        context.Response.Headers.Location = RecordingsController.AddressOf(exception.RecordingId);
        if (exception.Replayed) context.Response.Headers[ConferencesController.ReplayedHeader] = "true";
        return (exception.ProviderWasAway ? 503 : 502, exception.Message, null);
    }

    private (int, string, IReadOnlyDictionary<string, string[]>?) Failed(
        Exception exception, HttpContext context, int status, string detail)
    {
        var endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        if (!database.TellsAway(exception))
            LogFailed(exception, context.Request.Method, endpoint?.DisplayName ?? "no route", RequestTrace.Of(context).TraceId.ToString());
        return endpoint?.Metadata.GetMetadata<FailureSentenceAttribute>() is { } documented
            ? (500, documented.Sentence, null)
            : (status, detail, null);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Route} failed, trace {TraceId}.")]
    private partial void LogFailed(Exception exception, string method, string route, string traceId);
}

/// <summary>The documented sentence for any failure of ours on this route, answered with 500.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FailureSentenceAttribute(string sentence) : Attribute
{
    public string Sentence { get; } = sentence;
}
