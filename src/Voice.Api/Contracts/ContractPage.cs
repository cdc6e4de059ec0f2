using System.Globalization;
using System.Net;
using System.Text;
using Voice.Application.Contracts;
using Voice.Domain.Contracts;

namespace Voice.Api.Contracts;

/// <summary>The contract as a page: what was agreed, the words it was read from, and who stands for it.</summary>
internal static class ContractPage
{
    private const string Style = """
        :root { color-scheme: light; }
        body { font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #f4f3f0; margin: 0; }
        main { max-width: 46rem; margin: 2rem auto; background: #fff; padding: 2.5rem 3rem; border-radius: 6px;
            box-shadow: 0 1px 6px #0002; }
        h1 { font-size: 1.6rem; margin: 0 0 .2rem; }
        h2 { font-size: 1.05rem; margin: 2rem 0 .6rem; border-bottom: 1px solid #ddd; padding-bottom: .2rem; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; vertical-align: top; padding: .45rem .6rem .45rem 0; border-bottom: 1px solid #eee; }
        th { width: 11rem; font-weight: 600; } .quote { color: #666; font-style: italic; display: block; font-size: .88rem; }
        .open { color: #a33; font-weight: 600; }
        .ask { display: block; font-weight: 600; }
        .status { display: inline-block; padding: .1rem .6rem; border-radius: 1rem; background: #eee; font-size: .85rem; }
        .small { color: #666; font-size: .85rem; overflow-wrap: anywhere; } .transcript { white-space: pre-wrap; }
        .sign th, .sign td { height: 2.6rem; vertical-align: bottom; }
        @media (max-width: 40rem) { main { margin: 0; padding: 1.2rem; border-radius: 0; } th { width: 8rem; } }
        @media print { body { background: #fff; font-size: 11pt; } main { box-shadow: none; margin: 0; padding: 0; max-width: none; }
            tr, h2 { break-inside: avoid; } h2 { break-after: avoid; } }
        """;

    private static readonly (string Key, string Label)[] Terms =
    [
        ("product", "Product"), ("quantity", "Quantity"), ("unit_price", "Price per unit"), ("total_amount", "Total"),
            ("upfront_payment", "Paid upfront"),
        ("payment_terms", "Payment"), ("delivery_location", "Delivered to"), ("delivery_date", "Delivered on"),
            ("quality_requirements", "Quality"),
    ];

    public static string Write(ContractBody body)
    {
        var page = new StringBuilder($"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Contract {Text(body.ContractId)}</title>
            <style>{Style}</style></head><body><main>
            <h1>Contract</h1>
            <p><span class="status">{Text(body.Status)}</span>
            <span class="small">{Text(body.ContractId)} · {Text(body.ContractType.Replace('_', ' '))}
            · made {Minute(body.CreatedAt)} UTC</span></p>
            <p>{Text(body.ContractSummary)}</p>
            <h2>Terms</h2><table>
            """);
        foreach (var (key, label) in Terms)
        {
            var said = Said(Value(key, body), body.Evidence.GetValueOrDefault(key));
            page.Append($"<tr><th>{label}</th><td>{said}{Question(key, body)}</td></tr>");
        }
        page.Append("</table><h2>Parties</h2><table class=\"sign\">");
        foreach (var (party, confirmation) in body.Parties.Zip(body.Confirmations))
            page.Append($"""
                <tr><th>{Text(party.Role!)}</th><td>{Text(party.Name ?? "")} {Text(party.Phone!)}</td>
                <td>{Text(confirmation.Decision ?? "not confirmed yet")}</td></tr>
                """);
        page.Append($"""
            </table><h2>What was said</h2>
            <p class="transcript">{Text(body.Transcript.Length == 0 ? "Nothing was heard." : body.Transcript)}</p>
            <h2>How to check it</h2>
            <p class="small">SHA-256 of the canonical form (RFC 8785): {Text(body.ContractHash)}<br>
            SHA-256 of the audio: {Text(body.AudioSha256)}</p>
            </main></body></html>
            """);
        return page.ToString();
    }

    private static string Said(string? value, Evidence? evidence)
    {
        if (evidence is null) return "<span class=\"small\">not spoken of</span>";
        var shown = evidence.Disputed ? $"<span class=\"open\">not settled</span>{Candidates(evidence)}" : Text(value ?? "");
        var at = evidence.AtSeconds is { } seconds ? $" at {TimeSpan.FromSeconds(seconds):m\\:ss}" : "";
        return $"{shown}<span class=\"quote\">“{Text(evidence.Quote)}”{at}</span>";
    }

    private static string Question(string key, ContractBody body) =>
        body.Questions.TryGetValue(key, out var question) ? $"<span class=\"ask\">Ask: {Text(question)}</span>" : "";

    private static string Candidates(Evidence evidence) =>
        evidence.Alternatives.Count == 0 ? "" : ": "
            + Text(string.Join(" or ", evidence.Alternatives.Select(alternative => alternative.Value.ToString()).Distinct()));

    private static string? Value(string key, ContractBody body)
    {
        var terms = body.Terms;
        return key switch
        {
            "product" => terms.Product,
            "quantity" => terms.Quantity is { } quantity
                ? $"{TermsText.Amount(quantity)} {(terms.Unit is { } unit ? TermsText.Units(unit, quantity) : "")}" : null,
            "unit_price" => Money(terms.UnitPrice),
            "total_amount" => Money(terms.TotalAmount),
            "upfront_payment" => Money(terms.UpfrontPayment),
            "payment_terms" => terms.PaymentTerms,
            "delivery_location" => terms.DeliveryLocation,
            "delivery_date" => terms.DeliveryDate?.ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
            _ => terms.QualityRequirements is { } qualities ? string.Join(", ", qualities) : null,
        };

        string? Money(decimal? amount) => amount is { } value ? TermsText.Money(value, terms.Currency) : null;
    }

    private static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("d MMMM yyyy HH:mm", CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
