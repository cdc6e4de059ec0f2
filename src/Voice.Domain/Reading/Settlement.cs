namespace Voice.Domain.Reading;

/// <summary>What came of the values that were named for one term.</summary>
/// <param name="Chosen">The mention that counts, or the last one where none does.</param>
/// <param name="IsSettled">The parties left it at that.</param>
/// <param name="IsConfirmed">It was said more than once, or agreed to.</param>
/// <param name="Others">Mentions of other values.</param>
internal sealed record Settled<T>(Mention<T> Chosen, bool IsSettled, bool IsConfirmed, IReadOnlyList<Mention<T>> Others);

/// <summary>
/// Decides which of several values stands. A later figure takes the place of an earlier one when it corrects it, when both sides come back to it,
/// or when the other agrees; what is refused, asked and never answered, or set against another figure to the end, is not settled.
/// </summary>
/// <param name="words">The talk.</param>
/// <param name="figures">All its figures: what is said behind another figure is said about that one.</param>
internal sealed class Settlement(Words words, IReadOnlyList<Mention<decimal>> figures)
{
    private static readonly HashSet<string> Agreement =
    [
        "okay", "ok", "agreed", "agree", "deal", "fine", "sawa", "correct", "right", "yes", "alright", "good", "perfect", "confirmed", "accept", "accepted", "done",
        "exactly", "great", "sure", "yeah", "true",
    ];

    private static readonly HashSet<string> Farewell = ["bye", "goodbye", "think", "leave", "later", "tomorrow"];

    private static readonly string[] Refusal =
    [
        "too high", "too low", "too much", "too little", "too expensive", "is expensive", "cannot", "can't", "can not", "won't", "not possible", "no way", "let me think", "think about it",
        "not accept", "don't agree", "not agree", "don't accept", "leave it", "not okay", "not fine",
        "we will see", "we'll see", "don't know", "do not know", "not sure",
    ];

    private static readonly HashSet<string> Tentative = ["maybe", "perhaps", "if", "might", "possibly", "about", "around", "roughly"];

    private static readonly string[] Correction =
    [
        "make it", "i mean", "i meant", "sorry", "rather", "instead", "actually", "correction", "let us say", "let's say", "let us meet", "let's meet", "let us make",
        "let's make", "now it is", "can only", "this year", "not",
    ];

    public Settled<T>? Of<T>(IReadOnlyList<Mention<T>> mentions)
        where T : notnull
    {
        if (mentions.Count == 0) return null;
        var last = mentions[^1];
        var others = mentions.Where(mention => !mention.Value.Equals(last.Value)).ToList();
        var times = mentions.Reverse().TakeWhile(mention => mention.Value.Equals(last.Value)).Select(mention => words[mention.From].Clause).Distinct().Count();
        var reactions = mentions.Where(mention => mention.Value.Equals(last.Value)).Select(ReactionTo).ToList();
        var isAgreed = reactions[^1] == Reaction.Agreed;
        var isRefused = reactions[^1] == Reaction.Refused;
        bool isSettled;
        if (isRefused) isSettled = false;
        else if (others.Count == 0) isSettled = isAgreed || times > 1 || !IsTentative(last) || IsBesideAPrice(last);
        else isSettled = times > 1 || isAgreed || IsCorrection(last);
        return new(last, isSettled, isAgreed || times > 1, others);
    }

    // A question, or a figure that was only thought of, needs an answer to count.
    private bool IsTentative<T>(Mention<T> mention) => words.IsQuestion(mention.From)
        || words.Between(Math.Max(words.SentenceStart(mention.From), mention.From - 8), mention.From).Any(Tentative.Contains);

    private enum Reaction
    {
        None,
        Agreed,
        Refused,
    }

    // What is said about a figure: in its own sentence, then in the next two.
    private Reaction ReactionTo<T>(Mention<T> mention)
    {
        var start = words.SentenceStart(mention.From);
        var end = words.SentenceEnd(mention.From);
        if (IsBesideAPrice(mention)) return Reaction.None;
        if (Has(Refusal, Math.Max(start, mention.From - 8), end) && !IsCorrection(mention)) return Reaction.Refused;
        if (words.Between(start, end).Any(Agreement.Contains)) return Reaction.Agreed;
        for (var sentence = 0; sentence < 2 && end < words.Count; sentence++)
        {
            var next = words.SentenceEnd(end);
            var isAboutAnother = figures.Any(figure => figure.Topic != mention.Topic && figure.From >= end && figure.To <= next);
            // "Okay, three thousand it is" may still answer what was said before, but only with its first word.
            if (isAboutAnother) return Agreement.Contains(words.Lower(end)) && mention.Topic != Topic.Open ? Reaction.Agreed : Reaction.None;
            if (Has(Refusal, end, next) || (IsNo(end) && !Has(Correction, end, next))) return Reaction.Refused;
            if ((words.Between(end, next).Any(Agreement.Contains) || Has(["no problem"], end, next)) && !words.Between(end, next).Any(Farewell.Contains)) return Reaction.Agreed;
            end = next;
        }
        return Reaction.None;
    }

    // "No, …" and "No I cannot", but not "no rotten fish" and "no problem".
    private bool IsNo(int at) => words.Lower(at) == "no" && (!words.SameClause(at, at + 1) || words.Lower(at + 1) is "i" or "that" or "it" or "you" or "we" or "my" or "they" or "way");

    // "one hundred thousand for the three cows?": what is asked and refused is the price.
    private bool IsBesideAPrice<T>(Mention<T> mention) => mention.Topic == Topic.Quantity
        && figures.Any(figure => figure.Topic is Topic.UnitPrice or Topic.Total && words.SameSentence(figure.From, mention.From));

    private bool IsCorrection<T>(Mention<T> mention)
    {
        var start = Math.Max(words.SentenceStart(mention.From), mention.From - 6);
        return Has(Correction, start, mention.From) || words.Between(start, mention.From).Contains("no");
    }

    private bool Has(IEnumerable<string> phrases, int from, int to) =>
        phrases.Any(phrase => Enumerable.Range(from, Math.Max(0, to - from)).Any(at => at + phrase.Count(c => c == ' ') < to && words.Are(at, phrase)));
}
