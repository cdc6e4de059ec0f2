namespace Voice.Domain.Reading;

/// <summary>What another reader than the rules, such as a language model, takes a term to be. It is heard, not believed.</summary>
/// <param name="Term">One of <see cref="Terms"/>; any other is nothing.</param>
/// <param name="Value">The value; 0.3 where thirty percent are to be paid first.</param>
/// <param name="Quote">The words that name it, as they stand in the transcript.</param>
/// <param name="AcceptingQuote">The words behind it by which the other side accepts it; null where the reader knows of none.</param>
public sealed record ProposedTerm(string Term, decimal Value, string Quote, string? AcceptingQuote)
{
    internal static readonly Topic[] Topics = [Topic.Quantity, Topic.UnitPrice, Topic.Total, Topic.Upfront];

    /// <summary>The terms that may be proposed, as the API names them: those that are figures.</summary>
    public static IReadOnlyList<string> Terms { get; } = [.. Topics.Select(Settlement.Term)];
}
