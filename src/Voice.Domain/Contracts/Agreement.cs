using Voice.Domain.Recordings;

namespace Voice.Domain.Contracts;

/// <summary>Where a party of an agreement stands.</summary>
/// <param name="Phone">The number that speaks for the party.</param>
/// <param name="Decision">What it said; null: nothing yet.</param>
/// <param name="DecidedAt">When it said so, UTC, whole milliseconds.</param>
/// <param name="Channel">How it said so; null: nothing yet, or before this was noted.</param>
public sealed record Signatory(
    PhoneNumber Phone, Decision? Decision = null, DateTimeOffset? DecidedAt = null, DecisionChannel? Channel = null);

/// <summary>What stands in the way of a decision.</summary>
public enum Obstacle
{
    /// <summary>That phone is no party of the contract.</summary>
    NoParty,

    /// <summary>That party has decided before: one phone decides once.</summary>
    DecidedBefore,

    /// <summary>The agreement is no longer pending.</summary>
    NothingToDecide,
}

/// <summary>
/// The life of a contract between its parties: each may say yes or no once, in any order, until time is up. What the whole has come to
/// follows from that and from the time, and is never stored as a fact of its own (docs/decisions/0006).
/// </summary>
public sealed class Agreement
{
    /// <summary>How long the parties may take to confirm.</summary>
    public static readonly TimeSpan ConfirmWithin = TimeSpan.FromHours(24);

    private readonly List<TimelineEntry> _news = [];
    private Signatory[] _parties = [];

    /// <summary>The contract.</summary>
    public required string ContractId { get; init; }

    /// <summary>The last moment is the one before this, UTC, whole milliseconds.</summary>
    public required DateTimeOffset ConfirmBy { get; init; }

    /// <summary>The parties, in the order given.</summary>
    public required IReadOnlyList<Signatory> Parties { get => _parties; init => _parties = [.. value]; }

    /// <summary>The status it was saved with: an overdue one may be pending still.</summary>
    public AgreementStatus StoredAs { get; init; }

    /// <summary>How often the agreement was saved: the guard against two writers.</summary>
    public int Version { get; init; }

    /// <summary>What happened since the agreement was loaded, for the timeline of its recording.</summary>
    public IReadOnlyList<TimelineEntry> News => _news;

    /// <summary>The phones that have confirmed it.</summary>
    public IEnumerable<PhoneNumber> SignedBy =>
        _parties.Where(party => party.Decision is Decision.Confirmed).Select(party => party.Phone);

    /// <summary>A new contract that nobody has said anything to.</summary>
    public static Agreement Start(Contract contract)
    {
        var agreement = new Agreement
        {
            ContractId = contract.ContractId,
            ConfirmBy = contract.CreatedAt + ConfirmWithin,
            Parties = [.. contract.Parties.Select(party => new Signatory(party.Phone))],
        };
        agreement.Note(contract.CreatedAt, TimelineKind.ContractMade, contract.IsComplete ? "" : ", with something left open");
        return agreement;
    }

    /// <summary>Who is asked to confirm a contract: every party, unless nothing was heard that one could agree to.</summary>
    public static IEnumerable<PhoneNumber> AskedAbout(Contract contract) =>
        contract.IsAboutSomething ? contract.Parties.Select(party => party.Phone) : [];

    /// <summary>What it has come to by that time.</summary>
    public AgreementStatus StatusAt(DateTimeOffset now) =>
        _parties.Any(party => party.Decision is Decision.Rejected) ? AgreementStatus.Rejected
        : _parties.All(party => party.Decision is Decision.Confirmed) ? AgreementStatus.Confirmed
        : now >= ConfirmBy ? AgreementStatus.Expired
        : AgreementStatus.Pending;

    /// <summary>Whether nothing happened since it was loaded, and it is stored as what it has come to by that time.</summary>
    public bool IsStoredAt(DateTimeOffset now) => _news.Count == 0 && StoredAs == StatusAt(now);

    /// <summary>What that party said; null: nothing yet, or it is none.</summary>
    public Decision? DecisionOf(PhoneNumber phone) => Of(phone)?.Decision;

    /// <summary>What stands in the way of a decision of that party; null: nothing.</summary>
    public Obstacle? ObstacleTo(PhoneNumber phone, DateTimeOffset now)
    {
        if (Of(phone) is not { } signatory) return Obstacle.NoParty;
        if (signatory.Decision is not null) return Obstacle.DecidedBefore;
        return StatusAt(now) == AgreementStatus.Pending ? null : Obstacle.NothingToDecide;
    }

    /// <summary>Notes what a party says, if nothing stands in the way of it.</summary>
    /// <returns>What stood in the way; null: it is noted.</returns>
    public Obstacle? Decide(PhoneNumber phone, Decision decision, DecisionChannel channel, DateTimeOffset now)
    {
        if (ObstacleTo(phone, now) is { } obstacle) return obstacle;
        _parties = [.. _parties.Select(party =>
            party.Phone == phone ? party with { Decision = decision, DecidedAt = now, Channel = channel } : party)];
        Note(now, decision switch
        {
            Decision.Confirmed => TimelineKind.ContractConfirmed,
            Decision.Rejected => TimelineKind.ContractRejected,
        }, $" by {phone.Masked} ({channel.Name()}){(StatusAt(now) == AgreementStatus.Confirmed ? ", the last of all" : "")}");
        return null;
    }

    /// <summary>Notes, once, that the time to confirm is over.</summary>
    public void PassDeadline(DateTimeOffset now)
    {
        if (StoredAs == AgreementStatus.Pending && StatusAt(now) == AgreementStatus.Expired)
            _news.Add(Expiry(ContractId, ConfirmBy));
    }

    /// <summary>What the timeline says of a contract whose time to confirm is over.</summary>
    public static TimelineEntry Expiry(string contractId, DateTimeOffset confirmBy) =>
        new(confirmBy, TimelineKind.ContractExpired, contractId);

    private void Note(DateTimeOffset at, string kind, string detail) => _news.Add(new(at, kind, $"{ContractId}{detail}"));

    private Signatory? Of(PhoneNumber phone) => _parties.FirstOrDefault(party => party.Phone == phone);
}
