using System.Globalization;
using System.Text.Json;
using Voice.Domain.Contracts;
using Voice.Domain.Reading;

namespace Voice.TestKit;

/// <summary>How often each term was read right, wrongly, left in dispute or missed.</summary>
internal sealed class Score
{
    public static readonly string[] Money = ["quantity", "unit_price", "total_amount", "upfront_payment", "currency"];

    private static readonly string[] Terms =
        [.. Money, "product", "unit", "delivery_location", "delivery_date", "quality_requirements", "payment_terms"];

    private readonly Dictionary<string, Tally> _tallies = Terms.ToDictionary(term => term, _ => new Tally());

    /// <summary>Money terms that have a value which is not the agreed one: the worst there is.</summary>
    public List<string> WrongMoney { get; } = [];

    /// <summary>Everything else that is not as agreed.</summary>
    public List<string> Misses { get; } = [];

    /// <summary>Each money value that was read: how sure, and whether it is right.</summary>
    public List<(double Confidence, bool IsRight)> Reliability { get; } = [];

    public void Add(Negotiation call, Form form)
    {
        var reading = TermsReader.Read(Transcript.Of(call.In(form)), call.ContractType, call.Day, call.Phone);
        var read = Values(reading.Terms);
        foreach (var term in Terms)
        {
            var gold = call.Gold.TryGetProperty(term, out var named) ? named : Money.Contains(term) ? default : Any;
            if (gold is { ValueKind: JsonValueKind.String } && gold.GetString() == "*") continue;
            var mayBeNull = gold.ValueKind switch
            {
                JsonValueKind.Undefined or JsonValueKind.Null => true,
                JsonValueKind.Array when term == "quality_requirements" => gold.GetArrayLength() == 0,
                JsonValueKind.Array => gold.EnumerateArray().Any(value => value.ValueKind == JsonValueKind.Null),
                _ => false,
            };
            var value = read[term];
            var isRight = value is not null && Fits(term, gold, value, call.Day);
            var isDisputed = reading.Evidence.TryGetValue(term, out var evidence) && evidence.Disputed;
            _tallies[term].Add(mayBeNull, value is not null, isRight, isDisputed);
            if (Money.Contains(term) && value is not null) Reliability.Add((evidence?.Confidence ?? 0, isRight));
            var agreed = gold.ValueKind == JsonValueKind.Undefined ? "null" : gold.GetRawText();
            var what = $"{form} {call.Id}: {term} is {agreed}, read as {value ?? "null"}{(isDisputed ? " (disputed)" : "")}";
            what = what.ReplaceLineEndings("").Replace("  ", "", StringComparison.Ordinal);
            if (value is not null && !isRight && Money.Contains(term)) WrongMoney.Add(what);
            else if ((value is not null && !isRight) || (value is null && !mayBeNull)) Misses.Add(what);
        }
        if (!call.Gold.TryGetProperty("one_price", out _)) return;
        var isSaid = read["unit_price"] is not null || read["total_amount"] is not null;
        _tallies["total_amount"].AddRecall(isSaid, reading.Evidence.Values.Any(evidence => evidence.Disputed));
        if (!isSaid) Misses.Add($"{form} {call.Id}: the one price is missing");
    }

    public double MoneyPrecision => Ratio(tally => tally.Right, tally => tally.Right + tally.Wrong);

    public double MoneyRecall => Ratio(tally => tally.Found, tally => tally.Wanted);

