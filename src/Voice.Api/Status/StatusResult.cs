using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
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
        var headers = context.Response.Headers;
        headers.ETag = status.ETag;
        headers.CacheControl = CacheControl;
        if (!status.IsFinal) headers.RetryAfter = RetryAfter;
        if (status.Matches(context.Request.Headers[HeaderNames.IfNoneMatch].ToString()))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        headers.ContentType = ContentType;
        headers.ContentLength = status.Json.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.BodyWriter.WriteAsync(status.Json).AsTask();
    }
}
