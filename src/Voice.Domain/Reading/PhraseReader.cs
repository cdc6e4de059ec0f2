namespace Voice.Domain.Reading;

/// <summary>Finds the terms that are words: what is sold, where and when it is handed over, what it must be like, how it is paid.</summary>
internal sealed class PhraseReader(Words words, DateOnly callDay)
{
    private static readonly HashSet<string> Handover =
    [
        "deliver", "delivered", "delivery", "delivering", "bring", "drop", "take", "send", "transport", "ship", "shipped", "collect",
        "collection", "pick", "come", "start", "supply", "ready",
        "begin", "arrive", "reach", "leave", "install", "lorry", "truck", "pickup", "load", "utaleta", "nitaleta", "leta", "lete",
            "peleka", "fetch",
    ];

    private static readonly HashSet<string> Fillers =
        ["my", "your", "our", "the", "a", "shop", "store", "stall", "farm", "home", "house", "place", "market", "town", "warehouse",
            "depot", "them", "it", "office", "school", "hotel"];

    private static readonly HashSet<string> NoPlaces = ["god", "m", "mpesa", "kes", "ksh", "usd", "ugx", "i", "grade", "friday", "okay",
        "ok", "mr", "mrs", "madam", "sir"];

    private static readonly HashSet<string> NotDelivered = ["call", "talk", "speak", "meet", "see", "visit"];

    private static readonly HashSet<string> Paying = ["pay", "paid", "payment", "balance", "rest", "repay", "instalments", "installments",
        "deposit", "advance", "remaining"];

    private static readonly HashSet<string> Defects =
        ["rotten", "broken", "wet", "damaged", "bad", "old", "expired", "spoiled", "stones", "weevils", "pests", "mould", "mold", "dirt",
            "dust", "insects", "aflatoxin", "sprouted", "diseased"];

    /// <summary>What is sold, most telling first.</summary>
    public IEnumerable<Mention<string>> Products()
    {
        var found = new List<(int Rank, Mention<string> Mention)>();
        for (var at = 0; at < words.Count; at++)
        {
            if (Vocabulary.Units.TryGetValue(words.Lower(at), out var unit) && !Vocabulary.TimeUnits.Contains(unit))
            {
                var name = words.Lower(at + 1) == "of" ? at + 2 : -1;
                if (name > 0 && SpokenNumber.Read(words, name) is { } size) name = words.Lower(name + size.Length + 1) == "of"
                    ? name + size.Length + 2 : -1;
                if (name > 0 && words.SameClause(at, name) && NameAt(name) is { } goods) found.Add((0, goods));
            }
            else if (IsPair(at)) found.Add((2, Named(at, at + 2)));
            else if (Vocabulary.IsGoods(words.Lower(at)) && !Vocabulary.IsGoods(words.Lower(at - 1))) found.Add((2, Wider(at)));
            else if (SpokenNumber.Read(words, at) is { } number
                && Countable(at + number.Length) is { } countable) found.Add((1, countable));
        }
        return found.OrderBy(candidate => candidate.Rank).Select(candidate => candidate.Mention);
    }

    /// <summary>Where it is handed over: where a place is named with the handing over, no other counts.</summary>
    public IEnumerable<Mention<string>> Places()
    {
        var all = AllPlaces().ToList();
        var told = all.Where(place => words.Between(words.TurnStart(place.From), place.From).Any(word => Handover.Contains(word)
            && word is not ("lorry" or "truck")) && words.Lower(place.From - 1) is not "from").ToList();
        return told.Count > 0 ? told : all;
    }

    private IEnumerable<Mention<string>> AllPlaces()
    {
        for (var at = 0; at < words.Count; at++)
        {
            if (words.Lower(at) is not ("to" or "at" or "in" or "from" or "is" or "near") || words.Lower(at - 1) is "still") continue;
            var name = at + 1;
            while (Fillers.Contains(words.Lower(name)) && !IsName(name) && words.SameClause(at, name)) name++;
            if (words.Lower(name) is "in" or "at" or "to") continue;
            var length = words.SameClause(at, name) ? NameLength(name) : 0;
            if (length == 0 || !HasBefore(Handover, at, 14) && !(words.Lower(at) is "in" or "to" && IsTown(name) > 0)
                && !IsBesideDay(at, name + length) && !(words.Lower(at) is "to" && words.Between(at - 4, at).Contains("from"))) continue;
            var isTown = IsTown(name) > 0;
            if (words.Lower(at) == "is" && !isTown) continue;
            var (quote, _, _) = words.Quote(name, name + length);
            yield return new(words[name].IsCapitalised ? quote : Titled(quote), name, name + length);
            at = name + length - 1;
        }
    }

