using Voice.Application.Recordings;
using Voice.Application.Webhooks;
using Voice.Domain.Recordings;
using Voice.Infrastructure.Audio;

namespace Voice.Infrastructure.AfricasTalking;

/// <summary>
/// Says what a callback means. Two vocabularies, told apart by <c>isActive</c>: the provider's own, and the documented short one,
/// which only ever reports the end of a call.
/// </summary>
internal static class CallbackReader
{
    private const string SessionMember = "sessionId";
    private const string Unnamed = "unnamed state";

    // Members that the short vocabulary does not have.
    private static readonly string[] ProvidersOwn =
    [
        "isActive", "callSessionState", "direction", "callerNumber", "destinationNumber", "durationInSeconds", "dialDurationInSeconds",
        "callStartTime", "dialStartTime", "dialDestinationNumber", "hangupCause", "lastBridgeHangupCause", "dtmfDigits",
    ];

    /// <returns>What was read. A report that a call is over comes with whatever is wrong with the rest of it.</returns>
    public static ReadCallback Read(RawCallback callback, AudioHosts hosts)
    {
        var fields = new CallbackFields(callback);
        if (fields.Problems.Count > 0) return new(fields.Digest, null, null, fields.Problems);
        var session = fields.SessionId(SessionMember);
        var content = IsShort(fields) ? ReadShort(fields, hosts) : ReadReal(fields, hosts);
        var report = session is null ? null : new CallEvent
        {
            Digest = fields.Digest,
            SessionId = session,
            RecordingId = fields.Hint("clientRequestId") is { } tag && RecordingIds.IsPossible(tag) ? tag : null,
            ReceivedAt = callback.ReceivedAt,
            IsFinal = content.IsFinal,
            FirstParty = content.FirstParty,
            OtherParty = content.OtherParty,
            Failure = content.Failure,
            RecordingUrl = content.Address.Counts,
            AddressWasRefused = content.IsFinal && (content.Address.Refused is not null || fields.Problems.ContainsKey("recordingUrl")),
            ConversationSeconds = content.ConversationSeconds,
            CallSeconds = content.CallSeconds,
            Description = Describe(content, fields),
        };
        return new(fields.Digest, session, report, fields.Problems);
    }

    private static Content ReadShort(CallbackFields fields, AudioHosts hosts)
    {
        var status = fields.Text("status", Word) ?? "completed";
        var content = new Content(status, IsFinal: true)
        {
            Failure = Word(status) switch
            {
                "failed" => FailureCode.Failed,
                "busy" => FailureCode.Busy,
                "noanswer" => FailureCode.NoAnswer,
                _ => null,
            },
            Address = fields.Address("recordingUrl", hosts),
            ConversationSeconds = fields.Seconds("duration"),
        };
        if (content.Failure is null && Word(status) != "completed")
            fields.Problems["status"] = "Without isActive, the status must be completed, failed, busy or no-answer.";
        return content;
    }

    // Without isActive it is the provider's own vocabulary all the same if any of its own members is there.
    private static bool IsShort(CallbackFields fields) => !ProvidersOwn.Any(fields.Has);

    private static Content ReadReal(CallbackFields fields, AudioHosts hosts)
    {
        var isActive = fields.Flag("isActive");
        if (isActive is { } isRunning) return isRunning ? ReadRunning(fields, hosts) : ReadFinal(fields, hosts);
        // Nobody can say whether the call is over, so it is not; the report is noted and claims nothing.
        fields.Problems.TryAdd("isActive", "isActive must be 1 or 0.");
        return new Content(fields.Hint("callSessionState") ?? Unnamed, IsFinal: false);
    }

    private static Content ReadRunning(CallbackFields fields, AudioHosts hosts)
    {
        var states = fields.Values("callSessionState");
        var content = new Content(states.Count == 0 ? Unnamed : string.Join(" or ", states), IsFinal: false)
        {
            Address = fields.Address("recordingUrl", hosts),
            ConversationSeconds = fields.Seconds("dialDurationInSeconds"),
            CallSeconds = fields.Seconds("durationInSeconds"),
        };
        // While a call runs only its session and state matter: the phone waits for an answer.
        foreach (var problem in fields.Problems.Keys.Where(member => member != SessionMember).ToList()) fields.Problems.Remove(problem);
        var isOnTheLine = fields.Has("callStartTime");
        var isDialling = fields.Has("dialDestinationNumber");
        // As of two reports, so of two states in one: the call has come as far as any of them says.
        var (first, other) = content.WasBridged ? (PartyState.Bridged, PartyState.Bridged) : states.Append("").Max(StateOf);
        return content with { FirstParty = first, OtherParty = other };

        (PartyState First, PartyState Other) StateOf(string state) => Word(state) switch
        {
            "bridged" => (PartyState.Bridged, PartyState.Bridged),
            "transferred" => (PartyState.Answered, PartyState.Dialled),
            "dialing" or "dialling" when isDialling => (PartyState.Answered, PartyState.Dialled),
            "answered" => (PartyState.Answered, isDialling ? PartyState.Dialled : PartyState.Waiting),
            "active" when isOnTheLine => (PartyState.Answered, isDialling ? PartyState.Dialled : PartyState.Waiting),
            "ringing" or "active" => (PartyState.Ringing, PartyState.Waiting),
            _ => (PartyState.Dialled, PartyState.Waiting),
        };
    }

