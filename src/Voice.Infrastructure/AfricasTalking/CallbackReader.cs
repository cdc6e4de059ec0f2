using Voice.Application.Webhooks;
using Voice.Domain.Recordings;

namespace Voice.Infrastructure.AfricasTalking;

/// <summary>
/// Says what a callback means. Two vocabularies, told apart by <c>isActive</c>: the provider's own, and the documented short one,
/// which only ever reports the end of a call.
/// </summary>
internal static class CallbackReader
{
    public static ReadCallback Read(RawCallback callback)
    {
        var fields = new CallbackFields(callback);
        var session = fields.Problems.ContainsKey("body") ? null : fields.SessionId("sessionId");
        var report = fields.Has("isActive") ? ReadReal(fields) : ReadShort(fields);
        if (fields.Problems.Count > 0) return new(fields.Digest, session, null, fields.Problems);
        report = report with
        {
            Digest = fields.Digest,
            SessionId = session!,
            ReceivedAt = callback.ReceivedAt,
            RecordingId = fields.Text("clientRequestId") is { Length: <= 64 } tag && tag.All(char.IsAscii) ? tag : null,
        };
        return new(fields.Digest, session, report with { Description = Describe(report) }, fields.Problems);
    }

    private static CallEvent ReadShort(CallbackFields fields)
    {
        var status = fields.Text("status")?.ToLowerInvariant() ?? "completed";
        FailureCode? failure = status switch
        {
            "failed" => FailureCode.Failed,
            "busy" => FailureCode.Busy,
            "no-answer" => FailureCode.NoAnswer,
            _ => null,
        };
        if (failure is null && status != "completed")
            fields.Problems["status"] = "Without isActive, the status must be completed, failed, busy or no-answer.";
        return Blank(status) with
        {
            IsFinal = true,
            Failure = failure,
            RecordingUrl = fields.Url("recordingUrl"),
            ConversationSeconds = fields.Seconds("duration"),
        };
    }

    private static CallEvent ReadReal(CallbackFields fields)
    {
        var isActive = fields.Text("isActive")!.ToLowerInvariant();
        if (isActive is not ("1" or "0" or "true" or "false")) fields.Problems["isActive"] = "isActive must be 1 or 0.";
        var report = Blank(fields.Text("callSessionState") ?? fields.Text("status") ?? "unnamed state") with
        {
            IsFinal = isActive is "0" or "false",
            RecordingUrl = fields.Url("recordingUrl"),
            CallSeconds = fields.Seconds("durationInSeconds"),
            ConversationSeconds = fields.Seconds("dialDurationInSeconds"),
        };
        var wasBridged = report.RecordingUrl is not null || report.ConversationSeconds > 0;
        return report.IsFinal ? ReadFinal(fields, report, wasBridged) : ReadRunning(fields, report, wasBridged);
    }

    private static CallEvent ReadRunning(CallbackFields fields, CallEvent report, bool wasBridged)
    {
        var isOnTheLine = fields.Has("callStartTime");
        var isDialling = fields.Has("dialDestinationNumber");
        var (first, other) = fields.Text("callSessionState") switch
        {
            _ when wasBridged => (PartyState.Bridged, PartyState.Bridged),
            "Bridged" => (PartyState.Bridged, PartyState.Bridged),
            "Transferred" => (PartyState.Answered, PartyState.Dialled),
            "Dialing" when isDialling => (PartyState.Answered, PartyState.Dialled),
            "Answered" => (PartyState.Answered, isDialling ? PartyState.Dialled : PartyState.Waiting),
            "Active" when isOnTheLine => (PartyState.Answered, isDialling ? PartyState.Dialled : PartyState.Waiting),
            "Ringing" or "Active" => (PartyState.Ringing, PartyState.Waiting),
            _ => (PartyState.Dialled, PartyState.Waiting),
        };
        return report with { FirstParty = first, OtherParty = other };
    }

    private static CallEvent ReadFinal(CallbackFields fields, CallEvent report, bool wasBridged)
    {
        var failure = wasBridged ? null : WhyItFailed(fields);
        var answered = failure is null or FailureCode.PartyUnreachable;
        return report with
        {
            Failure = failure,
            FirstParty = wasBridged ? PartyState.Bridged : answered ? PartyState.Answered : PartyState.Dialled,
            OtherParty = wasBridged ? PartyState.Bridged : failure is FailureCode.PartyUnreachable ? PartyState.Dialled : PartyState.Waiting,
        };
    }

    // The call's end and the outcome stand in two open lists of words; the causes are what networks report (ITU-T Q.850 in the provider's spelling).
    private static FailureCode? WhyItFailed(CallbackFields fields)
    {
        var words = new[] { fields.Text("status"), fields.Text("callSessionState") };
        var cause = fields.Text("hangupCause");
        if (words.Any(word => word is "Aborted" or "Failed")) return FailureCode.Failed;
        if (words.Any(word => word is "NotAnswered" or "Busy" or "Rejected" or "Expired"))
            return cause switch
            {
                "USER_BUSY" => FailureCode.Busy,
                "CALL_REJECTED" => FailureCode.Rejected,
                "UNALLOCATED_NUMBER" => FailureCode.InvalidNumber,
                _ when words.Contains("Busy") => FailureCode.Busy,
                _ when words.Contains("Rejected") => FailureCode.Rejected,
                _ => FailureCode.NoAnswer,
            };
        return OtherPartyWasNotReached(fields) ? FailureCode.PartyUnreachable : null;
    }

    // Only what the report says counts, never what it leaves out: another report may say it.
    private static bool OtherPartyWasNotReached(CallbackFields fields) =>
        fields.SaysNone("dialStartTime")
        || fields.Text("dialDurationInSeconds") == "0"
        || fields.Text("lastBridgeHangupCause") is not (null or "NORMAL_CLEARING" or "UNSPECIFIED");

    private static CallEvent Blank(string name) =>
        new() { Digest = "", SessionId = "", ReceivedAt = default, IsFinal = false, Description = Plain(name) };

    private static string Describe(CallEvent report)
    {
        var length = report.ConversationSeconds ?? report.CallSeconds;
        return report.Description + (report.IsFinal ? ", final" : "")
            + (report.Failure is { } failure ? $", {failure.Name()}" : "")
            + (length is { } seconds ? $", {seconds} s" : "")
            + (report.RecordingUrl is null ? "" : ", with a recording address");
    }

    // The provider's words go into the timeline: letters only, so that nothing personal slips in.
    private static string Plain(string word) =>
        new([.. word.Where(character => char.IsAsciiLetter(character) || character is ' ' or '-' or '_').Take(40)]);
}
