using System.Globalization;
using System.Text.Json.Serialization;

namespace Voice.Infrastructure.AfricasTalking.Sandbox;

/// <summary>A pretended call: who is on it, what it was told to do, and how far its script has been played.</summary>
internal sealed record SandboxCall
{
    public required string SessionId { get; init; }
    public required string From { get; init; }
    public required string To { get; init; }
    public string? ClientRequestId { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public int NextStep { get; init; }

    /// <summary>The <c>Dial</c> that the webhook answered with; null: nobody is to be bridged.</summary>
    public DialAction? Dial { get; init; }
}

/// <summary>A <c>Dial</c> call action.</summary>
internal sealed record DialAction(string PhoneNumbers, bool Record, int? MaxDuration);

[JsonSerializable(typeof(SandboxCall))]
internal sealed partial class SandboxJson : JsonSerializerContext;

/// <summary>One callback of a script.</summary>
/// <param name="At">When, as a share of the call's length.</param>
/// <param name="Fields">What the provider would send.</param>
/// <param name="AsksForActions">The answer tells what to do with the call.</param>
internal sealed record Step(double At, IReadOnlyDictionary<string, string> Fields, bool AsksForActions = false);

/// <summary>The callbacks of a call, as the provider is known to send them. The same call always gives the same script.</summary>
internal static class Script
{
    public static IReadOnlyList<Step> Of(SandboxCall call, string recordingUrl, int audioSeconds)
    {
        var steps = Once(call, recordingUrl, audioSeconds);
        return Stories.Of(call.To) == Story.EveryEventTwice ? [.. steps.SelectMany(step => new[] { step, step })] : steps;
    }

    /// <summary>What the provider would say of a call, had it a request for that: its end too where that is never reported.</summary>
    public static IReadOnlyDictionary<string, string> Told(SandboxCall call, string recordingUrl, int audioSeconds, double share)
    {
        var steps = Once(call, recordingUrl, audioSeconds);
        if (Stories.Of(call.To) == Story.NoFinalEvent && call.Dial is not null)
            steps = [.. steps, .. Conversation(call, recordingUrl, audioSeconds)[1..]];
        return steps.OrderBy(step => step.At).LastOrDefault(step => step.At <= share, steps[0]).Fields;
    }

    private static Step[] Once(SandboxCall call, string recordingUrl, int audioSeconds)
    {
        var ringing = new Step(0.1, With(call, "1", "Ringing"));
        var answered = new Step(0.2, With(call, "1", "Answered", ("callStartTime", Stamp(call.StartedAt))), AsksForActions: true);
        return Stories.Of(call.To) switch
        {
            Story.Busy => [ringing, Unanswered(call, "USER_BUSY")],
            Story.NoAnswer => [ringing, Unanswered(call, "NO_ANSWER")],
            Story.Rejected => [ringing, Unanswered(call, "CALL_REJECTED")],
            // The script is written backwards, so the bridge that the answer would order is taken for granted.
            Story.ReverseOrder => Backwards([ringing, answered with { AsksForActions = false },
                .. Conversation(call with { Dial = new("None", Record: true, MaxDuration: null) }, recordingUrl, audioSeconds)]),
            _ when Stories.Of(call.Dial?.PhoneNumbers) == Story.OtherPartyUnreachable => [ringing, answered, NotBridged(call)],
            _ when call.Dial is null => [ringing, answered, NotBridged(call)],
            Story.AddressLater =>
            [
                ringing, answered, .. Conversation(call, "", audioSeconds),
                .. Conversation(call, recordingUrl, audioSeconds)[1..].Select(step => step with { At = 1.5 }),
            ],
            Story.NoFinalEvent => [ringing, answered, Conversation(call, recordingUrl, audioSeconds)[0]],
            _ => [ringing, answered, .. Conversation(call, recordingUrl, audioSeconds)],
        };
    }

    private static Step[] Conversation(SandboxCall call, string recordingUrl, int audioSeconds)
    {
        var dial = call.Dial!;
        var talked = Math.Min(audioSeconds, dial.MaxDuration ?? int.MaxValue);
        var final = With(call, "0", "Completed",
            ("status", "Success"), ("hangupCause", "NORMAL_CLEARING"), ("lastBridgeHangupCause", "NORMAL_CLEARING"),
            ("callStartTime", Stamp(call.StartedAt)), ("dialStartTime", Stamp(call.StartedAt)),
            ("durationInSeconds", Number(talked + 4)), ("dialDurationInSeconds", Number(talked)),
            ("dialDestinationNumber", dial.PhoneNumbers), ("currencyCode", "KES"), ("amount", "4.5"),
            ("recordingUrl", dial.Record ? recordingUrl : ""));
        return
        [
            new(0.4, With(call, "1", "Bridged", ("callStartTime", Stamp(call.StartedAt)), ("dialDestinationNumber", dial.PhoneNumbers))),
            new(1, final),
        ];
    }

    private static Step Unanswered(SandboxCall call, string cause) => new(0.5, With(call, "0", "NotAnswered",
        ("status", "NotAnswered"), ("hangupCause", cause), ("callStartTime", "None"),
        ("durationInSeconds", "0"), ("currencyCode", "KES"), ("amount", "0")));

    private static Step NotBridged(SandboxCall call) => new(0.6, With(call, "0", "Completed",
        ("status", "Success"), ("hangupCause", "NORMAL_CLEARING"), ("lastBridgeHangupCause", "NO_ANSWER"),
        ("callStartTime", Stamp(call.StartedAt)), ("dialStartTime", "None"), ("durationInSeconds", "20"), ("dialDurationInSeconds", "0"),
        ("dialDestinationNumber", call.Dial?.PhoneNumbers ?? "None"), ("currencyCode", "KES"), ("amount", "1.5")));

    private static Step[] Backwards(Step[] steps) => [.. steps.Reverse().Select(step => step with { At = 1 })];

    private static Dictionary<string, string> With(
        SandboxCall call, string isActive, string state, params (string Name, string Value)[] more)
    {
        var fields = new Dictionary<string, string>
        {
            ["isActive"] = isActive,
            ["sessionId"] = call.SessionId,
            ["direction"] = "Outbound",
            ["callerNumber"] = call.To,
            ["destinationNumber"] = call.From,
            ["callerCountryCode"] = "254",
            ["callSessionState"] = state,
        };
        if (call.ClientRequestId is { } tag) fields["clientRequestId"] = tag;
        foreach (var (name, value) in more) fields[name] = value;
        return fields;
    }

    private static string Stamp(DateTimeOffset at) => at.ToString("yyyy-MM-dd+HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
