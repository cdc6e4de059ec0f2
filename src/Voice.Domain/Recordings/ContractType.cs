namespace Voice.Domain.Recordings;

/// <summary>The kinds of agreement that a conference can be about, as the HTTP contract spells them.</summary>
public static class ContractType
{
    /// <summary>What a conference is about when its creator does not say.</summary>
    public const string Default = "agricultural_supply";

    /// <summary>Every kind there is.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Default, "service_agreement", "loan_agreement", "goods_purchase", "logistics", "other"];
}
