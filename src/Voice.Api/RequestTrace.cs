using System.Diagnostics;

namespace Voice.Api;

/// <summary>A request's trace, which its log lines name and, where it failed, its answer carries (W3C Trace Context).</summary>
internal static class RequestTrace
{
    /// <summary>The trace that is running, or a new one that goes on from the caller's.</summary>
    public static Activity Of(HttpContext context) => Activity.Current ?? Start(context.Request.Headers.TraceParent.ToString());

    private static Activity Start(string caller)
    {
        var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C);
        if (ActivityContext.TryParse(caller, null, out var parent)) activity.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);
        return activity.Start(); // Ends with the request's own context; nobody records it.
    }
}
