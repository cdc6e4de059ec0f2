namespace Voice.Domain.Reading;

/// <summary>Proposes for each term the figure that the parties left it at: one that arithmetic bears out, or the last that was agreed
/// to.</summary>
internal sealed class Settlement(Talk talk)
{
    /// <summary>The term's name in the API.</summary>
    public static string Term(Topic topic) => topic switch
    {
        Topic.Quantity => "quantity",
        Topic.UnitPrice => "unit_price",
        Topic.Total => "total_amount",
        Topic.Upfront or Topic.UpfrontShare => "upfront_payment",
        Topic.Open or Topic.Explained => throw new ArgumentOutOfRangeException(nameof(topic), topic, "No term has this topic."),
    };

    /// <summary>One proposal for each term of which a figure was named.</summary>
    public IReadOnlyList<Proposal> Proposals()
    {
        Topic[] topics = [Topic.Quantity, Topic.UnitPrice, Topic.Total, LastOf(Topic.UpfrontShare) > LastOf(Topic.Upfront)
            ? Topic.UpfrontShare : Topic.Upfront];
        return [.. topics.Select(Propose).OfType<Proposal>()];
    }

    private int LastOf(Topic topic) => talk.Of(topic) is [.., var last] ? last.From : -1;

    private Proposal? Propose(Topic topic)
    {
        if (talk.Whole is { } whole
            && new[] { whole.Quantity, whole.Price, whole.Total }.FirstOrDefault(figure =>
            figure.Topic == topic) is { } borneOut) return Of(borneOut);
        var named = talk.Of(topic);
        if (topic == Topic.Quantity && named.Any(figure => !figure.IsStock)) named = [.. named.Where(figure => !figure.IsStock)];
        if (named.Count == 0) return null;
        // What was refused leaves what was agreed to before.
        var at = named.Count - 1;
        while (at > 0 && talk.Acceptance.Of(named[at]) is { Answer: Answer.Refused, By.Deed: Deed.Refuse }) at--;
        return Of(at < named.Count - 1 && talk.Acceptance.Of(named[at]).Answer is not (Answer.Accepted or Answer.Confirmed) ? named[^1]
            : named[at]);
    }

    private Proposal Of(Figure figure) =>
        new(Term(figure.Topic), figure.Topic, figure.Value, figure.From, figure.To, talk.Acceptance.Of(figure).By?.At);
}
