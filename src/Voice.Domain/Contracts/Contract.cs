using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Voice.Domain.Recordings;

namespace Voice.Domain.Contracts;

/// <summary>Who stands in a contract, and as what.</summary>
/// <param name="Phone">The number that speaks for the party.</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="Name">The name, if it was given.</param>
public sealed record ContractParty(PhoneNumber Phone, string Role, string? Name)
{
    /// <summary>Every role there is.</summary>
    public static IReadOnlyList<string> Roles { get; } = ["buyer", "seller", "mediator", "witness"];
}

/// <summary>What a call came to, in a form that both sides can check.</summary>
public sealed record Contract
{
    private const int OneTextMessage = 160; // characters of GSM 03.38 in one message

    /// <summary>The identifier.</summary>
    public required string ContractId { get; init; }

    /// <summary>The recording it was read from; null when only audio was given.</summary>
    public string? RecordingId { get; init; }

    /// <summary>SHA-256 of the audio's bytes, hexadecimal.</summary>
    public required string AudioSha256 { get; init; }

    /// <summary>One of <see cref="Recordings.ContractType.All"/>.</summary>
    public required string ContractType { get; init; }

    /// <summary>The parties, in the order given.</summary>
    public required IReadOnlyList<ContractParty> Parties { get; init; }

    /// <summary>What was said.</summary>
    public required string Transcript { get; init; }

    /// <summary>What was agreed, and what that was read from.</summary>
    public required TermsReading Reading { get; init; }

    /// <summary>When the contract was made, UTC, whole milliseconds.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Nothing that was said is left open, and something was said.</summary>
    public bool IsComplete => Reading.IsComplete && Reading.Evidence.Count > 0;

    /// <summary>The contract as canonical JSON (RFC 8785): what <see cref="Hash"/> is taken of.</summary>
    public string Canonical
    {
        get
        {
            var terms = Reading.Terms;
            return CanonicalJson.Write(new JsonObject
            {
                ["audio_sha256"] = AudioSha256,
                ["contract_id"] = ContractId,
                ["contract_type"] = ContractType,
                ["created_at"] = CreatedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
                ["parties"] = new JsonArray([.. Parties.Select(party => new JsonObject { ["name"] = party.Name, ["phone"] = party.Phone.Value, ["role"] = party.Role })]),
                ["recording_id"] = RecordingId,
                ["terms"] = new JsonObject
                {
                    ["currency"] = terms.Currency,
                    ["delivery_date"] = terms.DeliveryDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    ["delivery_location"] = terms.DeliveryLocation,
                    ["payment_terms"] = terms.PaymentTerms,
                    ["product"] = terms.Product,
                    ["quality_requirements"] = terms.QualityRequirements.Count == 0 ? null : new JsonArray([.. terms.QualityRequirements.Select(quality => (JsonNode)quality)]),
                    ["quantity"] = terms.Quantity,
                    ["total_amount"] = terms.TotalAmount,
                    ["unit"] = terms.Unit,
                    ["unit_price"] = terms.UnitPrice,
                    ["upfront_payment"] = terms.UpfrontPayment,
                },
                ["transcript"] = Transcript,
            });
        }
    }

    /// <summary>SHA-256 of the canonical form, hexadecimal.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical)));

    /// <summary>The terms in one text message.</summary>
    public string Summary
    {
        get
        {
            var terms = Reading.Terms;
            string[] parts =
            [
                Goods(), terms.UnitPrice is { } price ? $"{Money(price)} per {terms.Unit ?? "unit"}" : "", terms.TotalAmount is { } total ? $"total {Money(total)}" : "",
                terms.UpfrontPayment is { } upfront ? $"upfront {Money(upfront)}" : "", Delivery(), terms.PaymentTerms ?? "", string.Join(", ", terms.QualityRequirements),
                .. Reading.Evidence.Any(entry => entry.Value.Disputed) ? (string[])[$"open: {string.Join(", ", Reading.Evidence.Where(entry => entry.Value.Disputed).Select(entry => entry.Key.Replace('_', ' ')))}"] : [],
            ];
            var said = parts.Where(part => part.Length > 0).ToList();
            if (said.Count == 0) return "No terms were heard in this call.";
            var text = Plain(string.Join("; ", said));
            text = char.ToUpperInvariant(text[0]) + text[1..] + ".";
            return text.Length <= OneTextMessage ? text : text[..(OneTextMessage - 3)] + "...";

            string Goods() => string.Join(' ', new[]
            {
                terms.Quantity is { } quantity ? TermsText.Amount(quantity) : "", terms.Unit is { } unit && unit != "piece" ? TermsText.Units(unit, terms.Quantity) : "",
                // "beans", as it was said, not the singular that the terms have.
                Reading.Evidence.TryGetValue("product", out var named) ? (terms.Unit is not null and not "piece" ? "of " : "") + named.Quote.ToLowerInvariant() : "",
            }.Where(word => word.Length > 0));

            string Delivery() => (terms.DeliveryLocation, terms.DeliveryDate) switch
            {
                (null, null) => "",
                ({ } place, null) => $"to {place}",
                (null, { } day) => $"on {day.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}",
                ({ } place, { } day) => $"to {place} on {day.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}",
            };

            string Money(decimal amount) => TermsText.Money(amount, terms.Currency);
        }
    }

    /// <summary>The same audio between the same parties is the same contract: what tells that it is.</summary>
    public static string Fingerprint(string audioSha256, IEnumerable<ContractParty> parties, string contractType)
    {
        var lines = parties.OrderBy(party => party.Phone.Value, StringComparer.Ordinal).Select(party => $"{party.Phone.Value}\t{party.Role}\t{party.Name}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [audioSha256, contractType, .. lines]))));
    }

    // One character outside the GSM alphabet would halve what fits into a message.
    private static string Plain(string text) => new([.. text.Select(character => character switch { '’' or '‘' => '\'', '“' or '”' => '"', '–' or '—' => '-', < (char)128 => character, _ => '?' })]);
}
