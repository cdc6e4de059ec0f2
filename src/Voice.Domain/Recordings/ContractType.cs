namespace Voice.Domain.Recordings;

/// <summary>The kinds of agreement that a conference can be about, as the API spells them.</summary>
public static class ContractType
{
    /// <summary>What a conference is about when its creator does not say.</summary>
    public const string Default = "agricultural_supply";

    /// <summary>Work; also rent.</summary>
    public const string Service = "service_agreement";

    /// <summary>Money that is lent: it has a sum, and no unit price.</summary>
    public const string Loan = "loan_agreement";

    /// <summary>Things that are bought once.</summary>
    public const string Goods = "goods_purchase";

    /// <summary>A trip.</summary>
    public const string Logistics = "logistics";

    /// <summary>Anything else.</summary>
    public const string Other = "other";

    /// <summary>Every kind there is.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Default, Service, Loan, Goods, Logistics, Other];
}
