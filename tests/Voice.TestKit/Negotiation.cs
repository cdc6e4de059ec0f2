using System.Text.Json;
using System.Text.RegularExpressions;

namespace Voice.TestKit;

/// <summary>How a negotiation reaches the reader.</summary>
public enum Form
{
    /// <summary>As it was written, with all its marks.</summary>
    Written,

    /// <summary>As the default engine writes: lower case, stops at pauses only and none inside a number.</summary>
    Heard,

    /// <summary>Without any marks.</summary>
    Bare,
}

/// <summary>A negotiation of <c>tests/fixtures/negotiations</c>, and what a fair clerk would write of it (the format is told
/// there).</summary>
internal sealed partial record Negotiation(
    string Id, string Phenomenon, string ContractType, string Transcript, JsonElement Gold, DateOnly? Call = null, string? Phone = null)
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The day of the call; a Tuesday where the negotiation names none.</summary>
    public DateOnly Day => Call ?? new DateOnly(2026, 11, 24);

    public static IReadOnlyList<Negotiation> Read(string file) => JsonSerializer.Deserialize<List<Negotiation>>(
        File.ReadAllText(Fixture.At("negotiations", file)), Snake)!;

    public string In(Form form) => form switch
    {
        Form.Written => Transcript,
        Form.Heard => Spaces().Replace(Glued().Replace(
            Stops().Replace(Commas().Replace(Transcript.ToLowerInvariant().Replace('-', ' '), ""), ". "), "$1 "), " ").Trim(),
        Form.Bare => Spaces().Replace(Ends().Replace(In(Form.Heard), " "), " ").Trim(),
    };

    // A number goes on over a pause.
    [GeneratedRegex($@"\b({NumberWord})\. (?=(?:{NumberWord})\b)")]
    private static partial Regex Glued();

    private const string NumberWord =
        "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
        + "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million";

    [GeneratedRegex("[,;:\"“”–—]")]
    private static partial Regex Commas();

    [GeneratedRegex(@"[?!]|\.(?=\s|$)")]
    private static partial Regex Stops();

    [GeneratedRegex(@"\.(?=\s|$)")]
    private static partial Regex Ends();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