    /// <summary>One row per term: precision, recall, disputed of those wanted, wrong.</summary>
    public string Table() => string.Join('\n', Terms.Select(term => _tallies[term]).Zip(Terms, (tally, term) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {term} | {tally.Precision:F2} | {tally.Recall:F2} | {tally.Wanted} | {tally.Disputed} | {tally.Wrong} |")));

    /// <summary>The terms in one line.</summary>
    public static string Written(ContractTerms terms) =>
        string.Join("; ", Values(terms).Where(term => term.Value is not null).Select(term => $"{term.Key}={term.Value}"));

    private static JsonElement Any { get; } = JsonDocument.Parse("\"*\"").RootElement;

    private double Ratio(Func<Tally, int> part, Func<Tally, int> whole) =>
        Money.Sum(term => whole(_tallies[term])) is > 0 and var all ? Money.Sum(term => part(_tallies[term])) / (double)all : 1;

    /// <summary>The terms by their names in the HTTP contract, as text.</summary>
    public static Dictionary<string, string?> Values(ContractTerms terms) => new()
    {
        ["product"] = terms.Product,
        ["quantity"] = terms.Quantity?.ToString(CultureInfo.InvariantCulture),
        ["unit"] = terms.Unit,
        ["unit_price"] = terms.UnitPrice?.ToString(CultureInfo.InvariantCulture),
        ["total_amount"] = terms.TotalAmount?.ToString(CultureInfo.InvariantCulture),
        ["currency"] = terms.Currency,
        ["delivery_location"] = terms.DeliveryLocation,
        ["delivery_date"] = terms.DeliveryDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["quality_requirements"] = terms.QualityRequirements.Count == 0 ? null : string.Join(" ; ", terms.QualityRequirements),
        ["upfront_payment"] = terms.UpfrontPayment?.ToString(CultureInfo.InvariantCulture),
        ["payment_terms"] = terms.PaymentTerms,
    };

    private static bool Fits(string term, JsonElement gold, string value, DateOnly day)
    {
        if (gold.ValueKind == JsonValueKind.Array)
            return term == "quality_requirements"
                ? gold.GetArrayLength() > 0 && gold.EnumerateArray().All(part => FitsOne(term, part, value, day))
                : gold.EnumerateArray().Any(one => FitsOne(term, one, value, day));
        return FitsOne(term, gold, value, day);
    }

    private static bool FitsOne(string term, JsonElement gold, string value, DateOnly day)
    {
        if (gold.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) return false;
        if (gold.ValueKind == JsonValueKind.Number) return decimal.Parse(value, CultureInfo.InvariantCulture) == gold.GetDecimal();
        var text = gold.GetString()!;
        if (term == "delivery_date") return value == Day(text, day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var said = Plain(value).Split(' ');
        return text.Split('|').Any(either => Plain(either).Split(' ').All(word => said.Any(one => Stem(one) == Stem(word))));
    }

    private static DateOnly Day(string gold, DateOnly call) => gold switch
    {
        "eom" => new DateOnly(call.Year, call.Month, DateTime.DaysInMonth(call.Year, call.Month)),
        ['+', .. var days] => call.AddDays(int.Parse(days, CultureInfo.InvariantCulture)),
        ['n', 'w', 'd', var weekday] => Monday(call).AddDays(6 + (weekday - '0')),
        ['w', 'd', var weekday] =>
            Enumerable.Range(1, 7).Select(call.AddDays).First(day => ((int)day.DayOfWeek + 6) % 7 + 1 == weekday - '0'),
        { Length: 5 } =>
            Enumerable.Range(0, 2).Select(years => DateOnly.Parse($"{call.Year + years}-{gold}", CultureInfo.InvariantCulture)).First(day =>
            day >= call),
        _ => DateOnly.Parse(gold, CultureInfo.InvariantCulture),
    };

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static string Plain(string text) => text.ToLowerInvariant().Replace('-', ' ');

    private static string Stem(string word) => word.Length > 3 ? word.TrimEnd('s') : word;

    private sealed class Tally
    {
        public int Right { get; private set; }

        public int Wrong { get; private set; }

        public int Wanted { get; private set; }

        public int Found { get; private set; }

        public int Disputed { get; private set; }

        public double Precision => Right + Wrong > 0 ? Right / (double)(Right + Wrong) : 1;

        public double Recall => Wanted > 0 ? Found / (double)Wanted : 1;

        public void Add(bool mayBeNull, bool hasValue, bool isRight, bool isDisputed)
        {
            if (isRight) Right++;
            else if (hasValue) Wrong++;
            if (!mayBeNull) AddRecall(isRight, isDisputed);
        }

        public void AddRecall(bool isFound, bool isDisputed)
        {
            Wanted++;
            if (isFound) Found++;
            else if (isDisputed) Disputed++;
        }
    }
}