    private static Content ReadFinal(CallbackFields fields, AudioHosts hosts)
    {
        string?[] outcome = [fields.Text("callSessionState", Word), fields.Text("status", Word)];
        var content = new Content(outcome[0] ?? outcome[1] ?? Unnamed, IsFinal: true)
        {
            Address = fields.Address("recordingUrl", hosts),
            ConversationSeconds = fields.Seconds("dialDurationInSeconds"),
            CallSeconds = fields.Seconds("durationInSeconds"),
        };
        if (content.WasBridged) return content with { FirstParty = PartyState.Bridged, OtherParty = PartyState.Bridged };
        var failure = WhyItFailed(fields, content, [.. outcome.OfType<string>().Select(Word)]);
        return content with
        {
            Failure = failure,
            FirstParty = failure is null or FailureCode.PartyUnreachable ? PartyState.Answered : PartyState.Dialled,
            OtherParty = failure is FailureCode.PartyUnreachable ? PartyState.Dialled : PartyState.Waiting,
        };
    }

    // The call's end and the outcome stand in two open lists of words; the causes are what networks report (ITU-T Q.850 in the provider's
    // spelling).
    private static FailureCode? WhyItFailed(CallbackFields fields, Content content, string[] outcome)
    {
        var cause = Cause(fields, "hangupCause");
        var wasUnanswered = outcome.Any(word => word is "notanswered" or "noanswer" or "busy" or "rejected" or "expired");
        FailureCode? told = cause switch
        {
            "USER_BUSY" => FailureCode.Busy,
            "CALL_REJECTED" => FailureCode.Rejected,
            "UNALLOCATED_NUMBER" => FailureCode.InvalidNumber,
            "NO_ANSWER" or "NO_USER_RESPONSE" or "SUBSCRIBER_ABSENT" => FailureCode.NoAnswer,
            _ => null,
        };
        // Whoever talked was neither busy nor away: then the cause is the other party's.
        if (told is not null) return content.CallSeconds > 0 && !wasUnanswered ? FailureCode.PartyUnreachable : told;
        if (outcome.Contains("busy")) return FailureCode.Busy;
        if (outcome.Contains("rejected")) return FailureCode.Rejected;
        if (wasUnanswered) return FailureCode.NoAnswer;
        if (outcome.Any(word => word is "aborted" or "failed" or "cancelled" or "canceled")) return FailureCode.Failed;
        if (OtherPartyWasNotReached(fields, content)) return FailureCode.PartyUnreachable;
        return content.CallSeconds == 0 && !IsGoodEnd(cause) ? FailureCode.Failed : null;
    }

    // Only what the report says counts, never what it leaves out: another report may say it.
    private static bool OtherPartyWasNotReached(CallbackFields fields, Content content) =>
        fields.SaysNone("dialStartTime") || content.ConversationSeconds == 0 || !IsGoodEnd(Cause(fields, "lastBridgeHangupCause"));

    private static bool IsGoodEnd(string? cause) => cause is null or "NORMAL_CLEARING" or "UNSPECIFIED";

    private static string? Cause(CallbackFields fields, string member) =>
        fields.Text(member, CauseWord) is { } cause ? CauseWord(cause) : null;

    private static string CauseWord(string text) => text.ToUpperInvariant().Replace(' ', '_').Replace('-', '_');

    // The provider's words come in several spellings: NotAnswered, not-answered, NOT_ANSWERED.
    private static string Word(string text) => new string([.. text.Where(char.IsAsciiLetter)]).ToLowerInvariant();

    private static string Describe(Content content, CallbackFields fields) =>
        Letters(content.Name) + (content.IsFinal ? ", final" : "")
        + (content.Failure is { } failure ? $", {failure.Name()}" : "")
        + ((content.ConversationSeconds ?? content.CallSeconds) is { } seconds ? $", {seconds} s" : "")
        + (content.Address.Counts is null ? "" : ", with a recording address")
        + (content.Address.Refused is { } refused ? $"; its recording address does not count: {Cut(refused)}" : "")
        + (fields.Problems.Count == 0 ? "" : $"; it could not be read: {string.Join(", ", fields.Problems.Keys)}");

    private static string Cut(string address) => address.Length <= 200 ? address : address[..200] + "…";

    // The provider's words go into the timeline: letters only, so that nothing personal slips in.
    private static string Letters(string words)
    {
        var letters = new string([.. words.Where(character => char.IsAsciiLetter(character) || character is ' ' or '-' or '_').Take(40)]);
        return string.IsNullOrWhiteSpace(letters) ? Unnamed : letters;
    }

    /// <summary>What a callback says of its call.</summary>
    /// <param name="Name">The provider's word for it.</param>
    /// <param name="IsFinal">The call is over.</param>
    private sealed record Content(string Name, bool IsFinal)
    {
        public PartyState FirstParty { get; init; }
        public PartyState OtherParty { get; init; }
        public FailureCode? Failure { get; init; }
        public (string? Counts, string? Refused) Address { get; init; }
        public int? ConversationSeconds { get; init; }
        public int? CallSeconds { get; init; }

        public bool WasBridged => Address.Counts is not null || ConversationSeconds > 0;
    }
}