    // "Saturday at Ejisu", "To Ngong, on Tuesday"
    private bool IsBesideDay(int at, int end)
    {
        var from = words.TurnStart(at);
        return Enumerable.Range(from, words.TurnEnd(at) - from).Any(word => (word < at || word >= end)
            && SpokenDate.Read(words, word, callDay) is not null) && !words.IsQuestion(at);
    }

    /// <summary>When it is handed over.</summary>
    public IEnumerable<Mention<DateOnly>> Days()
    {
        for (var at = 0; at < words.Count; at++)
        {
            if (SpokenDate.Read(words, at, callDay) is not { } date) continue;
            var from = words.TurnStart(at);
            var end = words.TurnEnd(at);
            var isVague = words.Lower(at) is "tomorrow" or "within" or "in" or "next" || SpokenDate.IsCalendarWord(words.Lower(at));
            var hasCue = words.Between(from, end).Any(Handover.Contains) || AnswersWhen(from) || IsWithPlace(at, end);
            // "You bring them to Embu? Yes. On Tuesday?": a short turn goes on with what was asked.
            for (var sentence = 0; sentence < (end - words.TurnStart(at) <= 4 ? 6 : 3) && !hasCue
                && (!isVague || end - words.TurnStart(at) <= 4) && from > 0; sentence++)
            {
                from = words.TurnStart(from - 1);
                hasCue = words.Between(from, at).Any(Handover.Contains);
            }
            var nearest = Math.Max(words.TurnStart(at), at - 8) is var first ? Enumerable.Range(first, at - first).LastOrDefault(place =>
                words.Lower(place) is var word && (Handover.Contains(word) || Paying.Contains(word) || NotDelivered.Contains(word)), -1)
                    : -1;
            if (date.Day is { } day && hasCue && (nearest < 0 || (Handover.Contains(words.Lower(nearest)) && !IsMoneySent(nearest, at)))
                && !IsCreditAfterDelivery(at, date.Length)) yield return new(day, at, at + date.Length);
            at += date.Length - 1;
        }
    }

    // "When?", "For which day?", "And the date?"
    private bool AnswersWhen(int turn)
    {
        if (turn == 0) return false;
        var question = words.TurnStart(turn - 1);
        return words.IsQuestion(question) && words.Between(question, turn).Any(word => word is "when" or "date" or "day")
            && !words.Between(question, turn).Contains("back")
                && !words.Between(question, turn).Any(word => Paying.Contains(word) || NotDelivered.Contains(word));
    }

    // "Saturday at Ejisu"
    private bool IsWithPlace(int at, int end) => Enumerable.Range(at, end - at).Any(place => words.Lower(place) is "at" or "to" or "in"
        && IsName(place + 1)) && !words.IsQuestion(at);

    // "I send four hundred thousand today"
    private bool IsMoneySent(int verb, int at) => words.Lower(verb) is "send"
        && Enumerable.Range(verb, at - verb).Any(word => SpokenNumber.Read(words, word) is { Value: >= 100 });

    /// <summary>What the goods must be like.</summary>
    public IEnumerable<Mention<string>> Qualities()
    {
        for (var at = 0; at < words.Count; at++)
        {
            if (words.Lower(at) == "grade" && words.SameClause(at, at + 1)
                && (SpokenNumber.Read(words, at + 1) is not null || words.Lower(at + 1) is "a" or "b" or "c" or "aa" or "ab"))
            {
                yield return Quoted(at, at + 2);
                continue;
            }
            if (words.Lower(at) == "no" && words.TurnStart(at) == at
                && words.Between(at + 1, Math.Min(words.TurnEnd(at), at + 4)).Any(Defects.Contains))
            {
                yield return Quoted(at, words.TurnEnd(at));
                continue;
            }
            if (words.Lower(at) is "without" && Defects.Contains(words.Lower(at + 1)))
            {
                yield return Quoted(at, at + 2);
                continue;
            }
            if (Requirement(at) is not { } start) continue;
            var end = start;
            // Without punctuation a requirement ends where the next thought begins.
            while (end < words.Count && words.SameTurn(at, end) && end < start + 12
                && words.Lower(end) is not ("i" or "you" or "we" or "deliver" or "okay" or "it" or "delivered" or "when" or "before"
                or "the" or "agreed" or "payment")) end++;
            foreach (var (from, to) in Parts(start, end))
            {
                // "moisture must be below thirteen percent" says nothing without its subject.
                var isMeasure = words.Between(from, to).Any(word =>
                    word is "below" or "under" or "above" or "over" or "least" or "most" or "percent" or "%");
                var subject = isMeasure ? at - 1 : from;
                if (isMeasure && subject >= 0)
                    yield return new($"{words.Lower(subject)} {words.Quote(from, to).Quote}", subject, to);
                else if (Quoted(from, to) is { Value.Length: > 2 } quality) yield return quality;
            }
            at = Math.Max(at, end - 1);
        }
    }

