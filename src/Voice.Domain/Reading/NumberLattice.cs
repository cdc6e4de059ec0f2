namespace Voice.Domain.Reading;

/// <summary>A number of a talk, and where it stands.</summary>
/// <param name="Value">The number as the chosen reading has it.</param>
/// <param name="From">Its first word.</param>
/// <param name="To">The word after its last.</param>
/// <param name="Doubt">Why it may mean something else.</param>
/// <param name="CanSplit">Its words are also two numbers, and no mark says that they are one.</param>
internal sealed record Number(decimal Value, int From, int To, Doubt Doubt, bool CanSplit = false);

/// <summary>
/// The numbers of a talk. A run of number words has one or more readings ("eighty three thousand": 83,000, or 80 and 3,000); what else was
/// said chooses among them, and what cannot be chosen stays in doubt.
/// </summary>
internal sealed class NumberLattice
{
    private const int MostReadings = 200;
    private readonly SortedDictionary<int, Number> _numbers = [];
    private readonly Words _words;
    private readonly TalkUnits _units;

    /// <param name="words">The talk.</param>
    /// <param name="units">Its units.</param>
    /// <param name="isTaken">Whether a word belongs to something else, such as a day.</param>
    public NumberLattice(Words words, TalkUnits units, Func<int, bool> isTaken)
    {
        (_words, _units) = (words, units);
        var runs = new List<List<IReadOnlyList<Number>>>();
        for (var at = 0; at < words.Count;)
        {
            var readings = isTaken(at) ? [] : ReadingsFrom(at);
            if (readings.Count > 0) runs.Add(readings);
            at = readings.Count > 0 ? readings[0][^1].To : at + 1;
        }
        foreach (var readings in runs)
            foreach (var number in Choose(readings, [.. runs.Where(run => run != readings).Select(run => run[0])]))
                _numbers[number.From] = number;
        JoinOverPauses();
        DoubtHomophones();
    }

    // "fifty to bags at nine thousand for hundred": engines write "to", "for" and "ate" for numbers.
    private void DoubtHomophones()
    {
        foreach (var number in _numbers.Values.ToList())
            if ((_words.Lower(number.To) is "to" or "too" or "ate" or "won" && _words.SameClause(number.From, number.To + 1)
                    && (_units.At(number.To + 1) is not null || IsScale(number.To + 1)))
                || (_words.Lower(number.To) is "for" && IsScale(number.To + 1) && _words.SameClause(number.From, number.To + 1))
                || (_words.Lower(number.From - 1) is "for" or "to" or "too" or "ate" && IsScale(number.From)))
                _numbers[number.From] = number with { Doubt = Doubt.Torn };
    }

    private bool IsScale(int at) => _words.Lower(at) is "hundred" or "thousand" or "million";

    public IEnumerable<Number> All => _numbers.Values;

    /// <summary>The number that starts at that word; null when none does.</summary>
    public Number? At(int index) => _numbers.GetValueOrDefault(index);

    /// <summary>Every reading of the run that starts at that word, the most natural first: whole numbers before short forms, few before
    /// many.</summary>
    private List<IReadOnlyList<Number>> ReadingsFrom(int at)
    {
        var found = new List<(int Cost, IReadOnlyList<Number> Parts)>();
        Extend(at, []);
        if (found.Count == 0) return [];
        var longest = found.Max(reading => reading.Parts[^1].To);
        return [.. found.Where(reading => reading.Parts[^1].To == longest).OrderBy(reading => reading.Cost).Select(reading =>
            reading.Parts)];

        void Extend(int from, IReadOnlyList<Number> parts)
        {
            if (found.Count > MostReadings) return;
            var next = parts.Count == 0 || _words.SameClause(from - 1, from) ? SpokenNumber.All(_words, from) : [];
            if (parts.Count > 0 && next.Count == 0 && _words.Lower(from) == "and" && _words.SameClause(from - 1, from + 1)
                && SpokenNumber.All(_words, from + 1).Count > 0) Extend(from + 1, parts);
            else if (next.Count == 0 && parts.Count > 0) found.Add((parts.Sum(Cost), parts));
            foreach (var number in next.OrderByDescending(number => number.Length))
                Extend(from + number.Length, [.. parts, new(number.Value, from, from + number.Length, number.Doubt)]);
        }
    }

