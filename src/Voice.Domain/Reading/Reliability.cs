namespace Voice.Domain.Reading;

/// <summary>How often a reading of its kind was right where it was measured (docs/accuracy.md).</summary>
internal static class Reliability
{
    /// <summary>Of a term that is words.</summary>
    public const double OfWords = 0.9;

    /// <summary>Of a figure, 0 to 1, before the engine's own doubt.</summary>
    public static double Of(Talk talk, Proposal proposal)
    {
        if (talk.Whole is { } whole && (proposal.Topic, proposal.Value) is var read
            && (read == (Topic.Quantity, whole.Quantity.Value) || read == (Topic.UnitPrice, whole.Price.Value)
            || read == (Topic.Total, whole.Total.Value))) return 0.98;
        var naming = talk.Figures.Last(figure => figure.Topic == proposal.Topic && figure.Value == proposal.Value);
        return talk.Acceptance.Of(naming).Answer switch
        {
            Answer.Confirmed => 0.95,
            Answer.Accepted => 0.93,
            Answer.Repeated or Answer.None or Answer.Refused => 0.9,
        };
    }
}
