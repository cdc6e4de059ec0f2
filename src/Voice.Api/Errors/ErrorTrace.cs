using System.Diagnostics;

namespace Voice.Api.Errors;

/// <summary>A trace for a request that failed, so that its answer and its log line carry the same one (W3C Trace Context).</summary>
internal static class ErrorTrace
{
    /// <summary>The trace that is running, or a new one that goes on from the caller's.</summary>
    public static Activity Of(HttpContext context) => Activity.Current ?? Start(context.Request.Headers.TraceParent.ToString());

    private static Activity Start(string caller)
    {
        var activity = new Activity("Voice.Error").SetIdFormat(ActivityIdFormat.W3C);
        if (ActivityContext.TryParse(caller, null, out var parent)) activity.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);
        return activity.Start(); // Ends with the request's own context; nobody records it.
    }
}
