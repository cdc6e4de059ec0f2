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
    // These are assent wherever they stand; the softer ones only where they answer.
    private static readonly HashSet<string> Assent =
        ["okay", "ok", "sawa", "agreed", "agree", "deal", "yes", "yeah", "yep", "alright", "confirmed", "accept", "accepted", "exactly",
            "ndiyo", "poa", "haya", "kabisa", "kale", "ishi", "correct", "tumekubaliana", "nimekubali"];

    private static readonly HashSet<string> SoftAssent = ["fine", "good", "right", "great", "perfect", "true", "sure", "done", "sold",
        "works", "amen", "absolutely", "certainly", "definitely", "fair", "settled"];

    private static readonly string[] Closing =
    [
        "i'll take it", "i will take it", "i'll take that", "i will take that", "i'll take this", "i'll take the", "i take that one", "i'll take them", "i will take them", "we have a deal", "it is a deal", "it's a deal",
        "that's a deal", "you have a deal", "i can do that", "that works",
        "works for me", "we agree on", "we agreed on", "let's book it", "let us book it", "you got it", "you've got it", "fair enough",
        "i agree", "we are agreed", "we confirm", "i confirm", "come and take",
        "i accept", "that is settled", "it is settled", "it's settled", "done deal", "deal done", "count me in", "let's do it",
        "let us do it", "that will do", "it remains", "it stays", "you're booked",
        "you're hired", "you are hired", "you are booked", "it is yours", "it's yours", "here is my hand", "is yours", "are yours",
        "i'll have it", "i will have it", "i have written it", "received with thanks", "i'm taking it", "let it be",
    ];

    // Assent of more than one word.
    private static readonly string[] Assenting =
        ["no problem", "hakuna shida", "i understand", "i promise", "that is right", "that's right", "that is correct", "that's correct",
            "the same price"];

    private static readonly string[] Refusing =
    [
        "too high", "too low", "too much", "too little", "too expensive", "is expensive", "very expensive", "cannot", "can't", "can not",
        "won't", "not possible", "no way", "not accept", "don't agree",
        "not agree", "do not agree", "don't accept", "not okay", "not ok", "not fine", "not good", "not enough", "impossible", "i refuse",
        "never", "beyond me", "a lot", "steep", "hapana", "is low",
        "is high", "you are joking", "you're joking", "are you joking", "not selling at", "no discount", "not interested", "not worth",
        "will not", "i don't have", "unacceptable", "forget the", "so high", "so low",
    ];

    private static readonly string[] Deferring =
    [
        "let me ask", "let me think", "let me see", "let me check", "let me talk", "let me call", "let me consult", "let me confirm",
        "let me discuss", "i will think", "i'll think", "i think about", "think about it",
        "i will ask", "i'll ask", "i must ask", "i have to ask", "i need to ask", "i should ask", "first ask", "let you know",
        "get back to you", "come back to you", "we will see", "we'll see", "i will see", "i'll see",
        "not sure", "don't know", "do not know", "depends on", "it depends", "must agree", "has to agree", "subject to",
        "if the boss", "talk again", "we talk on", "we talk tomorrow", "discuss later", "call you later",
        "i hear you", "need to think", "have to think", "want to think", "we can confirm", "i will confirm", "i'll confirm", "nitafikiria",
        "consult my", "talk to my", "i will consider", "i'll consider", "come and look", "come and see",
        "when i decide", "decide later", "decide tomorrow", "not decided", "sleep on it", "no promise", "cannot promise", "can't promise",
        "we shall see", "give me time", "give me a day", "we will talk", "we'll talk", "let us talk", "let's talk", "let us look", "let's look", "next meeting", "keep my number", "save my number", "talk later",
        "talk tomorrow", "i will tell you", "i'll tell you",
        "tell you tomorrow", "tell you how", "call you back", "ring you back", "ring you", "must first", "wait until", "think over",
        "be in touch", "not today", "come back tomorrow", "come back later", "still thinking", "haven't decided",
        "have not decided", "let me first", "i will let", "i'll let", "if it is", "need to decide", "don't remember", "do not remember",
        "can't remember", "i forget", "i forgot", "have to decide", "i will decide", "i'll decide", "has to say yes", "have to say yes",
        "must say yes", "needs to say yes", "has to approve", "must approve", "has to allow", "must allow", "has to sign", "i must see",
        "have to see", "need to see", "want to see", "must look", "first see", "first look", "see around", "don't write", "do not write",
        "then we talk", "then we can talk", "before we talk", "let us wait", "let's wait", "not yet sure", "if he agrees", "if she agrees",
        "if they agree", "when he agrees", "i will speak to", "i'll speak to", "who decide", "who decides", "will decide", "goes to the committee", "to the committee", "to the board", "speak to my", "speak with my", "ask my",
        "i will look", "i'll look", "tell me then", "tell us then",
    ];

    private static readonly string[] Leaving =
    [
        "leave it", "another day", "another time", "forget it", "no deal", "not a deal", "look elsewhere", "go elsewhere", "find another",
        "find someone else", "on to the market", "i go home", "i am going",
        "not buying", "not selling", "i don't want it", "i do not want it", "walk away", "goodbye then", "keep your", "keep it then",
        "then no", "tuache", "basi", "no thank you", "no thanks", "cancel it", "cancel the order",
        "sell to him", "sell to her", "sell to them", "sell it to him", "buy from him", "buy from them", "buy from her", "sell elsewhere",
        "buy elsewhere", "not possible any more", "no longer possible", "haven't bought", "have not bought", "haven't agreed",
        "have not agreed", "didn't agree", "did not agree", "never agreed", "did not tell", "didn't tell", "did not say", "didn't say", "did not promise", "did not order",
        "didn't order", "didn't say yes", "haven't said yes", "only asking",
        "just asking", "was asking", "only looking", "just looking", "i did not accept", "i didn't accept", "let him buy",
        "second thought", "second thoughts", "spoke too soon", "take it back", "take that back", "only joking", "was joking",
        "forget what", "forget about", "for me after all", "cannot afford", "can't afford", "any more", "anymore", "no longer", "already sold",
        "already gone", "taken it", "took it already", "it has gone up", "has gone up", "price may change", "price might change",
        "price will change", "price can change", "nothing is agreed", "not agreed", "nothing is fixed", "not fixed", "not fix",
        "changed my mind", "cannot buy it", "i will not buy", "i won't buy", "call it off", "i withdraw", "somewhere else", "go to another",
    ];

    private static readonly string[] Changing =
    [
        "in the middle", "half way", "halfway", "split the difference", "split it", "middle ground", "usual price", "same price as",
        "the old price", "market price", "price of last", "discount", "percent off", "less", "cheaper", "reduce", "take off", "knock off",
        "off the price", "remove something", "reduce something", "double", "twice", "triple", "half the",
        "on top", "in addition", "add", "extra", "more bags", "minus", "plus", "whatever price", "price on that day", "today's price",
        "their price", "match", "depending", "per cent off", "increase", "raise", "lower it",
        "come down", "go down", "bring it down", "round it", "throw in", "last year's price",
    ];

    // References to another deal: a change where it is the price that they speak of.
    private static readonly string[] Referring = ["as last time", "same as", "like last time", "as before", "as usual", "as always",
        "as yesterday", "like yesterday", "like before", "as the other"];

    private static readonly string[] Farewells = ["save my number", "i've noted", "i have noted", "noted", "i hear you","thank you", "thanks", "bye", "goodbye", "another", "madam bye", "then bye",
        "then goodbye", "good day"];

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

    public static bool IsAssent(string word) => Assent.Contains(word);

    public IEnumerable<Act> Between(int from, int to, params Deed[] deeds) => _acts.Where(act => act.At >= from && act.At < to
        && deeds.Contains(act.Deed));

    private Act? At(int at)
    {
        if (_words.Are(at, "i see") && _words.TurnEnd(at) - _words.TurnStart(at) <= 3) return new(Deed.Defer, at, 2);
        if (IsReservation(at)) return new(Deed.Defer, at, 1);
        if (_words.LengthOf(Leaving, at) is > 0 and var leaving) return new(Deed.Leave, at, leaving);
        if (_words.LengthOf(Deferring, at) is > 0 and var deferring && !IsOfNextTime(at)) return new(Deed.Defer, at, deferring);
        if (_words.LengthOf(Refusing, at) is > 0 and var refusing && !_words.Are(at, "never mind")) return new(Deed.Refuse, at, refusing);
        if (IsNo(at)) return new(Deed.Refuse, at, 1);
        if (_words.LengthOf(Closing, at) is > 0 and var closing) return IsAsked(at + closing - 1)
            || IsDenied(at) ? null : new(Deed.Close, at, closing);
        if (_words.LengthOf(Assenting, at) is > 0 and var assenting && !IsAsked(at + assenting - 1)
            && !IsDenied(at)) return new(Deed.Accept, at, assenting);
        if (_words.LengthOf(Changing, at) is > 0 and var changing) return IsMeasured(at) ? null : new(Deed.Change, at, changing);
        if (_words.LengthOf(Referring, at) is > 0 and var referring
            && _words.Between(_words.TurnStart(at), _words.TurnEnd(at)).Any(word =>
            word is "price" or "rate" or "pay" or "money" or "cost" or "much" or "amount"))
            return new(Deed.Change, at, referring);
        // "one hundred and thirty five it is"
        if (_words.Are(at, "it is") && SpokenNumber.IsNumberWord(_words.Lower(at - 1))
            && !_words.SameClause(at, at + 2)) return new(Deed.Close, at, 2);
        return Accepts(at) ? new(Deed.Accept, at, 1) : Performs(at) ? new(Deed.Perform, at, 1) : null;
    }

    // "I need to check with my partner", "give me until tomorrow to think", "until my boss signs": somebody has yet to make up his mind.
    private bool IsReservation(int at)
    {
        var word = _words.Lower(at);
        var before = _words.Between(Math.Max(_words.TurnStart(at), at - 6), at).ToList();
        if (Pondering.Contains(word)) return word is not ("check" or "talk" or "speak" or "confirm") || _words.Lower(at + 1) is "with" or "to" or "about"
            ? before.Any(Pending.Contains) && !before.Any(one => one is "don't" or "not") : false;
        return Permitting.Contains(word) && before.Any(one => one is "until" or "unless" or "if" or "once" or "before" or "when" or "must"
            or "to") && before.Any(one => one is "he" or "she" or "they" or "my" or "our" or "the" or "his" or "her")
            && !before.Any(one => one is "you" or "we");
    }

    private static readonly HashSet<string> Pondering = ["think", "decide", "consider", "consult", "discuss", "check", "talk", "speak", "confirm",
        "ask"];

    private static readonly HashSet<string> Pending = ["let", "must", "need", "have", "should", "give", "will", "i'll", "want", "wait", "first",
        "before", "again", "can"];

    private static readonly HashSet<string> Permitting = ["agrees", "approves", "signs", "allows", "decides", "permits", "confirms", "says", "agree",
        "approve", "sign", "allow"];

    // Undertaken by oneself, or asked of the other; what is asked ("so I bring it?") is not done yet.
    private bool Performs(int at)
    {
        if (!Doing.Contains(_words.Lower(at)) || _words.IsQuestion(at)) return false;
        var before = _words.Between(Math.Max(_words.TurnStart(at), at - 3), at).ToList();
        if (before.Any(word => word is "if" or "can" or "could" or "would" or "when" or "not" or "don't" or "won't" or "to" or "they" or "he" or "she"
            || word.EndsWith("n't", StringComparison.Ordinal))) return false;
        return before.Any(word => word is "i'll" or "i'm" or "i" or "we" or "we'll" or "we're" or "you" or "then" or "so" or "and" or "please")
            || _words.TurnStart(at) == at || !_words.SameClause(at - 1, at);
    }

    private static readonly HashSet<string> Doing = ["bring", "bringing", "send", "sending", "pack", "packing", "load", "loading", "come", "coming",
        "deliver", "delivering", "offload", "pick", "collect", "book", "wait", "waiting", "start", "pay", "transfer", "write", "count", "drop",
        "wrap", "keep"];

    private bool IsOfNextTime(int at) =>
        _words.Has(["next time", "next season", "next year", "see you"], _words.TurnStart(at), _words.TurnEnd(at));

    private bool Accepts(int at)
    {
        var word = _words.Lower(at);
        var isHard = Assent.Contains(word);
        if ((!isHard && !SoftAssent.Contains(word)) || IsDenied(at) || IsAsked(at) || IsTakenBack(at) || IsFarewell(at)) return false;
        if (_words.Lower(at - 1) is "if" or "when" or "say" or "says" or "said" or "must" or "he" or "she" or "they" or "any" or "sounds" or "good"
            && _words.SameTurn(at - 1, at) && !(word == "deal" && _words.Lower(at - 1) == "good")) return false;
        if (isHard) return true;
        if (word == "works") return SpokenNumber.IsNumberWord(_words.Lower(at - 1))
            || _words.Lower(at - 1) is "that" or "it" or "advance" or "deposit" or "price";
        var next = _words.SameClause(at, at + 1) ? _words.Lower(at + 1) : "";
        var isEnd = next is "" or "then" or "so" or "with" or "by" or "for" or "i" or "i'm" or "i'll" or "we" or "we'll" or "you" or "and" or "thank" or "my" or "sir"
            or "madam" or "let" or "enough" || SpokenNumber.IsNumberWord(next);
        if (_words.TurnStart(at) == at || !_words.SameClause(at - 1, at)) return isEnd;
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

    // "not okay", "is not good", "I don't agree"
    private bool IsDenied(int at) => _words.Between(Math.Max(_words.TurnStart(at), at - 3), at).Any(word =>
        word is "not" or "never" or "cannot" or "without" || word.EndsWith("n't", StringComparison.Ordinal))
        && (_words.SameClause(at - 1, at) || !_words.HasMarks) && !_words.Between(Math.Max(_words.TurnStart(at), at - 3), at).Any(IsAssent);

    // "Okay, thank you.", "okay, bye": one parts, agreed or not.
    private bool IsFarewell(int at) => _words.LengthOf(Farewells, at + 1) is > 0 and var length && at + 1 + length <= _words.TurnEnd(at)
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
            if (_words.Lower(next) is "but" || _words.LengthOf(Deferring, next) > 0 || _words.LengthOf(Leaving, next) > 0
                || _words.LengthOf(Refusing, next) > 0) return true;
        return false;
    }

    // "No.", "No, …" and "no I cannot", but not "no rotten fish" and "no problem".
    private bool IsNo(int at) => _words.Lower(at) is "no" or "nope"
        && (!_words.SameClause(at, at + 1)
        || _words.Lower(at + 1) is "i" or "that" or "it" or "you" or "we" or "my" or "they" or "way" or "no" or "not" or "then"
        or "upfront" or "make" or "give" or "the" || SpokenNumber.IsNumberWord(_words.Lower(at + 1)));

    // "less than", "more bags than", "not less": a measure, or a discount that is refused.
    private bool IsMeasured(int at) => _words.Lower(at + 1) is "than"
        || _words.Lower(at - 1) is "no" or "not" or "more" or "any" or "without" or "or"
        || (_words.Lower(at) is "extra" or "plus" or "add" or "double" or "match" or "less" && _words.IsQuestion(at));
}
