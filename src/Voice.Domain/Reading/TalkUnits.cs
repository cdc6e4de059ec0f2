namespace Voice.Domain.Reading;

/// <summary>The units of a talk: those of the vocabulary, and any thing that is counted and priced by the one in it ("sixty nets", "one
/// thousand a net").</summary>
internal sealed class TalkUnits
{
    // They stand behind "a" and name nothing that is sold by the one.
    private static readonly HashSet<string> NoThings = ["lot", "bit", "little", "while", "friend", "price", "deal", "problem", "person"];

    private readonly Dictionary<string, string> _learned = [];
    private readonly Words _words;

    public TalkUnits(Words words)
    {
        _words = words;
        var counted = new HashSet<string>();
        for (var at = 1; at < words.Count; at++)
            if (IsThing(at) && words.SameClause(at - 1, at) && words.Lower(at) is var noun && Vocabulary.Singular(noun) != noun
                && (SpokenNumber.IsNumberWord(words.Lower(at - 1)) || words.Lower(at - 1) == "many")) counted.Add(
                    Vocabulary.Singular(noun));
        for (var at = 1; at < words.Count; at++)
            if (counted.Contains(words.Lower(at)) && words.Lower(at - 1) is "a" or "per" or "each" or "every" or "one" or "kwa" or "/")
                _learned[words.Lower(at)] = words.Lower(at);
    }

    /// <summary>The singular name of the unit at that word; null where none is.</summary>
    public string? At(int index) => Vocabulary.PairedGoods.Contains(
        $"{_words.Lower(index - 1)} {Vocabulary.Singular(_words.Lower(index))}") ? null : Of(_words.Lower(index));

    /// <summary>The singular name of the unit that a word means; null where it means none.</summary>
    public string? Of(string word) => Vocabulary.Units.GetValueOrDefault(word)
        ?? (word.Length > 0 ? _learned.GetValueOrDefault(Vocabulary.Singular(word)) : null);

    private bool IsThing(int at) => _words.Lower(at) is var word && char.IsLetter(word[0]) && !Vocabulary.Stops.Contains(word)
        && !Vocabulary.Units.ContainsKey(word) && !Vocabulary.IsGoods(word) && !Vocabulary.Currencies.ContainsKey(word)
        && !Vocabulary.Uncounted.Contains(word) && !SpokenNumber.IsNumberWord(word) && !SpokenDate.IsCalendarWord(word)
        && !NoThings.Contains(Vocabulary.Singular(word));
}
