namespace Voice.Domain.Reading;

/// <summary>What is done with words.</summary>
internal enum Deed
{
    /// <summary>"Okay", "sawa", "I can do that".</summary>
    Accept,

    /// <summary>A form of words that closes a deal: "we have a deal", "I'll take it", "agreed on".</summary>
    Close,

    /// <summary>"No", "too high", "I cannot".</summary>
    Refuse,

    /// <summary>"Let me ask my wife", "I will let you know".</summary>
    Defer,

    /// <summary>"Let us leave it", "another day".</summary>
    Leave,

    /// <summary>What is done when a deal stands: "bring your sacks", "I send it now", "you're booked".</summary>
    Perform,

    /// <summary>A change of the terms without a figure of its own: "five percent off", "as last time", "meet in the middle".</summary>
    Change,
}

/// <summary>An act, where it stands, and how many words it takes.</summary>
internal sealed record Act(Deed Deed, int At, int Length);

/// <summary>Tells what is done: accepted, refused, put off, left, changed. A word of assent counts where it answers, not where it
/// describes or asks.</summary>
internal sealed class Acts
{
    private readonly List<Act> _acts = [];
    private readonly Words _words;

    public Acts(Words words)
    {
        _words = words;
        for (var at = 0; at < words.Count; at++)
        {
            var act = At(at);
            if (act is null) continue;
            _acts.Add(act);
            at += act.Length - 1;
        }
    }

    public IReadOnlyList<Act> All => _acts;

    public static bool IsAssent(string word) => Deeds.Assent.Contains(word);

    public IEnumerable<Act> Between(int from, int to, params Deed[] deeds) => _acts.Where(act => act.At >= from && act.At < to
        && deeds.Contains(act.Deed));

    private Act? At(int at)
    {
        if (_words.Are(at, "i see") && _words.TurnEnd(at) - _words.TurnStart(at) <= 3) return new(Deed.Defer, at, 2);
        if (IsOfSomethingElse(at)) return null;
        if (IsReservation(at)) return new(Deed.Defer, at, 1);
        if (_words.Lower(at) is "cancel" && !_words.SameClause(at - 1, at) && !_words.SameClause(at, at + 1)) return new(Deed.Leave, at, 1);
        if (_words.LengthOf(Deeds.Leaving, at) is > 0 and var leaving) return new(Deed.Leave, at, leaving);
        if (_words.LengthOf(Deeds.Deferring, at) is > 0 and var deferring && !IsOfNextTime(at)) return new(Deed.Defer, at, deferring);
        if (_words.LengthOf(Deeds.Refusing, at) is > 0 and var refusing && _words.LengthOf(Deeds.NotRefusing, at) == 0
            && !_words.Are(at - 1, "you never") && !IsOfManner(at)) return new(
            Deed.Refuse, at, refusing);
        if (IsNo(at)) return new(Deed.Refuse, at, 1);
        if (_words.LengthOf(Deeds.Closing, at) is > 0 and var closing) return IsAsked(at + closing - 1)
            || IsDenied(at) || IsPromised(at + closing - 1) || IsOnCondition(at + closing)
            || (_words.Are(at, "it stays") && _words.Lower(at + 2) is "in" or "with" or "here") ? null : new(Deed.Close, at, closing);
        if (_words.LengthOf(Deeds.Assenting, at) is > 0 and var assenting && !IsAsked(at + assenting - 1)
            && !IsDenied(at) && !IsToldMore(at + assenting)) return new(Deed.Accept, at, assenting);
        if (_words.LengthOf(Deeds.Changing, at) is > 0 and var changing) return IsMeasured(at) ? null : new(Deed.Change, at, changing);
        if (_words.LengthOf(Deeds.Referring, at) is > 0 and var referring
            && _words.Between(_words.TurnStart(at), _words.TurnEnd(at)).Any(word =>
            word is "price" or "rate" or "pay" or "money" or "cost" or "much" or "amount"))
            return new(Deed.Change, at, referring);
        // "one hundred and thirty five it is"
        if (_words.Are(at, "it is") && SpokenNumber.IsNumberWord(_words.Lower(at - 1))
            && (!_words.SameClause(at, at + 2) || _words.Lower(at + 2) is "then")) return new(Deed.Close, at, 2);
        return Accepts(at) ? new(Deed.Accept, at, 1) : Performs(at) ? new(Deed.Perform, at, 1) : null;
    }

    // "You want curtains also? No, another day.", "Don't disappoint me. Never.", "take it or leave it", "I keep your bicycle until then"
    private bool IsOfSomethingElse(int at) => _words.Are(at - 1, "or leave it")
        || (_words.Lower(at) is "keep" && _words.Lower(at - 1) is "i" or "we" or "i'll" or "we'll" && _words.Lower(at + 1) is "your")
        || (_words[at].Turn is > 0 and var turn && _words.Turn(turn - 1) is var (from, to) && _words.IsQuestion(from)
            && _words.Lower(_words.TurnStart(at)) is "no" && _words.TurnEnd(at) - _words.TurnStart(at) <= 5
            && _words.Between(from, to).Any(word => word is "also" or "else" or "too" or "want" or "need")
            && !_words.Between(from, to).Any(word => word is "it" or "that" or "this" or "them" or "price" or "to")
            && !_words.Between(from, to).Any(SpokenNumber.IsNumberWord))
        || (_words.Lower(at) is "never" && _words.TurnStart(at) == at && at > 0 && _words.Lower(_words.TurnStart(at - 1)) is "don't");

