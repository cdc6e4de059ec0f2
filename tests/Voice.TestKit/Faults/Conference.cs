using Voice.Infrastructure.AfricasTalking.Sandbox;

namespace Voice.TestKit.Faults;

/// <summary>A conference of the fault run: its phones, which are nobody else's, and what became of asking for it.</summary>
internal sealed class Conference
{
    // Most calls go well, as in life; each story is there many times.
    private static readonly Story[] Stories =
    [
        Story.Completed, Story.Completed, Story.Completed, Story.Completed, Story.Completed, Story.Completed,
        Story.EveryEventTwice, Story.EveryEventTwice, Story.ReverseOrder, Story.ReverseOrder, Story.AddressLater, Story.AddressLater,
        Story.Busy, Story.NoAnswer, Story.Rejected, Story.OtherPartyUnreachable, Story.NoFinalEvent,
        Story.InvalidNumber, Story.InsufficientCredit, Story.ProviderFails, Story.ProviderHangs,
    ];

    public Conference(int seed, int number)
    {
        Number = number;
        Story = Stories[Chance.Of(seed, $"story {number}").Next(Stories.Length)];
        var isOther = Story == Story.OtherPartyUnreachable;
        First = $"+2547{number:D4}{(isOther ? 9999 : (int)Story):D4}";
        Other = $"+2541{number:D4}{(isOther ? (int)Story : 9999):D4}";
    }

    public int Number { get; }

    public Story Story { get; }

    public string First { get; }

    public string Other { get; }

    /// <summary>The recording; null until an answer named it.</summary>
    public string? Id { get; set; }

    /// <summary>The first request was answered, so whoever answered it had noted what the provider said.</summary>
    public bool WasAnsweredAtOnce { get; set; }

    /// <summary>The provider sends nothing about such a call, because there is none.</summary>
    public bool IsRefused =>
        Story is Story.InvalidNumber or Story.InsufficientCredit or Story.ProviderFails or Story.ProviderHangs;

    /// <summary>Everything that may have become of it, given what was reported.</summary>
    public IEnumerable<Outcome> Expected(bool wasAsked, IReadOnlyList<Delivery> deliveries)
    {
        if (deliveries.Count > 0)
        {
            // What was posted but never acknowledged may have come through or not.
            yield return Outcome.Of([.. deliveries.Where(delivery => delivery.IsAcknowledged)]);
            yield return Outcome.Of(deliveries);
            if (deliveries.Any(delivery => delivery.IsAcknowledged)) yield break;
        }
        var told = Story switch
        {
            Story.InvalidNumber => "invalid_number",
            Story.InsufficientCredit => "insufficient_credit",
            Story.ProviderFails or Story.ProviderHangs => "outcome_unknown",
            _ => "provider_silent",
        };
        if (wasAsked) yield return Outcome.Failed(told);
        // Who died with the provider's answer in hand took it along.
        if (!WasAnsweredAtOnce) yield return Outcome.Failed("outcome_unknown");
    }
}

/// <summary>What a recording has come to.</summary>
internal sealed record Outcome(string Status, string? Code, string? Url, int? Seconds)
{
    public static Outcome Failed(string code) => new("failed", code, null, null);

    /// <summary>
    /// What reports come to, in whatever order: told here once more, from the provider's side and without the product's code.
    /// </summary>
    public static Outcome Of(IReadOnlyList<Delivery> reports)
    {
        var finals = reports.Where(report => report.IsFinal).ToList();
        if (finals.FirstOrDefault(final => final["recordingUrl"].StartsWith("https://", StringComparison.Ordinal)) is { } good)
            return new("completed", null, good["recordingUrl"], int.Parse(good["dialDurationInSeconds"], null));
        foreach (var (cause, code) in new[] { ("USER_BUSY", "busy"), ("NO_ANSWER", "no_answer"), ("CALL_REJECTED", "rejected") })
            if (finals.Any(final => final["hangupCause"] == cause)) return Failed(code);
        if (finals.Any(final => final["dialDurationInSeconds"] == "0")) return Failed("party_unreachable");
        if (finals.Any(final => final.IsForged)) return Failed("audio_unavailable");
        if (finals.Count > 0) return Failed("audio_missing");
        var wasConnected = reports.Any(report => report["callSessionState"] is "Answered" or "Bridged");
        return Failed(wasConnected ? "call_too_long" : "provider_silent");
    }
}
