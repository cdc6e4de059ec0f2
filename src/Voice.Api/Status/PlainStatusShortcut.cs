using MediatR;
using Voice.Api.Controllers;
using Voice.Api.Errors;
using Voice.Api.Security;
using Voice.Application.Recordings;

namespace Voice.Api.Status;

/// <summary>
/// Answers the plain status read, the request that pollers send all day, before routing and binding cost more than the answer itself
/// (docs/performance.md). It sends the same query as the controller; whatever asks for more than that, such as to wait, goes there.
/// </summary>
internal sealed class PlainStatusShortcut(RequestDelegate next, IStatusCache cache, IMediator mediator, AuthSettings auth)
{
    private const string Prefix = RecordingsController.Route + "/";

    private static readonly Endpoint Endpoint = new(
        null, new EndpointMetadataCollection(new FailureSentenceAttribute(RecordingsController.QueryFailed)), "Plain status read");

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Path.Value is not { } path || !path.StartsWith(Prefix, StringComparison.Ordinal) || path.AsSpan(Prefix.Length).Contains('/')
            || request.QueryString.HasValue || request.Headers.ContainsKey("Prefer")
            || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            || !ApiKeyGate.Admits(request, auth))
            return next(context);
        var recordingId = path[Prefix.Length..];
        return cache.Find(recordingId) is { } status ? StatusResult.WriteAsync(context, status) : ReadAsync(context, recordingId);
    }

    private async Task ReadAsync(HttpContext context, string recordingId)
    {
        context.SetEndpoint(Endpoint); // For the documented sentence, should the read fail.
        await StatusResult.WriteAsync(context, await mediator.Send(new GetRecordingStatus(recordingId), context.RequestAborted));
    }
}