    // "I need to check with my partner", "give me until tomorrow to think", "until my boss signs": somebody has yet to make up his mind.
    private bool IsReservation(int at)
    {
        var word = _words.Lower(at);
        var before = _words.Between(Math.Max(_words.TurnStart(at), at - 6), at).ToList();
        // "Let me turn it in my head first"
        if (word is "first" && (!_words.SameClause(at, at + 1) || _words.Lower(at + 1) is "i" or "i'll" or "then")
            && _words.Has(["let me", "let us"], _words.TurnStart(at), at)) return true;
        if (Deeds.Pondering.Contains(word)) return word is not ("check" or "talk" or "speak" or "confirm")
            || _words.Lower(at + 1) is "with" or "to" or "about"
            ? before.Any(Deeds.Pending.Contains) && !before.Any(one => one is "don't" or "not") : false;
        return Deeds.Permitting.Contains(word)
            && before.Any(one => one is "until" or "unless" or "if" or "once" or "before" or "when" or "must"
            or "to") && before.Any(one => one is "he" or "she" or "they" or "my" or "our" or "the" or "his" or "her")
            && !before.Any(one => one is "you" or "we");
    }

    // "I'll take it if you bring it"
    private bool IsOnCondition(int end) => _words.Between(end, Math.Min(end + 6, _words.TurnEnd(end - 1))).Contains("if");

    // "Make it seventy four and you have a deal", "if you come today we have a deal": an offer.
    private bool IsPromised(int deal)
    {
        if (_words.Lower(deal) is not "deal") return false;
        var from = deal - 1;
        while (_words.SameTurn(from, deal)
            && _words.Lower(from) is "a" or "the" or "have" or "we" or "you" or "it" or "is" or "it's") from--;
        var before = _words.Between(_words.TurnStart(deal), from + 1).ToList();
        return before.Contains("if") || (before is [.., "and" or "then"] && before.Any(SpokenNumber.IsNumberWord));
    }

    // "That's the one I told you about" only tells which.
    private bool IsToldMore(int end) => _words.Lower(end - 1) is "one" && _words.SameClause(end - 1, end)
        && _words.Lower(end) is "i" or "you" or "we" or "he" or "she" or "they" or "that" or "which" or "with" or "from";

    // "I can't pay it at once": how, not how much.
    private bool IsOfManner(int at) => _words.Between(at, at + 4).Contains("pay")
        && _words.Has(["at once", "all now", "today", "in cash", "cash", "upfront", "now"], at, Math.Min(at + 8, _words.TurnEnd(at)));

    // Undertaken by oneself, or asked of the other; what is asked ("so I bring it?") is not done yet.
    private bool Performs(int at)
    {
        if (!Deeds.Doing.Contains(_words.Lower(at)) || _words.IsQuestion(at)) return false;
        var before = _words.Between(Math.Max(_words.TurnStart(at), at - 3), at).ToList();
        if (before.Any(
            word => word is "if" or "can" or "could" or "would" or "when" or "not" or "don't" or "won't" or "to" or "they" or "he" or "she"
            || word.EndsWith("n't", StringComparison.Ordinal))) return false;
        return before.Any(
            word => word is "i'll" or "i'm" or "i" or "we" or "we'll" or "we're" or "you" or "then" or "so" or "and" or "please")
            || _words.TurnStart(at) == at || !_words.SameClause(at - 1, at);
    }

    private bool IsOfNextTime(int at) =>
        _words.Has(["next time", "next season", "next year", "see you"], _words.TurnStart(at), _words.TurnEnd(at));

