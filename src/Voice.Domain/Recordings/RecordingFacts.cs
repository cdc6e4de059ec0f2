namespace Voice.Domain.Recordings;

/// <summary>What came of asking the provider to place the call.</summary>
public enum Placement
{
    /// <summary>The provider took the call.</summary>
    Placed,

    /// <summary>The provider said no.</summary>
    Refused,

    /// <summary>The request never reached the provider.</summary>
    Unreachable,

    /// <summary>The request was sent and no answer came in time.</summary>
    TimedOut,

    /// <summary>The provider answered something that is no answer.</summary>
    Garbled,
}

/// <summary>A party of a recording and how far it has come.</summary>
public sealed record Party(PhoneNumber Phone, PartyState State = PartyState.Waiting);

/// <summary>
/// All that is known about a call. Facts join: a new one is added or gives way by a rule that does not ask which came first.
/// </summary>
public sealed record RecordingFacts
{
    /// <summary>What came of asking the provider; null while the answer is awaited (or was lost in a crash).</summary>
    public Placement? Placement { get; init; }

    /// <summary>The provider's own words for a refusal.</summary>
    public string? RefusalReason { get; init; }

    /// <summary>The provider's session for this call.</summary>
    public string? SessionId { get; init; }

    /// <summary>The parties in dialling order: the first is called, the others are bridged to it.</summary>
    public required IReadOnlyList<Party> Parties { get; init; }

    /// <summary>
    /// Digest of the report that was answered with the bridge, so that its repeats get the same answer and no other does.
    /// </summary>
    public string? BridgedBy { get; init; }

    /// <summary>When the provider was last heard.</summary>
    public DateTimeOffset? HeardAt { get; init; }

    /// <summary>When the first party was first known to be on the line.</summary>
    public DateTimeOffset? ConnectedAt { get; init; }

    /// <summary>When the call was first known (or, past a deadline, taken) to be over.</summary>
    public DateTimeOffset? OverAt { get; init; }

    /// <summary>Address of the audio.</summary>
    public string? Url { get; init; }

    /// <summary>A final report gave the address; one from a running call gives way to it.</summary>
    public bool UrlIsSettled { get; init; }

    /// <summary>A final report named an address that does not count.</summary>
    public bool AddressWasRefused { get; init; }

    /// <summary>Length in whole seconds.</summary>
    public int? Seconds { get; init; }

    /// <summary>The length is that of the recorded conversation; that of the whole call gives way to it.</summary>
    public bool SecondsAreSettled { get; init; }

    /// <summary>Why the call failed, as far as anybody said.</summary>
    public FailureCode? Failure { get; init; }

    /// <summary>When the recording became completed.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>What these facts come to.</summary>
    public RecordingOutcome Outcome => new(OverAt, Url, Seconds, Failure, CompletedAt);

    /// <inheritdoc cref="RecordingOutcome.Status"/>
    public RecordingStatus Status => Outcome.Status;

    /// <summary>Joins what a report says. After completion only what is missing or provisional can still change.</summary>
    internal RecordingFacts Join(CallEvent report)
    {
        var parties = Parties.Select((party, index) => party with
        {
            State = Later(party.State, index == 0 ? report.FirstParty : report.OtherParty),
        }).ToList();
        var joined = this with
        {
            Parties = parties,
            HeardAt = HeardAt > report.ReceivedAt ? HeardAt : report.ReceivedAt,
            ConnectedAt = report.FirstParty >= PartyState.Answered ? Earlier(ConnectedAt, report.ReceivedAt) : ConnectedAt,
            OverAt = report.IsFinal ? Earlier(OverAt, report.ReceivedAt) : OverAt,
            AddressWasRefused = AddressWasRefused || (report.IsFinal && report.AddressWasRefused),
            Failure = Likelier(report.Failure),
        };
        if (report.RecordingUrl is { } url && MayReplace(Url, UrlIsSettled, report.IsFinal, () => string.CompareOrdinal(url, Url) < 0))
            joined = joined with { Url = url, UrlIsSettled = report.IsFinal };
        if (report.IsFinal && (report.ConversationSeconds ?? report.CallSeconds) is { } seconds
            && MayReplace(Seconds, SecondsAreSettled, report.ConversationSeconds is not null, () => seconds > Seconds))
            joined = joined with { Seconds = seconds, SecondsAreSettled = report.ConversationSeconds is not null };
        return joined.Settle(report.ReceivedAt);
    }

    /// <summary>Whether there is more in these facts than in those before; that the provider was heard again is no news.</summary>
    internal bool SayMoreThan(RecordingFacts before) =>
        !Parties.SequenceEqual(before.Parties) || this with { Parties = before.Parties, HeardAt = before.HeardAt } != before;

    /// <summary>Joins a failure that we found ourselves: the call is over as far as anybody can tell.</summary>
    internal RecordingFacts Join(FailureCode failure, DateTimeOffset at) =>
        (this with { Failure = Likelier(failure), OverAt = Earlier(OverAt, at) }).Settle(at);

    /// <summary>
    /// How a final report contradicts what the final reports before it said: one of them is perhaps a forgery. Null when it does not. A
    /// report that names another address than the settled one changes nothing; every other is joined as the rules say, but not in silence.
    /// </summary>
    internal (string Words, bool ChangesNothing)? AreContradictedBy(CallEvent report)
    {
        if (!report.IsFinal) return null;
        if (UrlIsSettled && (report.AddressWasRefused || (report.RecordingUrl is { } url && url != Url)))
            return ("another recording address than the settled one, so it changed nothing", true);
        var reported = Failure <= FailureCode.Failed ? Failure : null; // What silence made us assume is nobody's word.
        if (report.Failure is { } failure && UrlIsSettled) return ($"{failure.Name()}, although its recording is known", false);
        if (report.RecordingUrl is not null && reported is { } told) return ($"a recording, although {told.Name()} was reported", false);
        if (report.RecordingUrl is not null && AddressWasRefused) return ("a recording address, after another that does not count", false);
        if (report.Failure is { } now && reported is { } earlier && now != earlier)
            return ($"{now.Name()}, although {earlier.Name()} was reported", false);
        return SecondsAreSettled && report.ConversationSeconds is { } seconds && seconds != Seconds
            ? ($"{seconds} s, although {Seconds} s was reported", false)
            : null;
    }

    private RecordingFacts Settle(DateTimeOffset at) =>
        Status == RecordingStatus.Completed && CompletedAt is null ? this with { CompletedAt = at } : this;

    // A missing fact is filled, a settled one replaces a provisional one, and among equals the rule decides until completion.
    private bool MayReplace(object? known, bool isSettled, bool newIsSettled, Func<bool> ruleSaysSo) =>
        known is null || (newIsSettled && !isSettled)
        || (newIsSettled == isSettled && Status != RecordingStatus.Completed && ruleSaysSo());

    private FailureCode? Likelier(FailureCode? other) => Failure is null || other < Failure ? other ?? Failure : Failure;

    private static PartyState Later(PartyState one, PartyState other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one < other ? one.Value : other;
}
