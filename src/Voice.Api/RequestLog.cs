using System.Diagnostics;
using System.Globalization;
using Voice.Api.Security;
using Voice.Api.Status;
using Voice.Application.Recordings;

namespace Voice.Api;

/// <summary>
/// A line for each request, with its recording and its trace. Of the address it tells the route alone, because what stands in its place
/// may be a secret. Status reads and probes come all day, or are held by the thousand, and are counted instead.
/// </summary>
internal sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> logger)
{
    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<PlainReadAttribute>() is not null || ProbeAttribute.IsOn(context)
            ? next(context)
            : TellAsync(context);

    private async Task TellAsync(HttpContext context)
    {
        var start = Stopwatch.GetTimestamp();
        var activity = RequestTrace.Of(context);
        var endpoint = context.GetEndpoint() as RouteEndpoint; // An error takes it away.
        var id = context.Request.RouteValues.GetValueOrDefault("recording_id") as string;
        try
        {
            await next(context);
        }
        finally
        {
            var status = context.Response.StatusCode;
            // What somebody took for an id may be anything; found, it is one.
            var recordingId = activity.GetTagItem(RecordingTrace.Tag) as string ?? (status < 400 ? id : null);
            LogRequest(context.Request.Method, endpoint is null ? "no route" : $"/{endpoint.RoutePattern.RawText?.TrimStart('/')}", status,
                Stopwatch.GetElapsedTime(start).TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture),
                recordingId ?? "none", activity.TraceId.ToString());
        }
    }

    [LoggerMessage(Level = LogLevel.Information,
        Message = "{Method} {Route}: {Status} in {Milliseconds} ms, recording {RecordingId}, trace {TraceId}.")]
    private partial void LogRequest(string method, string route, int status, string milliseconds, string recordingId, string traceId);
}
