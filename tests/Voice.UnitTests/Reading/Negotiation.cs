using System.Globalization;
using Voice.Domain.Contracts;

namespace Voice.UnitTests.Reading;

/// <summary>A written negotiation of <c>tests/fixtures/negotiations</c>, and what was agreed in it.</summary>
internal sealed record Negotiation(string Name, DateOnly CallDay, string Transcript, IReadOnlyDictionary<string, string> Agreed)
{
    public static readonly string[] Terms = ["product", "quantity", "unit", "price", "total", "currency", "place", "date", "quality", "upfront", "payment"];

    public static IReadOnlyList<Negotiation> Read(string file) =>
    [
        .. File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "fixtures", "negotiations", file)).ReplaceLineEndings("\n")
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

    /// <summary>Whether a term was read as agreed: words regardless of case and of small words around them, everything else exactly.</summary>
    public static bool Fits(string term, string agreed, string read) => term switch
    {
        "quality" => agreed.Split('|').Select(Plain).Order().SequenceEqual(read.Split('|').Select(Plain).Order()),
        "payment" => Plain(read).Contains(Plain(agreed), StringComparison.Ordinal) || Plain(agreed).Contains(Plain(read), StringComparison.Ordinal),
        "place" => Plain(agreed) == Plain(read),
        _ => agreed == read,
    };

    private static string Plain(string text) => string.Join(' ', text.ToLowerInvariant().Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries)
        .Where(word => word is not ("the" or "be" or "only" or "is")));
}

/// <summary>How often each term was read right, wrongly or not at all.</summary>
internal sealed class Score
{
    private readonly Dictionary<string, (int Right, int Wrong, int Missing)> _counts = Negotiation.Terms.ToDictionary(term => term, _ => default((int, int, int)));

    public List<string> Errors { get; } = [];

    public void Add(Negotiation negotiation, ContractTerms terms)
    {
        var read = Negotiation.Written(terms);
        foreach (var term in Negotiation.Terms)
        {
            var (right, wrong, missing) = _counts[term];
            var (agreed, found) = (negotiation.Agreed.GetValueOrDefault(term), read.GetValueOrDefault(term));
            if (agreed is not null && found is not null && Negotiation.Fits(term, agreed, found)) right++;
            else
            {
                if (found is not null) wrong++;
                if (agreed is not null) missing++;
                if (agreed is not null || found is not null) Errors.Add($"{negotiation.Name}: {term} is {agreed ?? "null"}, read as {found ?? "null"}");
            }
            _counts[term] = (right, wrong, missing);
        }
    }

    public double Precision(string term) => _counts[term] is var (right, wrong, _) && right + wrong > 0 ? right / (double)(right + wrong) : 1;

    public double Recall(string term) => _counts[term] is var (right, _, missing) && right + missing > 0 ? right / (double)(right + missing) : 1;

    public string Table() => string.Join('\n', Negotiation.Terms.Select(term =>
        string.Create(CultureInfo.InvariantCulture, $"| {term} | {Precision(term):F2} | {Recall(term):F2} | {_counts[term].Right} | {_counts[term].Wrong} | {_counts[term].Missing} |")));
}
