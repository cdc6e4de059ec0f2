namespace Voice.Domain.Contracts;

/// <summary>What was agreed. What was not said, or never settled, is null.</summary>
public sealed record ContractTerms
{
    /// <summary>Lower case, singular or mass form as spoken, such as <c>red onion</c>.</summary>
    public string? Product { get; init; }

    /// <summary>How many units.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>The singular English word, such as <c>bag</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>Price of one unit, in <see cref="Currency"/>.</summary>
    public decimal? UnitPrice { get; init; }

    /// <summary>Price of all, in <see cref="Currency"/>.</summary>
    public decimal? TotalAmount { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string? Currency { get; init; }

    /// <summary>Where it is handed over, as spoken.</summary>
    public string? DeliveryLocation { get; init; }

    /// <summary>The day it is handed over.</summary>
    public DateOnly? DeliveryDate { get; init; }

    /// <summary>What the goods must be like, in the words used; empty when nothing was said.</summary>
    public IReadOnlyList<string> QualityRequirements { get; init; } = [];

    /// <summary>What is paid before delivery, in <see cref="Currency"/>; a share is resolved against the total.</summary>
    public decimal? UpfrontPayment { get; init; }

    /// <summary>When and how the rest is paid, in the words used.</summary>
    public string? PaymentTerms { get; init; }
}

/// <summary>The words that a term was read from.</summary>
/// <param name="Quote">The words.</param>
/// <param name="Start">Their first character in the transcript.</param>
/// <param name="End">The character after their last.</param>
/// <param name="AtSeconds">When they were said, in seconds from the start of the audio; null when the engine does not say.</param>
/// <param name="Confidence">How sure the reading is, 0 to 1.</param>
/// <param name="Disputed">Two values were never settled, or the figures contradict each other: the term is null.</param>
/// <param name="Alternatives">The other values that were named.</param>
public sealed record Evidence(
    string Quote, int Start, int End, double? AtSeconds, double Confidence, bool Disputed, IReadOnlyList<Alternative> Alternatives);

/// <summary>Another value that was named for a term.</summary>
/// <param name="Value">A number, a text or a day.</param>
/// <param name="Quote">The words.</param>
/// <param name="Start">Their first character in the transcript.</param>
/// <param name="End">The character after their last.</param>
/// <param name="Superseded">A later value took its place; false: it is as good as any other.</param>
public sealed record Alternative(object Value, string Quote, int Start, int End, bool Superseded);

/// <summary>The terms of a call, and what each was read from, by the name of the term in the API.</summary>
/// <param name="Terms">The terms.</param>
/// <param name="Evidence">One entry for each term that was spoken of.</param>
public sealed record TermsReading(ContractTerms Terms, IReadOnlyDictionary<string, Evidence> Evidence)
{
    /// <summary>Nothing that was spoken of is left open.</summary>
    public bool IsComplete => Evidence.Values.All(evidence => !evidence.Disputed);

    /// <summary>How sure the reading is over all, 0 to 1: the mean of what was spoken of, a disputed term counting as nothing.</summary>
    public double Confidence => Evidence.Count == 0 ? 0 : Evidence.Values.Average(evidence => evidence.Disputed ? 0 : evidence.Confidence);
}
