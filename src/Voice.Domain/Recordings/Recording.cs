namespace Voice.Domain.Recordings;

/// <summary>
/// A recorded conference: who talks, and the fold of all facts reported about the call.
/// The provider repeats, reorders and drops its reports, so a report is never obeyed: it is joined to what is known
/// (docs/decisions/0003). Whatever happens is also noted for the timeline.
/// </summary>
public sealed class Recording
{
    private readonly List<TimelineEntry> _news = [];
    private readonly RecordingFacts _loadedFacts = null!;
    private RecordingFacts _facts = null!;

    /// <summary>The identifier that callers poll; also the conference's.</summary>
    public required string RecordingId { get; init; }

    /// <summary>What the parties talk about: one of <see cref="ContractType.All"/>.</summary>
    public required string ContractType { get; init; }

    /// <summary>How long the creator expects the call to last, in whole seconds.</summary>
    public required int ExpectedSeconds { get; init; }

    /// <summary>When the conference was created, UTC, whole milliseconds.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>All that is known about the call.</summary>
    public required RecordingFacts Facts { get => _facts; init => _facts = _loadedFacts = value; }

    /// <summary>How often the recording was saved: the guard against two writers.</summary>
    public int Version { get; init; }

    /// <summary>What happened since the recording was loaded, for the timeline.</summary>
    public IReadOnlyList<TimelineEntry> News => _news;

    /// <summary>What the recording has come to.</summary>
    public RecordingStatus Status => Facts.Status;

    /// <inheritdoc cref="RecordingOutcome.ShownSeconds"/>
    public int? Duration => Facts.Outcome.ShownSeconds;

    /// <inheritdoc cref="RecordingOutcome.ShownUrl"/>
    public string? RecordingUrl => Facts.Outcome.ShownUrl;

    /// <summary>When the recording became completed, UTC, whole milliseconds; null in every other status.</summary>
    public DateTimeOffset? ProcessedAt => Facts.CompletedAt;

    /// <inheritdoc cref="RecordingOutcome.ShownFailure"/>
    public FailureCode? Failure => Facts.Outcome.ShownFailure;

    /// <summary>Whether anything that a caller sees has changed since the recording was loaded.</summary>
    public bool LooksDifferent => !Facts.Outcome.LooksLike(_loadedFacts.Outcome);

    /// <summary>Whether the provider's session has become known since the recording was loaded.</summary>
    public bool HasNewSession => Facts.SessionId is not null && Facts.SessionId != _loadedFacts.SessionId;

    /// <summary>How long the provider may let the parties talk: twice what was expected, at most four hours.</summary>
    public TimeSpan LongestCall => TimeSpan.FromSeconds(Math.Min(2 * ExpectedSeconds, 14400));

    /// <summary>A new conference that nobody has been called for.</summary>
    /// <param name="recordingId">The identifier to poll.</param>
    /// <param name="phones">The parties in dialling order.</param>
    /// <param name="contractType">One of <see cref="ContractType.All"/>.</param>
    /// <param name="expectedSeconds">Expected length in whole seconds.</param>
    /// <param name="now">The time, UTC, whole milliseconds.</param>
    public static Recording Start(
        string recordingId, IEnumerable<PhoneNumber> phones, string contractType, int expectedSeconds, DateTimeOffset now)
    {
        var recording = new Recording
        {
            RecordingId = recordingId,
            ContractType = contractType,
            ExpectedSeconds = expectedSeconds,
            CreatedAt = now,
            Facts = new RecordingFacts { Parties = [.. phones.Select(phone => new Party(phone))] },
        };
        recording.Note(now, TimelineKind.Created, $"Conference for {recording.Facts.Parties.Count} parties about {contractType}");
        return recording;
    }

    /// <summary>The provider took the call under that session.</summary>
    public void Placed(string sessionId, DateTimeOffset now)
    {
        var parties = Facts.Parties.Select((party, index) =>
            index == 0 && party.State == PartyState.Waiting ? party with { State = PartyState.Dialled } : party).ToList();
        _facts = Facts with { Placement = Placement.Placed, SessionId = sessionId, Parties = parties };
        Note(now, TimelineKind.Dialled, $"The provider took the call to {parties[0].Phone.Masked} as {sessionId}");
    }

    /// <summary>The provider did not take the call, or did not say whether it did.</summary>
    /// <param name="placement">What came of asking.</param>
    /// <param name="failure">The code for the reason.</param>
    /// <param name="reason">The provider's own words, or ours where it gave none.</param>
    /// <param name="now">The time, UTC, whole milliseconds.</param>
    public void NotPlaced(Placement placement, FailureCode failure, string reason, DateTimeOffset now)
    {
        var before = Status;
        _facts = (Facts with { Placement = placement, RefusalReason = reason }).Join(failure, now);
        Note(now, TimelineKind.NotDialled, reason);
        NoteStatusSince(before, now);
    }

