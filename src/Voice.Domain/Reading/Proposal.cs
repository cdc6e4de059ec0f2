namespace Voice.Domain.Reading;

/// <summary>A value for a term, whoever proposes it, and the words that it stands on.</summary>
/// <param name="Term">The term's name in the API.</param>
/// <param name="Topic">The same, as figures have it.</param>
/// <param name="Value">The value; a share of the total for <see cref="Topic.UpfrontShare"/>.</param>
/// <param name="From">The first word of the quote.</param>
/// <param name="To">The word after its last.</param>
/// <param name="Accepted">The word that accepts it; null where the proposer knows of none.</param>
internal sealed record Proposal(string Term, Topic Topic, decimal Value, int From, int To, int? Accepted = null);

/// <summary>Why a proposed value is disputed.</summary>
internal enum Objection
{
    /// <summary>The kind of contract has no such term.</summary>
    NoSuchTerm,

    /// <summary>The quote does not hold that number, whole and in one meaning.</summary>
    NotTheNumber,

    /// <summary>The other side did not agree to it.</summary>
    NotAccepted,

    /// <summary>Another figure for it was named later.</summary>
    NamedAnew,

    /// <summary>It was put off or given up afterwards.</summary>
    PutOff,

    /// <summary>A discount, an addition or a reference behind it changes it.</summary>
    Changed,

    /// <summary>Quantity, price and total contradict each other.</summary>
    DoesNotFit,

    /// <summary>Two currencies are named.</summary>
    OtherCurrency,

    /// <summary>Several goods are sold: it is of one of them.</summary>
    OtherGoods,

    /// <summary>The engine heard it badly, and nothing bears it out.</summary>
    HeardBadly,

    /// <summary>Another reader takes another figure for it.</summary>
    ReadOtherwise,
}
