namespace Voice.Domain.Reading;

/// <summary>A value that was named, and the words it was read from.</summary>
/// <param name="Value">The value.</param>
/// <param name="From">Its first word.</param>
/// <param name="To">The word after its last.</param>
internal record Mention<T>(T Value, int From, int To);

/// <summary>What a figure is about.</summary>
internal enum Topic
{
    /// <summary>How many units.</summary>
    Quantity,

    /// <summary>Price of one.</summary>
    UnitPrice,

    /// <summary>Price of all.</summary>
    Total,

    /// <summary>What is paid first, as an amount.</summary>
    Upfront,

    /// <summary>What is paid first, as a share of the total: 0.3 for thirty percent.</summary>
    UpfrontShare,

    /// <summary>Money or a number whose topic the words around it do not tell.</summary>
    Open,

    /// <summary>Something that is no term, such as last year's price or the size of a bag.</summary>
    Explained,
}

/// <summary>A number of the talk with what it is about.</summary>
internal sealed record Figure(Topic Topic, decimal Value, int From, int To) : Mention<decimal>(Value, From, To)
{
    /// <summary>The unit that was named with it.</summary>
    public string? Unit { get; init; }

    /// <summary>The currency that was named with it; empty: shillings of a country that was not named.</summary>
    public string? Currency { get; init; }

    /// <summary>Why its value may be another.</summary>
    public Doubt Doubt { get; init; }

    /// <summary>What somebody has, not what anybody asks for: it counts only where no other quantity is named.</summary>
    public bool IsStock { get; init; }

    /// <summary>"If you take a hundred": it counts only where the condition is met.</summary>
    public bool IsConditional { get; init; }

    /// <summary>The goods it was named for, in the singular; null: those of the talk.</summary>
    public string? Goods { get; init; }

    /// <summary>Its words may also be two numbers.</summary>
    public bool CanSplit { get; init; }

    /// <summary>Its topic was not said but follows from what was spoken of before.</summary>
    public bool IsInferred { get; init; }

    /// <summary>Another's price, or that of another time: it says what size a price is.</summary>
    public bool IsHearsay { get; init; }

    /// <summary>What is paid beside the price: transport, a commission, a penalty.</summary>
    public bool IsSideCost { get; init; }

    /// <summary>What is taken off or added: "I remove two thousand for you".</summary>
    public bool IsDelta { get; init; }

    /// <summary>A share of the price that comes off it: "ten percent discount".</summary>
    public bool IsOff { get; init; }

    /// <summary>Whether they may stand for each other: acres are no rival of bags.</summary>
    public bool IsSameKind(Figure other) => Topic != Topic.Quantity || Unit == other.Unit
        || Unit is null or "piece" || other.Unit is null or "piece";

    /// <summary>Money by its own words.</summary>
    public bool IsMoney => Currency is not null;
}
