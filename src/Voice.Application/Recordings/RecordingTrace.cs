using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Voice.Application.Recordings;

/// <summary>
/// The one trace of a recording's life. Its id follows from the recording's, so nobody need keep it and every instance knows it. What
/// happens to the recording is a span there, linked to the request or job that did it, whose own trace has the statements and the
/// provider's answers; and that one is linked back.
/// </summary>
public static class RecordingTrace
{
    /// <summary>The tag under which a span names its recording.</summary>
    public const string Tag = "voice.recording_id";

    /// <summary>The trace's id.</summary>
    public static ActivityTraceId IdOf(string recordingId) => ContextOf(recordingId).TraceId;

    /// <summary>Something happens to a recording, in the current request or job.</summary>
    /// <param name="recordingId">The recording.</param>
    /// <param name="what">What, in a fixed word or two.</param>
    public static void Note(string recordingId, string what)
    {
        var trace = ContextOf(recordingId);
        var current = Activity.Current;
        current?.SetTag(Tag, recordingId);
        if (!Telemetry.Spans.HasListeners()) return;
        current?.AddLink(new(trace));
        ActivityLink[] cause = current is null ? [] : [new(current.Context)];
        Telemetry.Spans.StartActivity(what, ActivityKind.Internal, trace, tags: null, cause)?.SetTag(Tag, recordingId).Dispose();
    }

    private static ActivityContext ContextOf(string recordingId)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(recordingId));
        return new(ActivityTraceId.CreateFromBytes(digest.AsSpan(0, 16)), ActivitySpanId.CreateFromBytes(digest.AsSpan(16, 8)),
            ActivityTraceFlags.Recorded, isRemote: true);
    }
}
