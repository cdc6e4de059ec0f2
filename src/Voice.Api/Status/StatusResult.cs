using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;
using Voice.Application;

namespace Voice.Api.Status;

/// <summary>Answers with what has a status, or with 304 where the caller has it already.</summary>
/// <param name="status">The body.</param>
/// <param name="waited">The preference to wait that was applied, if there was one.</param>
internal sealed class StatusResult(Representation status, TimeSpan? waited) : IActionResult
{
    private static readonly StringValues CacheControl = "private, no-cache";
    private static readonly StringValues RetryAfter = "2";
    private static readonly StringValues ContentType = "application/json; charset=utf-8";

    public Task ExecuteResultAsync(ActionContext context)
    {
        if (waited is { } time) context.HttpContext.Response.Headers["Preference-Applied"] = $"{Preferences.WaitName}={time.TotalSeconds}";
        return WriteAsync(context.HttpContext, status);
    }

    public static Task WriteAsync(HttpContext context, Representation status)
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
