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
    public Task InvokeAsync(HttpContext context) => Of(context) is { } plain
        ? AnswerAsync(context, (string)context.Request.RouteValues[plain.IdParameter]!)
        : next(context);

    /// <summary>Whether it is such a read.</summary>
    public static bool IsPlain(HttpContext context) => Of(context) is not null;

    private static PlainReadAttribute? Of(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<PlainReadAttribute>() is { } plain
            && !context.Request.QueryString.HasValue && !context.Request.Headers.ContainsKey("Prefer")
            ? plain
            : null;

    private async Task AnswerAsync(HttpContext context, string recordingId) =>
        await StatusResult.WriteAsync(context, await statuses.Handle(new GetRecordingStatus(recordingId), context.RequestAborted));
}

/// <summary>Marks the action whose plain reads are answered ahead of it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PlainReadAttribute(string idParameter) : Attribute
{
    public string IdParameter { get; } = idParameter;
}
