using System.Text.RegularExpressions;

namespace Voice.Domain.Reading;

/// <summary>A word of a transcript.</summary>
/// <param name="Text">As written.</param>
/// <param name="Start">First character.</param>
/// <param name="Turn">Number of the turn it stands in.</param>
/// <param name="Clause">Number of the clause: turns and what commas part.</param>
/// <param name="Speaker">Who said it; null when unknown.</param>
internal sealed record Word(string Text, int Start, int Turn, int Clause, string? Speaker = null)
{
    public string Lower { get; } = Text.ToLowerInvariant().Replace('’', '\'');

    public int End => Start + Text.Length;

    public bool IsCapitalised => char.IsUpper(Text[0]);
}

/// <summary>What stands between two words.</summary>
internal enum Gap
{
    None,
    Comma,
    Stop,
    Question,
}

/// <summary>A transcript as words, turns and clauses.</summary>
internal sealed partial class Words
{
    private static readonly System.Buffers.SearchValues<char> ClauseMarks = System.Buffers.SearchValues.Create(",;:\n\u2013\u2014");
    private readonly List<Word> _words = [];
    private readonly HashSet<int> _questions = [];
    private readonly List<(int From, int To)> _turns = [];

    public Words(string text)
        : this(Transcript.Of(text))
    {
    }

    public Words(Transcript transcript)
    {
        Text = transcript.Text;
        var matches = WordPattern().Matches(Text);
        var starts = transcript.Segments.Where(segment => segment.StartsTurn).Select(segment => segment.Start).ToHashSet();
        var speakers = transcript.Segments.Any(segment => segment.Speaker is not null);
        var raw = new List<(Word Word, Gap Before)>();
        var (end, before) = (0, (string?)null);
        foreach (Match match in matches)
        {
            var speaker = speakers ? transcript.SpeakerAt(match.Index) : null;
            var gap = GapIn(Text.AsSpan(end, match.Index - end), raw.Count > 0 ? raw[^1].Word.Lower : "", match.Value[0]);
            if (gap < Gap.Stop && raw.Count > 0
                && (starts.Contains(match.Index) || (speaker is not null && before is not null && speaker != before))) gap = Gap.Stop;
            raw.Add((new Word(match.Value, match.Index, 0, 0, speaker), gap));
            (end, before) = (match.Index + match.Length, speaker ?? before);
        }
        HasMarks = starts.Count > 0 || speakers || raw.Any(word => word.Before is Gap.Comma or Gap.Question)
            || Text.AsSpan(end).Contains('?');
        var (turn, clause) = (0, 0);
        var breaks = Turns.SoftStarts([.. raw.Select(word => word.Word.Lower)], [.. raw.Select(word => word.Before)]);
        for (var index = 0; index < raw.Count; index++)
        {
            var (word, gap) = raw[index];
            if (index > 0 && (gap >= Gap.Stop || breaks.Contains(index)))
            {
                if (gap == Gap.Question) _questions.Add(turn);
                turn++;
                clause++;
            }
            else if (gap == Gap.Comma) clause++;
            _words.Add(word with { Turn = turn, Clause = clause });
            if (_turns.Count == turn) _turns.Add((index, index + 1));
            else _turns[turn] = (_turns[turn].From, index + 1);
        }
        if (Text.AsSpan(end).Contains('?')) _questions.Add(turn);
        for (var number = 0; number < _turns.Count; number++) if (Turns.Asks(this, _turns[number].From, HasMarks)) _questions.Add(number);
    }

    public string Text { get; }

    public int Count => _words.Count;

    /// <summary>How many turns there are.</summary>
    public int TurnCount => _turns.Count;

    /// <summary>Whether the text has marks finer than stops, or the engine says where turns begin: then a number does not run on over
    /// them.</summary>
    public bool HasMarks { get; }

    public Word this[int index] => _words[index];