    /// <summary>Joins what the provider reported, in whatever order and however often it does so.</summary>
    public void Apply(CallEvent report)
    {
        var before = Status;
        if (!report.IsFinal && report.SessionId == RecordingId)
        {
            // Callers know this id too; what goes on in a call, and whom to bridge, is between the provider and us.
            NoteIdle(report, TimelineKind.ProviderEvent, "not of the provider's session, so it changed nothing");
            return;
        }
        var contradiction = Facts.AreContradictedBy(report);
        if (contradiction is { ChangesNothing: true } refused)
        {
            NoteIdle(report, TimelineKind.Contradiction, refused.Words);
            return;
        }
        var known = Facts;
        if (MustBeBridgedBy(report)) _facts = Facts with { BridgedBy = report.Digest };
        _facts = Facts.Join(report) with { SessionId = Facts.SessionId ?? SessionToldBy(report) };
        if (!Facts.SayMoreThan(known))
        {
            if (contradiction is { } again) NoteIdle(report, TimelineKind.Contradiction, again.Words);
            NoteRepeat(report);
            return;
        }
        if (contradiction is { } now) Note(report.ReceivedAt, TimelineKind.Contradiction, $"{report.Description}; {now.Words}");
        Note(report.ReceivedAt, TimelineKind.ProviderEvent, report.Description);
        NoteStatusSince(before, report.ReceivedAt);
    }

    /// <summary>The report says nothing new, perhaps because it came before.</summary>
    public void NoteRepeat(CallEvent report) => NoteIdle(report, TimelineKind.ProviderEvent, "it changed nothing");

    /// <summary>
    /// Fails the recording if it has waited too long. Where an address is known the recording is completed with it instead.
    /// </summary>
    /// <returns>Whether a deadline was missed.</returns>
    public bool PassDeadline(Deadlines deadlines, DateTimeOffset now)
    {
        if (deadlines.Missed(this, now) is not { } failure) return false;
        var before = Status;
        _facts = Facts.Join(failure, now);
        Note(now, TimelineKind.Deadline, $"Nothing was heard in time: {failure.Name()}");
        NoteStatusSince(before, now);
        return true;
    }

    /// <summary>Takes what today's rules made of its reports (<see cref="Replay"/>) in place of what stood there.</summary>
    public void Mend(RecordingFacts facts, DateTimeOffset now)
    {
        foreach (var difference in Replay.Between(Facts, facts)) Note(now, TimelineKind.Mended, difference.ToString());
        _facts = facts;
    }

    /// <summary>The same recording with other facts, and no news.</summary>
    internal Recording Anew(RecordingFacts facts) => new()
    {
        RecordingId = RecordingId,
        ContractType = ContractType,
        ExpectedSeconds = ExpectedSeconds,
        CreatedAt = CreatedAt,
        Version = Version,
        Facts = facts,
    };

    /// <summary>
    /// The parties to bridge in answer to that report: only the report that told of the answered phone gets them,
    /// and gets them again when it is repeated; bridging on any later report would redial for ever.
    /// </summary>
    public IReadOnlyList<PhoneNumber> PartiesToBridge(CallEvent report) =>
        Facts.BridgedBy == report.Digest ? [.. Facts.Parties.Skip(1).Select(party => party.Phone)] : [];

    private bool MustBeBridgedBy(CallEvent report) =>
        report is { IsFinal: false, FirstParty: PartyState.Answered, OtherParty: PartyState.Waiting }
        && Facts is { BridgedBy: null } && Facts.Parties[0].State < PartyState.Bridged
        && (Facts.OverAt is null || Facts.Placement is Placement.TimedOut or Placement.Garbled);

    // Where the provider's answer was lost, its echo of our id still tells which session is ours.
    private string? SessionToldBy(CallEvent report) => report.RecordingId == RecordingId ? report.SessionId : null;

    // All reports that say the same and change nothing are one line, with a count.
    private void NoteIdle(CallEvent report, string kind, string words)
    {
        var entry = new TimelineEntry(report.ReceivedAt, kind, $"{report.Description}; {words}", RepeatOf: $"{kind} {report.Saying()}");
        var known = _news.FindIndex(before => before.RepeatOf == entry.RepeatOf);
        if (known < 0) _news.Add(entry);
        else _news[known] = _news[known] with { Times = _news[known].Times + 1 };
    }

    private void NoteStatusSince(RecordingStatus before, DateTimeOffset at)
    {
        if (Status != before) Note(at, TimelineKind.StatusChanged, $"{before.Name()} → {Status.Name()}{Because()}");

        string Because() => Failure is { } failure ? $" ({failure.Name()})" : "";
    }

    private void Note(DateTimeOffset at, string kind, string detail) => _news.Add(new TimelineEntry(at, kind, detail));
}
