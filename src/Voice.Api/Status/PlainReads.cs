using MediatR;
using Voice.Application.Recordings;

namespace Voice.Api.Status;

/// <summary>
/// Answers the plain status read, the request that pollers send all day, before MVC costs more than the answer itself
/// (docs/performance.md). It stands behind routing and the key gate and asks the same handler as the action, without the mediator's way to
/// it; whatever asks for more, such as to wait, goes on to the action.
/// </summary>
internal sealed class PlainReads(RequestDelegate next, IRequestHandler<GetRecordingStatus, StatusRepresentation> statuses)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        return context.GetEndpoint()?.Metadata.GetMetadata<PlainReadAttribute>() is { } plain
            && !request.QueryString.HasValue && !request.Headers.ContainsKey("Prefer")
            ? AnswerAsync(context, (string)request.RouteValues[plain.IdParameter]!)
            : next(context);
    }

    private async Task AnswerAsync(HttpContext context, string recordingId) =>
        await StatusResult.WriteAsync(context, await statuses.Handle(new GetRecordingStatus(recordingId), context.RequestAborted));
}

/// <summary>Marks the action whose plain reads are answered ahead of it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PlainReadAttribute(string idParameter) : Attribute
{
    public string IdParameter { get; } = idParameter;
}
