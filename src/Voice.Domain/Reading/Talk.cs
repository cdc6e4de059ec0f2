namespace Voice.Domain.Reading;

/// <summary>A talk with everything that was found in it: what proposals are made from and checked against.</summary>
internal sealed class Talk
{
    public Talk(Transcript transcript, string contractType, DateOnly callDay)
    {
        (Transcript, ContractType) = (transcript, contractType);
        Words = new Words(transcript);
        var days = new HashSet<int>();
        for (var at = 0; at < Words.Count; at++)
            if (SpokenDate.Read(Words, at, callDay) is { } date) for (var taken = at; taken < at + date.Length; taken++) days.Add(taken);
        Acts = new Acts(Words);
        var units = new TalkUnits(Words);
        var named = new FigureReader(Words, units, new NumberLattice(Words, units, days.Contains), callDay).Read();
        (Figures, Whole) = Arithmetic.Apply(Payments(Threads.Assign(named, Words, contractType)));
        Acceptance = new Acceptance(Words, Acts, Figures);
        if (Whole is { } whole && Figures.Any(figure => Supersedes(figure, whole))) Whole = null;
    }

    private Talk(Talk read, IReadOnlyList<Figure> figures)
    {
        (Transcript, ContractType, Words, Acts, Whole) = (read.Transcript, read.ContractType, read.Words, read.Acts, read.Whole);
        Figures = figures;
        Acceptance = new Acceptance(Words, Acts, Figures);
    }

    public Transcript Transcript { get; }

    public string ContractType { get; }

    public Words Words { get; }

    public Acts Acts { get; }

    public IReadOnlyList<Figure> Figures { get; }

    public Acceptance Acceptance { get; }

    /// <summary>Quantity, price and total that were named and fit, the last such; null where none do.</summary>
    public Whole? Whole { get; }

    public IReadOnlyList<Figure> Of(Topic topic) => [.. Figures.Where(figure => figure.Topic == topic)];

    /// <summary>Every time that a value was named for a topic.</summary>
    public List<Figure> Namings(Topic topic, decimal value) => [.. Figures.Where(figure => figure.Topic == topic && figure.Value == value)];

    /// <summary>Every time that the value was named for the term.</summary>
    public List<Figure> Namings(Proposal proposal) => Namings(proposal.Topic, proposal.Value);

    /// <summary>Whether the value is one of the three that fit.</summary>
    public bool BearsOut(Proposal proposal) => Whole is { } whole && proposal.Topic switch
    {
        Topic.Quantity => whole.Quantity.Value == proposal.Value,
        Topic.UnitPrice => whole.Price.Value == proposal.Value,
        Topic.Total => whole.Total.Topic == Topic.Total && whole.Total.Value == proposal.Value,
        Topic.Upfront or Topic.UpfrontShare or Topic.Open or Topic.Explained => false,
    };

    /// <summary>"One hundred thousand, and eight for the lorry: one hundred and eight" leaves what the goods cost; so does a debt that is
    /// held back.</summary>
    public bool IsWithExtras(Figure sum, Figure later) => later.Topic == Topic.Total && Figures.Any(extra => extra.From > sum.From
        && extra.From < later.From && (extra.Value == later.Value - sum.Value
        || (extra.Topic == Topic.Explained && extra.Value == sum.Value - later.Value
            && Words.Between(later.From - 4, later.From).Any(word => word is "send" or "pay" or "me" or "paying" or "transfer"))));

    // A loan is paid out at once.
    private IReadOnlyList<Figure> Payments(IReadOnlyList<Figure> figures) =>
        ContractType == Recordings.ContractType.Loan ? figures : Instalments.Apply(figures, Words);

    /// <summary>The same talk, with topics for figures that were open.</summary>
    /// <param name="placed">A naming of each, with its topic.</param>
    public Talk With(IReadOnlyList<Figure> placed) => new(this, [.. Figures.Select(figure =>
        figure.Topic == Topic.Open && placed.FirstOrDefault(known => known.Value == figure.Value) is { } known
            ? figure with { Topic = known.Topic } : figure)]);

    // A price or a number that was agreed to after the sum was made takes its place.
    private bool Supersedes(Figure figure, Whole whole)
    {
        var old = figure.Topic switch
        {
            Topic.Quantity => whole.Quantity,
            Topic.UnitPrice => whole.Price,
            Topic.Total => whole.Total,
            Topic.Upfront or Topic.UpfrontShare or Topic.Open or Topic.Explained => figure,
        };
        return figure.Value != old.Value && !figure.IsConditional && !IsWithExtras(old, figure)
            && (figure.Unit is null || old.Unit is null || figure.Unit == old.Unit)
            && figure.From > Math.Max(old.From, whole.Total.From)
            && Acceptance.Of(figure).Answer is Answer.Accepted or Answer.Confirmed;
    }
}

/// <summary>Three figures of which the third is the product of the others.</summary>
internal sealed record Whole(Figure Quantity, Figure Price, Figure Total);
