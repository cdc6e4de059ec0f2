using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;
using Voice.Application;
using Voice.Application.Recordings;

namespace Voice.Api.Status;

/// <summary>Answers with a status, or with 304 where the caller has it already.</summary>
internal sealed class StatusResult(StatusRepresentation status) : IActionResult
{
    private static readonly StringValues CacheControl = "private, no-cache";
    private static readonly StringValues RetryAfter = "2";
    private static readonly StringValues ContentType = "application/json; charset=utf-8";

    public Task ExecuteResultAsync(ActionContext context) => WriteAsync(context.HttpContext, status);

    public static Task WriteAsync(HttpContext context, StatusRepresentation status)
    {
        Telemetry.StatusReads.Add(1);
        var response = context.Response;
        var headers = response.Headers;
        headers.ETag = EntityTags.Write(status.Tag);
        headers.CacheControl = CacheControl;
        if (!status.IsFinal) headers.RetryAfter = RetryAfter;
        if (EntityTags.Fit(context.Request.Headers.IfNoneMatch, status.Tag))
        {
            Telemetry.StatusUnchanged.Add(1);
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        headers.ContentType = ContentType;
        headers.ContentLength = status.Json.Length;
        return response.BodyWriter.WriteAsync(status.Json).AsTask();
    }
}
