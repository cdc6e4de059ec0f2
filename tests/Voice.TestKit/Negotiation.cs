using System.Globalization;
using Voice.Domain.Contracts;

namespace Voice.TestKit;

/// <summary>A written negotiation of <c>tests/fixtures/negotiations</c>, and what was agreed in it.</summary>
internal sealed record Negotiation(string Name, DateOnly CallDay, string Transcript, IReadOnlyDictionary<string, string> Agreed)
{
    public static readonly string[] Terms = ["product", "quantity", "unit", "price", "total", "currency", "place", "date", "quality",
        "upfront", "payment"];

    public static IReadOnlyList<Negotiation> Read(string file) =>
    [
        .. File.ReadAllText(Fixture.At("negotiations", file)).ReplaceLineEndings("\n")
            .Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(block => block.Split('\n'))
            .Select(lines => new Negotiation(
                lines[0][2..], DateOnly.Parse(lines[1][6..], CultureInfo.InvariantCulture), lines[2],
                lines[3][2..].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    .Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]))),
    ];

    /// <summary>What was read, in the words of the file.</summary>
    public static IReadOnlyDictionary<string, string> Written(ContractTerms terms) => new Dictionary<string, string?>
    {
        ["product"] = terms.Product,
        ["quantity"] = terms.Quantity?.ToString(CultureInfo.InvariantCulture),
        ["unit"] = terms.Unit,
        ["price"] = terms.UnitPrice?.ToString(CultureInfo.InvariantCulture),
        ["total"] = terms.TotalAmount?.ToString(CultureInfo.InvariantCulture),
        ["currency"] = terms.Currency,
        ["place"] = terms.DeliveryLocation,
        ["date"] = terms.DeliveryDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["quality"] = terms.QualityRequirements.Count == 0 ? null : string.Join('|', terms.QualityRequirements),
        ["upfront"] = terms.UpfrontPayment?.ToString(CultureInfo.InvariantCulture),
        ["payment"] = terms.PaymentTerms,
    }.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value!);

    /// <summary>Whether a term was read as agreed: words regardless of case and small words around them, everything else exactly.</summary>
    public static bool Fits(string term, string agreed, string read) => term switch
    {
        "quality" => agreed.Split('|').Select(Plain).Order().SequenceEqual(read.Split('|').Select(Plain).Order()),
        "payment" => Plain(read).Contains(Plain(agreed), StringComparison.Ordinal)
            || Plain(agreed).Contains(Plain(read), StringComparison.Ordinal),
        "place" => Plain(agreed) == Plain(read),
        _ => agreed == read,
    };

    private static string Plain(string text) =>
        string.Join(' ', text.ToLowerInvariant().Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries)
        .Where(word => word is not ("the" or "be" or "only" or "is")));
}