    /// <summary>When and how is paid what is not paid first; the last that was said counts.</summary>
    public IEnumerable<Mention<string>> Payments()
    {
        for (var at = 0; at < words.Count; at++)
        {
            var to = PaymentEnd(at);
            if (to <= at) continue;
            yield return Quoted(at, to);
            at = to - 1;
        }
    }

    private int PaymentEnd(int at)
    {
        var word = words.Lower(at);
        var isRemainder = word is "rest" or "balance" or "remaining" or "remainder" or "half" or "everything";
        var isMeans = word is "cash" or "payment" or "mpesa" or "cheque" or "credit" || words.Are(at, "m pesa")
            || words.Are(at, "bank transfer");
        if (isRemainder || isMeans)
        {
            var next = at + (words.Are(at, "m pesa") || words.Are(at, "bank transfer") ? 2 : 1);
            while (words.Lower(next) is "is" or "amount" or "payment" or "to" or "be" or "paid" or "due" or "will" or "comes") next++;
            if (words.SameTurn(at, next)
                && words.Lower(next) is "on" or "upon" or "after" or "at" or "before" or "within" or "in" or "when" or "once" or "against"
                && (IsPaymentMoment(next) || (isRemainder && words.SameClause(next, next + 1) && words.Lower(next) is not ("in" or "at"))))
                return MomentEnd(next);
            // "pay by M-Pesa"
            if (isMeans && word is not ("payment" or "credit") && words.Lower(at - 1) is "by" or "through" or "via" or "in"
                && HasBefore(Paying, at, 5)) return next;
        }
        if (SpokenNumber.Read(words, at) is { } number
            && words.Lower(at + number.Length) is "instalments" or "installments") return at + number.Length + 1;
        if (SpokenNumber.Read(words, at) is { } days && words.Lower(at + days.Length) is "days" or "weeks"
            && words.Lower(at + days.Length + 1) == "credit") return at + days.Length + 2;
        if (word is "on" or "upon" or "after" && words.Lower(at + 1) is "delivery" or "collection" && HasBefore(["pay", "paid"], at, 8)
            && !HasBefore(["rest", "balance", "half", "cash"], at, 6))
            return at + 2;
        // "we pay every Friday", "I pay when the week ends", "thirty days from invoice"
        if (word is "every" or "each" && (words.Lower(at + 1) is "week" or "month" || SpokenDate.IsCalendarWord(words.Lower(at + 1)))
            && (HasBefore(Paying, at, 8) || SpokenNumber.IsNumberWord(words.Lower(at - 1)))) return at + 2;
        if (word is "when" or "once" or "after" or "before" && HasBefore(["pay", "paying", "paid"], at, 6)
            && words.SameClause(at, at + 1) && !words.IsQuestion(at)) return MomentEnd(at);
        if (SpokenNumber.Read(words, at) is { } term && words.Lower(at + term.Length) is "days"
            && words.Lower(at + term.Length + 1) is "from"
            or "after" && words.Lower(at + term.Length + 2) is "invoice" or "delivery") return at + term.Length + 3;
        return 0;
    }

    private bool IsPaymentMoment(int at) =>
        words.Lower(at + 1) is "delivery" or "collection" or "arrival" or "receipt" or "the" or "harvest" or "loading"
        || SpokenNumber.Read(words, at + 1) is not null || SpokenDate.Read(words, at + 1, callDay) is not null
        || (words.Lower(at) == "when" && words.SameClause(at, at + 1));

    private int MomentEnd(int at)
    {
        if (words.Lower(at + 1) is "delivery" or "collection" or "arrival" or "receipt" or "harvest" or "loading") return at + 2;
        if (SpokenNumber.Read(words, at + 1) is { } number
            && words.Lower(at + 1 + number.Length) is "days" or "day" or "weeks" or "week" or "months" or "month")
            return at + 2 + number.Length;
        var start = words.Lower(at + 1) == "the" ? at + 2 : at + 1;
        if (SpokenDate.Read(words, start, callDay) is { } date) return start + date.Length;
        var end = at + 1;
        while (end < words.Count && words.SameClause(at, end) && end < at + 6) end++;
        return end;
    }

    private bool IsCreditAfterDelivery(int at, int length) =>
        words.Lower(at) is "within" or "in" && (HasBefore(Paying, at, 5) || words.Lower(at + length) == "credit");

    private Mention<string>? NameAt(int at)
    {
        while (words.Lower(at) is "the" or "my" or "your" or "our" or "some" or "good" or "fresh" or "dry" or "clean" or "fine") at++;
        var end = at;
        while (end < words.Count && end < at + 3 && words.SameClause(at, end) && !Vocabulary.Stops.Contains(words.Lower(end))
            && !Vocabulary.Units.ContainsKey(words.Lower(end)) && SpokenNumber.Read(words, end) is null
            && char.IsLetter(words[end].Text[0]))
        {
            if (IsPair(end)) return Named(at, end + 2);
            end++;
            if (Vocabulary.IsGoods(words.Lower(end - 1)) && !Vocabulary.IsGoods(words.Lower(end))) break;
        }
        return end > at ? Named(at, end) : null;
    }