    /// <summary>The word there in lower case; empty outside the transcript.</summary>
    public string Lower(int index) => index >= 0 && index < Count ? _words[index].Lower : "";

    /// <summary>Whether the words from there are these, in one clause.</summary>
    public bool Are(int index, string phrase)
    {
        if (index < 0 || index >= Count || !phrase.StartsWith(_words[index].Lower, StringComparison.Ordinal)) return false;
        var (at, from) = (index, 0);
        while (true)
        {
            var length = phrase.IndexOf(' ', from) is >= 0 and var space ? space - from : phrase.Length - from;
            if (at >= Count || !phrase.AsSpan(from, length).SequenceEqual(_words[at].Lower) || !SameClause(index, at)) return false;
            from += length + 1;
            at++;
            if (from > phrase.Length) return true;
        }
    }

    /// <summary>Whether one of the phrases begins there; its number of words, 0 when none does.</summary>
    public int LengthOf(IEnumerable<string> phrases, int index)
    {
        foreach (var phrase in phrases) if (Are(index, phrase)) return phrase.AsSpan().Count(' ') + 1;
        return 0;
    }

    /// <summary>Whether one of the phrases stands between two places.</summary>
    public bool Has(IEnumerable<string> phrases, int from, int to)
    {
        for (var at = Math.Max(0, from); at < Math.Min(to, Count); at++)
            if (LengthOf(phrases, at) is > 0 and var length && at + length <= to) return true;
        return false;
    }

    public bool SameTurn(int one, int other) => one >= 0 && other >= 0 && one < Count && other < Count
        && _words[one].Turn == _words[other].Turn;

    public bool SameClause(int one, int other) => one >= 0 && other >= 0 && one < Count && other < Count
        && _words[one].Clause == _words[other].Clause;

    /// <summary>Whether the turn of that word asks.</summary>
    public bool IsQuestion(int index) => _questions.Contains(_words[index].Turn);

    /// <summary>The first word of that turn, and the word after its last.</summary>
    public (int From, int To) Turn(int number) => _turns[number];

    /// <summary>The first word after the turn of that word.</summary>
    public int TurnEnd(int index) => index < Count ? _turns[_words[index].Turn].To : Count;

    /// <summary>The first word of the turn of that word.</summary>
    public int TurnStart(int index) => index < Count ? _turns[_words[index].Turn].From : Count;

    /// <summary>Words in lower case between two places.</summary>
    public IEnumerable<string> Between(int from, int to) =>
        Enumerable.Range(Math.Max(0, from), Math.Max(0, Math.Min(to, Count) - Math.Max(0, from))).Select(Lower);

    public (string Quote, int Start, int End) Quote(int from, int to)
    {
        var (start, end) = (_words[from].Start, _words[to - 1].End);
        return (Text[start..end], start, end);
    }

    private static Gap GapIn(ReadOnlySpan<char> between, string before, char next)
    {
        if (between.Contains('?')) return Gap.Question;
        // "Dec. 4th", "Sh. 300", "Mr. Kamau": the stop belongs to the word.
        if (between.IndexOfAny('.', '!') >= 0)
            return Turns.Abbreviations.Contains(before) && (char.IsAsciiDigit(next) || before is "mr" or "mrs" or "dr") ? Gap.None
                : Gap.Stop;
        return between.IndexOfAny(ClauseMarks) >= 0 ? Gap.Comma : Gap.None;
    }

    // Dates and times in figures, ordinals, numbers with separators, words, and the signs that carry meaning.
    [GeneratedRegex(
        @"\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}|\d{1,2}(?:st|nd|rd|th)\b"
        + @"|\d{1,3}(?:[,'’]\d{3})+(?:\.\d+)?(?!\d)|\d+,\d{1,2}(?!\d)"
        + @"|\d+(?:\.\d+)?|\p{L}+(?:['’]\p{L}+)*|[%$€£₦/+]")]
    private static partial Regex WordPattern();
}
