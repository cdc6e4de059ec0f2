namespace Voice.Domain.Reading;

/// <summary>Where one turn ends and the next begins. Marks, pauses and speakers say so; where an engine writes none, the words by which
/// people begin do.</summary>
internal static class Turns
{
    /// <summary>Words that are written with a stop behind them.</summary>
    public static readonly HashSet<string> Abbreviations =
        ["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "sh", "shs", "ksh", "kshs", "ush", "tsh",
            "mr", "mrs", "dr"];

    // Without a mark for that long, the words themselves must tell.
    private const int LongestBreath = 22;

    private static readonly HashSet<string> Openers =
    [
        "okay", "ok", "sawa", "yes", "yeah", "agreed", "alright", "deal", "correct", "exactly", "right", "fine", "perfect", "no", "so",
        "then", "but", "what", "how", "wait", "ah",
        "sorry", "please", "actually", "why", "hello", "good",
    ];

    private static readonly string[] OpeningPhrases =
    [
        "i want", "i need", "i give", "i can", "i will", "i'll", "i pay", "i take", "i sell", "i have", "i would", "i offer", "i only",
        "i am", "i said", "i agree", "i accept",
        "you pay", "you give", "you can", "you will", "you want", "you bring", "we will", "we can", "we have", "we need", "we agree",
        "my price", "the price", "that is", "that's",
        "that makes", "that comes", "that one", "can you", "could you", "can i", "would you", "do you", "let me", "let us", "let's",
        "it is", "it's", "give me", "deliver to",
        "deliver it", "deliver them", "bring them", "bring it", "the rest", "is it", "and you", "and the",
    ];

    // Behind these a word goes on with the thought: "is fine", "not okay", "very good", "all right".
    private static readonly HashSet<string> Joins =
        ["is", "are", "was", "not", "very", "be", "all", "'s", "that's", "it's", "me", "a", "the", "say", "says", "said", "if", "and",
            "so", "more", "for", "at", "of", "any", "what", "how", "just", "sounds"];

    private static readonly HashSet<string> Asking =
        ["can", "could", "would", "will", "do", "does", "is", "are", "how", "what", "which", "when", "where", "who", "shall", "should",
            "may", "have", "did"];

    /// <summary>Words before which a new turn is taken to begin though no mark says so.</summary>
    public static HashSet<int> SoftStarts(IReadOnlyList<string> words, IReadOnlyList<Gap> gaps)
    {
        var starts = new HashSet<int>();
        for (var from = 0; from < words.Count;)
        {
            var to = from + 1;
            while (to < words.Count && gaps[to] == Gap.None) to++;
            if (to - from > LongestBreath)
                for (var at = from + 1; at < to; at++)
                    if (Opens(words, at)) starts.Add(at);
            from = to;
        }
        return starts;
    }

    /// <summary>Whether the turn that begins there asks, by its first words; with marks only the mark says so, except where it is left out
    /// after a question word.</summary>
    public static bool Asks(Words words, int from, bool hasMarks)
    {
        if (hasMarks) return false;
        while (words.Lower(from) is "and" or "so" or "but" or "okay" or "ok" or "for" or "at" or "to"
            && words.SameTurn(from, from + 1)) from++;
        var first = words.Lower(from);
        if (first is "if" && words.Lower(from - 1) is "and") return true; // "And if I take eight hundred?"
        if (first is "how" or "what" or "which" or "who" or "why") return true;
        // "will you", "can I", "is it", "do we"; not "is fine", "will bring".
        return Asking.Contains(first)
            && words.Lower(from + 1) is "you" or "i" or "it" or "we" or "they" or "he" or "she" or "that" or "the" or "there" or "this";
    }

    private static bool Opens(IReadOnlyList<string> words, int at)
    {
        var before = words[at - 1];
        if (Joins.Contains(before)) return false;
        var word = words[at];
        var next = at + 1 < words.Count ? words[at + 1] : "";
        if (word is "no") return before is not "then" && next is not ("problem" or "more" or "one") && !Vocabulary.IsGoods(next);
        if (word is "good" or "fine" or "right" or "perfect") return !Vocabulary.IsGoods(next)
            && next is not ("quality" or "price" or "morning" or "evening" or "now" or "afternoon" or "one");
        if (word is "then") return before is not ("okay" or "ok" or "and" or "yes");
        if (Openers.Contains(word)) return !(word is "so" && before is "or");
        // "one hundred and thirty five it is"
        if (word is "it" or "that" or "it's" or "that's" && SpokenNumber.IsNumberWord(before)) return word is "that" or "that's"
            || next is not "is";
        return OpeningPhrases.Any(phrase => phrase == word || (phrase.Length == word.Length + 1 + next.Length
            && phrase.StartsWith(word, StringComparison.Ordinal) && phrase.EndsWith(next, StringComparison.Ordinal)
            && phrase[word.Length] == ' '));
    }
}
