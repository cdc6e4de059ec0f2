using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Voice.Domain.Recordings;

namespace Voice.Domain.Contracts;

/// <summary>
/// The canonical form of a contract (RFC 8785) and the way back from it. It is what the hash is taken of, so it is kept as it was written;
/// it holds all of the contract but the evidence, the summary and the engine.
/// </summary>
public static class CanonicalContract
{
    private const string Time = "yyyy-MM-ddTHH:mm:ss.fffZ";
    private const string Day = "yyyy-MM-dd";

    /// <summary>Writes a contract.</summary>
    public static string Write(Contract contract)
    {
        var terms = contract.Reading.Terms;
        return CanonicalJson.Write(new JsonObject
        {
            ["audio_sha256"] = contract.AudioSha256,
            ["contract_id"] = contract.ContractId,
            ["contract_type"] = contract.ContractType,
            ["created_at"] = contract.CreatedAt.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture),
            ["parties"] = new JsonArray([.. contract.Parties.Select(party => new JsonObject
            {
                ["name"] = party.Name,
                ["phone"] = party.Phone.Value,
                ["role"] = party.Role.Name(),
            })]),
            ["recording_id"] = contract.RecordingId,
            ["terms"] = new JsonObject
            {
                ["currency"] = terms.Currency,
                ["delivery_date"] = terms.DeliveryDate?.ToString(Day, CultureInfo.InvariantCulture),
                ["delivery_location"] = terms.DeliveryLocation,
                ["payment_terms"] = terms.PaymentTerms,
                ["product"] = terms.Product,
                ["quality_requirements"] = terms.QualityRequirements.Count == 0
                    ? null
                    : new JsonArray([.. terms.QualityRequirements.Select(quality => (JsonNode)quality)]),
                ["quantity"] = terms.Quantity,
                ["total_amount"] = terms.TotalAmount,
                ["unit"] = terms.Unit,
                ["unit_price"] = terms.UnitPrice,
                ["upfront_payment"] = terms.UpfrontPayment,
            },
            ["transcript"] = contract.Transcript,
        });
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="canonical">The canonical form.</param>
    /// <param name="evidence">What each term was read from.</param>
    /// <param name="summary">The terms in one text message.</param>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static Contract Read(string canonical, IReadOnlyDictionary<string, Evidence> evidence, string summary)
    {
        using var document = JsonDocument.Parse(canonical);
        var contract = document.RootElement;
        return new Contract
        {
            ContractId = Text(contract, "contract_id")!,
            RecordingId = Text(contract, "recording_id"),
            AudioSha256 = Text(contract, "audio_sha256")!,
            ContractType = Text(contract, "contract_type")!,
            Parties = [.. contract.GetProperty("parties").EnumerateArray().Select(party =>
                new ContractParty(PhoneNumber.Parse(Text(party, "phone")!), PartyRoles.Parse(Text(party, "role")!), Text(party, "name")))],
            Transcript = Text(contract, "transcript")!,
            Reading = new(ReadTerms(contract.GetProperty("terms")), evidence),
            CreatedAt = contract.GetProperty("created_at").GetDateTimeOffset(),
            Summary = summary,
            Canonical = canonical,
        };
    }

    private static ContractTerms ReadTerms(JsonElement terms)
    {
        return new()
        {
            Product = Text(terms, "product"),
            Quantity = Number("quantity"),
            Unit = Text(terms, "unit"),
            UnitPrice = Number("unit_price"),
            TotalAmount = Number("total_amount"),
            Currency = Text(terms, "currency"),
            DeliveryLocation = Text(terms, "delivery_location"),
            DeliveryDate = Text(terms, "delivery_date") is { } day ? DateOnly.ParseExact(day, Day, CultureInfo.InvariantCulture) : null,
            QualityRequirements = terms.GetProperty("quality_requirements") is { ValueKind: JsonValueKind.Array } qualities
                ? [.. qualities.EnumerateArray().Select(quality => quality.GetString()!)]
                : [],
            UpfrontPayment = Number("upfront_payment"),
            PaymentTerms = Text(terms, "payment_terms"),
        };

        decimal? Number(string term) => terms.GetProperty(term) is { ValueKind: JsonValueKind.Number } number ? number.GetDecimal() : null;
    }

    private static string? Text(JsonElement owner, string member) => owner.GetProperty(member).GetString();
}
