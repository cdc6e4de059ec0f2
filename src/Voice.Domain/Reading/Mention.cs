namespace Voice.Domain.Reading;

/// <summary>What a mention is about.</summary>
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

    /// <summary>Something that is no term, such as last year's price.</summary>
    Other,
}

/// <summary>A value that was named, and the words it was read from.</summary>
/// <param name="Topic">What it is about.</param>
/// <param name="Value">The value.</param>
/// <param name="From">Its first word.</param>
/// <param name="To">The word after its last.</param>
/// <param name="Unit">The unit that was named with it.</param>
/// <param name="Currency">The currency that was named with it; empty: shillings of a country that was not named.</param>
internal sealed record Mention<T>(Topic Topic, T Value, int From, int To, string? Unit = null, string? Currency = null)
{
    /// <summary>Money by its own words.</summary>
    public bool IsMoney => Currency is not null;
}