    private bool Accepts(int at)
    {
        var word = _words.Lower(at);
        var isHard = Deeds.Assent.Contains(word);
        if ((!isHard && !Deeds.SoftAssent.Contains(word)) || IsDenied(at) || IsAsked(at) || IsTakenBack(at) || IsFarewell(at)
            || IsPromised(at)) return false;
        if (_words.Lower(
            at - 1) is "if" or "when" or "say" or "says" or "said" or "must" or "he" or "she" or "they" or "any" or "sounds" or "good"
            && _words.SameTurn(at - 1, at) && !(word == "deal" && _words.Lower(at - 1) == "good")) return false;
        if (isHard && !IsOfAnything(at)) return true;
        if (isHard) return false;
        // "twenty will do"
        if (word is "help" or "do") return _words.Lower(at - 1) is "will" && SpokenNumber.IsNumberWord(_words.Lower(at - 2));
        if (word == "works") return SpokenNumber.IsNumberWord(_words.Lower(at - 1))
            || _words.Lower(at - 1) is "that" or "it" or "advance" or "deposit" or "price";
        var next = _words.SameClause(at, at + 1) ? _words.Lower(at + 1) : "";
        var isEnd = next is "" or "then" or "so" or "with" or "by" or "for" or "i" or "i'm" or "i'll" or "we" or "we'll" or "you" or "and"
            or "thank" or "my" or "sir" or "madam" or "let" or "let's" or "enough" || SpokenNumber.IsNumberWord(next);
        if (_words.TurnStart(at) == at || !_words.SameClause(at - 1, at)) return isEnd || Deeds.Doing.Contains(next);
        // "that is fine", "three thousand is good", "very good"
        var before = at - 1;
        while (_words.Lower(before) is "very" or "quite" or "just") before--;
        if (_words.Lower(before) is not ("is" or "are" or "'s" or "that's" or "it's" or "be" or "works" or "all")) return false;
        var subject = _words.Lower(before - 1);
        if (subject is "that" or "it" || _words.Lower(before) is "that's" or "it's") return isEnd
            || (!Vocabulary.IsGoods(next) && next is not ("price" or "quality" or "one" or "enough"));
        return isEnd
            && (_words.Lower(before) is "that's" or "it's"
            || subject is "that" or "it" or "this" or "price" or "k" or "one" or "bags" or "total" or "shillings"
            || SpokenNumber.IsNumberWord(subject) || Vocabulary.Units.ContainsKey(subject)
            || Vocabulary.Currencies.ContainsKey(subject) || SpokenDate.IsCalendarWord(subject));
    }

    // "The taste is agreed, the price no."
    private bool IsOfAnything(int at) => _words.Lower(at - 1) is "is" or "are" && _words.Lower(at - 3) is "the" or "my" or "your"
        && _words.Lower(at - 2) is not ("price" or "rate" or "money" or "total" or "deal" or "sum" or "amount" or "figure");

    // "not okay", "is not good", "I don't agree"
    private bool IsDenied(int at) => _words.Between(Math.Max(_words.TurnStart(at), at - 3), at).Any(word =>
        word is "not" or "never" or "cannot" or "without" || word.EndsWith("n't", StringComparison.Ordinal))
        && (_words.SameClause(at - 1, at) || !_words.HasMarks) && !_words.Between(Math.Max(_words.TurnStart(at), at - 3), at).Any(IsAssent);

    // "Okay, thank you.", "okay, bye": one parts, agreed or not.
    private bool IsFarewell(int at) => (_words.Lower(at + 1) is "then" ? at + 2 : at + 1) is var next
        && _words.LengthOf(Deeds.Farewells, next) is > 0 and var length && next + length <= _words.TurnEnd(at)
        && !Enumerable.Range(_words.TurnStart(at), _words.TurnEnd(at) - _words.TurnStart(at)).Any(place =>
        SpokenNumber.IsNumberWord(_words.Lower(place)));

    // "…, okay?", "is that right?", "can we agree"
    private bool IsAsked(int at) => _words.IsQuestion(at)
        && (_words.TurnEnd(at) - at <= 2
        || _words.Lower(_words.TurnStart(at)) is "can" or "is" or "do" or "shall" or "would" or "will" or "could")
        && _words.TurnStart(at) != at || (_words.IsQuestion(at) && _words.TurnEnd(at) - _words.TurnStart(at) == 1);

    // "okay but", "yes but", "okay, let me ask": what is given is taken back in one breath.
    private bool IsTakenBack(int at)
    {
        for (var next = at + 1; next < _words.TurnEnd(at) && next < at + 7; next++)
            if (_words.Lower(next) is "but" or "nothing" || _words.Are(next, "and i am the") || _words.Are(next, "and i'm the")
                || _words.LengthOf(Deeds.Deferring, next) > 0 || _words.LengthOf(Deeds.Leaving, next) > 0
                || _words.LengthOf(Deeds.Refusing, next) > 0 || _words.LengthOf(Deeds.Calling, next) > 0) return true;
        return false;
    }

    // "No.", "No, …" and "no I cannot", but not "no rotten fish" and "no problem".
    private bool IsNo(int at) => _words.Lower(at) is "no" or "nope"
        && (!_words.SameClause(at, at + 1)
        || _words.Lower(at + 1) is "i" or "that" or "it" or "you" or "we" or "my" or "they" or "way" or "no" or "not" or "then"
        or "upfront" or "make" or "give" or "the" or "nothing" || SpokenNumber.IsNumberWord(_words.Lower(at + 1)));

    // "less than", "more bags than", "not less": a measure, or a discount that is refused.
    private bool IsMeasured(int at) => _words.Lower(at + 1) is "than"
        || _words.Lower(at - 1) is "no" or "not" or "nothing" or "more" or "any" or "without" or "or"
        || (_words.Lower(at) is "extra" or "plus" or "add" or "double" or "match" or "less" && _words.IsQuestion(at));
}
