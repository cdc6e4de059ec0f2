using System.Globalization;
using Voice.Application.Contracts;
using Voice.Domain.Contracts;

namespace Voice.Api.Pages;

/// <summary>A term as a page shows it.</summary>
/// <param name="Key">Its name in the API, such as <c>unit_price</c>.</param>
/// <param name="Value">What was agreed; null where nothing was, or it is open.</param>
/// <param name="Evidence">What it was read from; null where it was not spoken of.</param>
/// <param name="Candidates">Of an open term the values that were named.</param>
/// <param name="Question">What to ask the parties back.</param>
internal sealed record TermLine(string Key, string? Value, Evidence? Evidence, IReadOnlyList<Candidate> Candidates, string? Question)
{
    private static readonly string[] Keys =
    [
        "product", "quantity", "unit_price", "total_amount", "upfront_payment", "payment_terms", "delivery_location", "delivery_date",
        "quality_requirements",
    ];

    /// <summary>The terms of a contract, in the order in which people read them.</summary>
    public static IReadOnlyList<TermLine> Of(ContractBody contract, Texts texts) => [.. Keys.Select(key =>
    {
        var evidence = contract.Evidence.GetValueOrDefault(key);
        var candidates = evidence is { Disputed: true }
            ? evidence.Alternatives.Select(other => new Candidate(Write(key, other.Value, contract.Terms, texts), other)).ToList()
            : [];
        return new TermLine(key, ValueOf(key, contract.Terms, texts), evidence, candidates, contract.Questions.GetValueOrDefault(key));
    })];

    /// <summary>What a contract in a list is about: <c>200 bags of maize</c>.</summary>
    public static string Goods(ContractLine contract) => (contract.Quantity, contract.Product) switch
    {
        ({ } quantity, { } product) when contract.Unit is not null => $"{Count(quantity, contract.Unit)} of {product}",
        ({ } quantity, _) => $"{Count(quantity, contract.Unit)} {contract.Product}".TrimEnd(),
        _ => contract.Product ?? "",
    };

    private static string Count(decimal quantity, string? unit) =>
        $"{TermsText.Amount(quantity)} {(unit is null ? "" : TermsText.Units(unit, quantity))}".TrimEnd();

    private static string? ValueOf(string key, TermsBody terms, Texts texts)
    {
        object? value = key switch
        {
            "product" => terms.Product,
            "quantity" => terms.Quantity,
            "unit_price" => terms.UnitPrice,
            "total_amount" => terms.TotalAmount,
            "upfront_payment" => terms.UpfrontPayment,
            "payment_terms" => terms.PaymentTerms,
            "delivery_location" => terms.DeliveryLocation,
            "delivery_date" => terms.DeliveryDate,
            _ => terms.QualityRequirements is { } qualities ? string.Join(", ", qualities) : null,
        };
        return value is null ? null : Write(key, value, terms, texts);
    }

    private static string Write(string key, object value, TermsBody terms, Texts texts) => value switch
    {
        decimal amount when key == "quantity" => Count(amount, terms.Unit),
        decimal amount => TermsText.Money(amount, terms.Currency),
        DateOnly day => $"{day.Day} {texts["months"].Split(' ')[day.Month - 1]} {day.Year.ToString(CultureInfo.InvariantCulture)}",
        _ => $"{value}",
    };
}

/// <summary>A value that was named for an open term.</summary>
/// <param name="Text">The value.</param>
/// <param name="Words">Where it was named.</param>
internal sealed record Candidate(string Text, Alternative Words);