    private bool IsPair(int at) =>
        words.SameClause(at, at + 1) && Vocabulary.PairedGoods.Contains($"{words.Lower(at)} {Vocabulary.Singular(words.Lower(at + 1))}");

    // "two dozen plastic chairs", "twelve goats"; a unit of its own is read with it.
    private Mention<string>? Countable(int at)
    {
        if (Vocabulary.Units.ContainsKey(words.Lower(at)) || !HasBefore(Vocabulary.Trading, at, 8)) return null;
        for (var end = at; end < at + 3 && words.SameClause(at, end); end++)
        {
            var word = words.Lower(end);
            if (Vocabulary.Stops.Contains(word) || Vocabulary.Units.ContainsKey(word) || Vocabulary.Currencies.ContainsKey(word)
                || SpokenDate.IsCalendarWord(word) || Vocabulary.Uncounted.Contains(word)) return null;
            var isLast = !words.SameClause(end, end + 1) || Vocabulary.Stops.Contains(words.Lower(end + 1));
            if (isLast && (word.EndsWith('s') || Vocabulary.IsGoods(word))) return Named(at, end + 1);
        }
        return null;
    }

    // "sweet potatoes", "cashew nuts": what is written before the name of the goods and belongs to it.
    private Mention<string> Wider(int at)
    {
        var end = at + 1;
        while (Vocabulary.IsGoods(words.Lower(end)) && words.SameClause(at, end)) end++;
        return Named(at, end);
    }

    private Mention<string> Named(int from, int to)
    {
        var parts = words.Between(from, to).ToList();
        parts[^1] = Vocabulary.Singular(parts[^1]);
        return new(string.Join(' ', parts), from, to);
    }

    private bool IsName(int at) => at < words.Count && (IsTown(at) > 0 || (words[at].IsCapitalised && words.TurnStart(at) != at
        && !SpokenDate.IsCalendarWord(words.Lower(at)) && !NoPlaces.Contains(words.Lower(at))
        && !Vocabulary.Currencies.ContainsKey(words.Lower(at))));

    private int NameLength(int at)
    {
        if (!IsName(at)) return 0;
        var length = Math.Max(1, IsTown(at));
        while (words.SameClause(at, at + length) && at + length < words.Count
            && (IsName(at + length) && words[at + length].IsCapitalised
            || (words.Lower(at + length) is "es" or "el" or "al" && IsName(at + length + 1)))) length++;
        if (words.SameClause(at, at + length) && Vocabulary.PlaceKinds.Contains(words.Lower(at + length))) length++;
        return length;
    }

    private int IsTown(int at) => Vocabulary.Towns.Where(town => words.Are(at, town)).Select(town =>
        town.Count(letter => letter == ' ') + 1).DefaultIfEmpty(0).Max();

    private static string Titled(string name) =>
        string.Join(' ', name.Split(' ').Select(part => part is "es" ? part : char.ToUpperInvariant(part[0]) + part[1..]));

    /// <summary>The first word of what is required, behind "must be" and its like.</summary>
    private int? Requirement(int at)
    {
        if (words.Lower(at) is not ("must" or "should" or "has" or "have" or "needs" or "need")) return null;
        var next = at + 1;
        if (words.Lower(at) is "has" or "have" or "needs" or "need")
        {
            if (words.Lower(next) != "to") return null;
            next++;
        }
        if (words.Lower(next) == "not" && words.Lower(next + 1) == "be") return next; // "not be broken"
        return words.Lower(next) == "be" && words.Lower(next + 1) is not ("delivered" or "paid" or "there" or "here"
            or "ready" or "a" or "an" or "at" or "in" or "on" or "done" or "finished" or "back" or "able" or "home")
            && !SpokenNumber.IsNumberWord(words.Lower(next + 1)) ? next + 1 : null;
    }

    private IEnumerable<(int From, int To)> Parts(int start, int end)
    {
        var from = start;
        for (var at = start; at <= end; at++)
        {
            if (at < end && words.Lower(at) != "and" && (at == start || words.SameClause(at - 1, at))) continue;
            if (at > from) yield return (from, at);
            from = at < end && words.Lower(at) == "and" ? at + 1 : at;
        }
    }

    private Mention<string> Quoted(int from, int to) => new(words.Quote(from, to).Quote, from, to);

    private bool HasBefore(IEnumerable<string> cues, int at, int within) =>
        words.Between(Math.Max(words.TurnStart(at), at - within), at).Any(cues.Contains);
}
