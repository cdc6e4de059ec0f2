namespace Voice.Domain.Reading;

/// <summary>What stands before a number and bounds it: "at least fifty" is no value; "I can't pay more than fifty" offers fifty.</summary>
internal static class Limits
{
    private static readonly string[] Bounds = ["over", "above", "more than", "less than", "at least", "minimum", "minimum of", "maximum",
        "maximum of", "up to", "below", "under", "not exceeding", "at most", "exceeding", "beyond", "no more than", "fewer than"];

    /// <summary>Whether the number that begins there is only bounded.</summary>
    public static bool Bound(Words words, int start) => LengthOf(words, start) > 0 && !AreOffered(words, start);

    /// <summary>Whether one refuses to go beyond the number that begins there, and so offers it.</summary>
    public static bool AreOffered(Words words, int start) => LengthOf(words, start) is > 0 and var length
        // "I can come up to eighty four"
        && ((words.Lower(start - length - 1) is "come" or "stretch" && words.Lower(start - 1) is "to")
        || Enumerable.Range(start - length - 6, 6).Any(at => at >= 0 && words.SameClause(at, start)
            && (words.Lower(at) is "not" or "cannot" or "never" || words.Lower(at).EndsWith("n't", StringComparison.Ordinal))
            && words.Between(at + 1, start - length).Any(word => word is "go" or "pay" or "sell" or "give" or "take" or "lend" or "do"
                or "accept" or "offer" or "let" or "spend")));

    private static int LengthOf(Words words, int start) => Bounds.Select(bound => bound.AsSpan().Count(' ') + 1 is var length
        && words.Are(start - length, bound) ? length : 0).Max();
}
