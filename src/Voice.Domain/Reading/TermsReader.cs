using Voice.Domain.Contracts;

namespace Voice.Domain.Reading;

/// <summary>
/// Reads the terms of a contract from what was said: turns → numbers → figures and what each is about → acts → what was agreed
/// to → verifier. What was not said is null; what was said and not agreed to, or agreed to and then changed, is disputed and therefore
/// null. Nothing is made up.
/// </summary>
public static class TermsReader
{
    /// <summary>Reads the terms.</summary>
    /// <param name="transcript">What was said.</param>
    /// <param name="contractType">What kind of agreement it is, one of <see cref="Recordings.ContractType.All"/>: a loan has no unit
    /// price, a trip is one sum.</param>
    /// <param name="callDay">The day of the call where the parties are (<see cref="Region.Day"/>), to which "tomorrow" refers.</param>
    /// <param name="phone">A party's number in E.164 form: its country says whose shillings are meant where nobody says so.</param>
    /// <param name="proposed">What another reader takes the terms to be.</param>
    public static TermsReading Read(Transcript transcript, string contractType, DateOnly callDay, string? phone = null,
        IReadOnlyList<ProposedTerm>? proposed = null)
    {
        var talk = new Talk(transcript, contractType, callDay);
        var proposals = new Settlement(talk).Proposals();
        var objections = new Verifier(talk).Objections(proposals).ToDictionary();
        var other = new OtherReader(talk, proposed ?? []);
        var rivals = proposals.ToDictionary(proposal => proposal.Term, proposal => other.Rivals(proposal, proposals));
        foreach (var term in rivals.Keys.Where(term => rivals[term].Count > 0)) objections.TryAdd(term, Objection.ReadOtherwise);
        (talk, var added) = other.Add(proposals, objections);
        proposals = [.. proposals, .. added];
        var evidence = new EvidenceWriter(talk);
        var settled = proposals.Where(proposal => !objections.ContainsKey(proposal.Term)).ToDictionary(proposal => proposal.Topic);
        foreach (var proposal in proposals.Where(proposal => proposal.Topic != Topic.UpfrontShare))
            evidence.Figure(proposal, objections.ContainsKey(proposal.Term), Reliability.Of(talk, proposal),
                rivals.GetValueOrDefault(proposal.Term, []));
        AddOpenFigures(talk, proposals, evidence);

        var words = new WordTerms(talk, evidence, callDay);
        var terms = new ContractTerms
        {
            Product = words.Product(),
            Quantity = Value(Topic.Quantity),
            Unit = words.Unit(settled.GetValueOrDefault(Topic.Quantity)),
            UnitPrice = Value(Topic.UnitPrice),
            TotalAmount = Value(Topic.Total),
            Currency = words.Currency(settled, phone),
            DeliveryLocation = words.Place(),
            DeliveryDate = words.Day(),
            QualityRequirements = words.Qualities(),
            UpfrontPayment = Value(Topic.Upfront) ?? Share(),
            PaymentTerms = words.Payment(),
        };
        return new TermsReading(terms, evidence.Entries);

        decimal? Value(Topic topic) => settled.TryGetValue(topic, out var proposal) ? SpokenNumber.Plain(proposal.Value) : null;

        // The share may be agreed to while it is open what it is a share of.
        decimal? Share()
        {
            if (proposals.FirstOrDefault(proposal => proposal.Topic == Topic.UpfrontShare) is not { } share) return null;
            var whole = Value(Topic.Total) ?? (evidence.IsDisputed("total_amount") ? null : Value(Topic.Quantity) * Value(Topic.UnitPrice));
            var amount = settled.ContainsKey(Topic.UpfrontShare) && whole is { } all ? decimal.Round(share.Value * all, 2) : (decimal?)null;
            evidence.Figure(share, isDisputed: amount is null, Reliability.Of(talk, share), rivals[share.Term]);
            return amount is { } rounded && rounded == decimal.Truncate(rounded) ? decimal.Truncate(rounded) : amount;
        }
    }

    // Money whose topic nobody can tell is not passed over in silence.
    private static void AddOpenFigures(Talk talk, IReadOnlyList<Proposal> proposals, EvidenceWriter evidence)
    {
        if (proposals.Any(proposal => proposal.Topic is Topic.UnitPrice or Topic.Total)) return;
        var open = talk.Of(Topic.Open).Where(figure => figure.IsMoney || figure.Value >= 100).ToList();
        if (open.Count > 0) evidence.Open(talk.Of(Topic.Quantity).Count > 0 ? "unit_price" : "total_amount", open);
    }
}