    // Where engines write no marks, two numbers may have run into one: what was said elsewhere, and arithmetic, tell them apart.
    private IEnumerable<Number> Choose(List<IReadOnlyList<Number>> readings, List<IReadOnlyList<Number>> others)
    {
        var natural = readings[0];
        // "two hundred 90 kg bags"
        if (IsBesideASize(natural[^1].To))
            return natural.Count > 1 ? natural : readings.FirstOrDefault(reading => reading.Count == 2 && !CutsATen(reading)
                && reading.All(part => part.Doubt == Doubt.None) && reading[0].To == reading[1].From) ?? natural;
        // "Thirty. Thirty is okay.", "twenty five. Twenty five thousand."
        if (!_words.HasMarks && natural.Count > 1 && natural.All(number => number.Doubt == Doubt.None
            && (number.Value == natural[0].Value || number.Value == natural[0].Value * 1000))) return natural;
        // "eighty thousand and forty five thousand"
        if (natural is [var first, var second] && first.To + 1 == second.From && second.Doubt == Doubt.None
            && _words.Lower(first.To - 1) is "thousand" or "million" && _words.Lower(first.To - 1) == _words.Lower(second.To - 1))
            return natural;
        // With marks two numbers do not stand side by side, and two tens never do: "eighty nine ninety" is one that nobody here can read.
        if (_words.HasMarks || natural is [{ Value: >= 10 and < 100 }, { Value: >= 10 and < 100 }])
            return natural.Count == 1 ? natural : natural.Select(number =>
            number.Doubt != Doubt.None ? number : number with { Doubt = Doubt.Torn });
        var said = others.SelectMany(run => run).Where(number => number.Doubt == Doubt.None).Select(number => number.Value).ToList();
        if (natural.All(IsBorneOut)) return natural;
        var splits = readings.Skip(1).Where(reading => reading.Count <= natural.Count + 1
            && reading.All(part => part.Doubt != Doubt.Torn && part.Value > 1) && !CutsATen(reading)
            && reading.Zip(reading.Skip(1)).All(pair => pair.First.To == pair.Second.From)).ToList();
        var isOne = natural.Count == 1;
        if (splits.FirstOrDefault(split => split.Count > 1 && !(isOne && Descends(split))
            && split.All(part => IsFactor(part.Value, said, split))) is { } better) return better;
        // "three thousand two hundred" was said before, and now "three thousand two hundred twenty bags".
        if (isOne && splits.FirstOrDefault(split => split[0].To - split[0].From > 2 && said.Contains(split[0].Value)
            && _units.At(split[^1].To) is not null) is { } known)
            return known;
        return natural.Select(number => IsBorneOut(number) ? number : number with
        {
            CanSplit = natural.Count == 1 && splits.Any(split => split.All(part => part.Doubt == Doubt.None)),
            Doubt = !isOne && number.Doubt == Doubt.None && (splits.Count > 0 || natural.Any(part => part.Doubt == Doubt.Torn))
                ? Doubt.Torn : number.Doubt,
        });

        bool IsBorneOut(Number number) => number.Doubt is Doubt.None or Doubt.Short && said.Contains(number.Value)
            || (number.Doubt == Doubt.None && IsProduct(number.Value, said));
    }

    // "one hundred and fifty ninety kilo bags"
    private bool IsBesideASize(int at) => Vocabulary.Units.TryGetValue(_words.Lower(at), out var unit)
        && Vocabulary.Measures.Contains(unit) && Vocabulary.Units.ContainsKey(_words.Lower(at + 1));

    // Nobody says "twenty" and then "five".
    private static bool CutsATen(IReadOnlyList<Number> reading) => reading.Zip(reading.Skip(1)).Any(pair => pair.First.Value % 10 == 0
        && pair.First.Value % 100 != 0 && pair.Second.Value < 10);

    // Said elsewhere, a factor of what was, or its product: 80 and 3,000 beside 240,000.
    private static bool IsFactor(decimal value, List<decimal> said, IReadOnlyList<Number> beside) => said.Contains(value)
        || IsProduct(value, said)
        || value > 12 && !IsPowerOfTen(value)
            && said.Concat(beside.Select(part => part.Value)).Any(factor => factor > 1 && factor != value && said.Contains(value * factor));

    private static bool IsPowerOfTen(decimal value) => value is 100 or 1000 or 10_000 or 100_000 or 1_000_000;

    // "four thousand" and "two hundred" are one number to everybody.
    private static bool Descends(IReadOnlyList<Number> reading) =>
        reading.Zip(reading.Skip(1)).All(pair => pair.Second.Value < pair.First.Value && Joins(pair.First.Value, pair.Second.Value));

    private int Cost(Number part)
    {
        var cost = part.Doubt == Doubt.None ? 2 : 3;
        // "twenty four thousand seventy": people say "and seventy".
        for (var at = part.From + 1; at < part.To; at++)
            if (_words.Lower(at - 1) is "thousand" or "million"
                && !_words.Between(at, part.To).Any(word => word is "and" or "hundred" or "thousand")) cost++;
        return cost;
    }

    private static bool IsProduct(decimal value, List<decimal> said) =>
        said.Any(one => one > 1 && one < value && value % one == 0 && value / one > 1 && said.Contains(value / one));

    // "three thousand", a pause, "two hundred": where pauses alone say it, nobody knows whether one number was cut or two were said.
    private void JoinOverPauses()
    {
        Number? before = null;
        foreach (var number in _numbers.Values.ToList())
        {
            var isCut = before is { Doubt: not Doubt.Short } && !_words.SameTurn(before.From, number.From)
                && (before.To == number.From ? !_words.HasMarks : before.To + 1 == number.From && _words.Lower(before.To) == "and");
            if (isCut && Joins(before!.Value, number.Value))
            {
                _numbers[before.From] = before with { Doubt = Doubt.Torn };
                _numbers[number.From] = number with { Doubt = Doubt.Torn };
            }
            before = _numbers[number.From];
        }
    }

    // 3,000 and 200 make 3,200; 80 and 3,000 make 83,000.
    private static bool Joins(decimal first, decimal second)
    {
        if (second != decimal.Truncate(second)) return false;
        if (first % 10 == 0 && second < first) return Enumerable.Range(1, 6).Select(power => (decimal)Math.Pow(10, power)).Any(power =>
            first % power == 0 && second < power);
        return first < 1000 && first % 10 == 0 && second >= 1000;
    }
}
