using System.Text.RegularExpressions;

namespace Voice.Domain.Reading;

/// <summary>A word of a transcript.</summary>
/// <param name="Text">As written.</param>
/// <param name="Start">First character.</param>
/// <param name="Sentence">Number of the sentence it stands in.</param>
/// <param name="Clause">Number of the clause: sentences and what commas part.</param>
internal sealed record Word(string Text, int Start, int Sentence, int Clause)
{
    public string Lower { get; } = Text.ToLowerInvariant().Replace('’', '\'');

    public int End => Start + Text.Length;

    public bool IsCapitalised => char.IsUpper(Text[0]);
}

/// <summary>A transcript as words, sentences and clauses. Where it has no punctuation it is one sentence.</summary>
internal sealed partial class Words
{
    private static readonly System.Buffers.SearchValues<char> ClauseMarks = System.Buffers.SearchValues.Create(",;:\n\u2013\u2014");
    private readonly List<Word> _words = [];
    private readonly HashSet<int> _questions = [];

    public Words(string text)
    {
        Text = text;
        var (sentence, clause, end) = (0, 0, 0);
        foreach (Match match in WordPattern().Matches(text))
        {
            var between = text.AsSpan(end, match.Index - end);
            if (_words.Count > 0 && between.IndexOfAny('.', '?', '!') is >= 0 and var mark)
            {
                if (between[mark] == '?') _questions.Add(sentence);
                sentence++;
                clause++;
            }
            else if (between.IndexOfAny(ClauseMarks) >= 0) clause++;
            _words.Add(new Word(match.Value, match.Index, sentence, clause));
            end = match.Index + match.Length;
        }
        if (text.AsSpan(end).Contains('?')) _questions.Add(sentence);
    }

    public string Text { get; }

    public int Count => _words.Count;

    public Word this[int index] => _words[index];

    /// <summary>The word there in lower case; empty outside the transcript.</summary>
    public string Lower(int index) => index >= 0 && index < Count ? _words[index].Lower : "";

    /// <summary>Whether the words from there are these, in one clause.</summary>
    public bool Are(int index, string phrase)
    {
        var parts = phrase.Split(' ');
        return index >= 0 && index + parts.Length <= Count
            && parts.Select((part, offset) => _words[index + offset].Lower == part).All(same => same)
            && SameClause(index, index + parts.Length - 1);
    }

    public bool SameSentence(int one, int other) => one >= 0 && other >= 0 && one < Count && other < Count && _words[one].Sentence == _words[other].Sentence;

    public bool SameClause(int one, int other) => one >= 0 && other >= 0 && one < Count && other < Count && _words[one].Clause == _words[other].Clause;

    public bool IsQuestion(int index) => _questions.Contains(_words[index].Sentence);

    /// <summary>The first word after the sentence of that word.</summary>
    public int SentenceEnd(int index)
    {
        var sentence = _words[index].Sentence;
        while (index < Count && _words[index].Sentence == sentence) index++;
        return index;
    }

    /// <summary>The first word of the sentence of that word.</summary>
    public int SentenceStart(int index)
    {
        while (SameSentence(index, index - 1)) index--;
        return index;
    }

    /// <summary>Words in lower case between two places.</summary>
    public IEnumerable<string> Between(int from, int to) =>
        Enumerable.Range(Math.Max(0, from), Math.Max(0, Math.Min(to, Count) - Math.Max(0, from))).Select(Lower);

    public (string Quote, int Start, int End) Quote(int from, int to)
    {
        var (start, end) = (_words[from].Start, _words[to - 1].End);
        return (Text[start..end], start, end);
    }

    // Dates in figures, ordinals, numbers, words, and the signs that carry meaning.
    [GeneratedRegex(@"\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}(?:st|nd|rd|th)\b|\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\p{L}+(?:['’]\p{L}+)*|[%$€£₦/]")]
    private static partial Regex WordPattern();
}
