using System.Globalization;

namespace Voice.Domain.Contracts;

/// <summary>The terms in one text message (160 characters of GSM 03.38).</summary>
public static class ContractSummary
{
    private const int OneTextMessage = 160;

    /// <summary>The summary of what was read.</summary>
    public static string Of(TermsReading reading)
    {
        var terms = reading.Terms;
        var open = reading.Evidence.Where(entry => entry.Value.Disputed).Select(entry => entry.Key.Replace('_', ' ')).ToList();
        string[] parts =
        [
            Goods(reading),
            terms.UnitPrice is { } price ? $"{Money(price)} per {terms.Unit ?? "unit"}" : "",
            terms.TotalAmount is { } total ? $"total {Money(total)}" : "",
            terms.UpfrontPayment is { } upfront ? $"upfront {Money(upfront)}" : "",
            Delivery(terms),
            terms.PaymentTerms ?? "",
            string.Join(", ", terms.QualityRequirements),
            open.Count > 0 ? $"open: {string.Join(", ", open)}" : "",
        ];
        var said = parts.Where(part => part.Length > 0).ToList();
        if (said.Count == 0) return "No terms were heard in this call.";
        var text = Plain(string.Join("; ", said));
        text = char.ToUpperInvariant(text[0]) + text[1..] + ".";
        return text.Length <= OneTextMessage ? text : text[..(OneTextMessage - 3)] + "...";

        string Money(decimal amount) => TermsText.Money(amount, terms.Currency);
    }

    private static string Goods(TermsReading reading)
    {
        var terms = reading.Terms;
        var unit = terms.Unit is null or "piece" ? "" : TermsText.Units(terms.Unit, terms.Quantity);
        // "beans", as it was said, not the singular that the terms have.
        var product = terms.Product is not null && reading.Evidence.TryGetValue("product", out var named) ? named.Quote.ToLowerInvariant()
            : "";
        if (unit.Length > 0 && product.Length > 0) product = "of " + product;
        string[] words = [terms.Quantity is { } quantity ? TermsText.Amount(quantity) : "", unit, product];
        return string.Join(' ', words.Where(word => word.Length > 0));
    }

    private static string Delivery(ContractTerms terms)
    {
        string[] parts =
        [
            terms.DeliveryLocation is { } place ? $"to {place}" : "",
            terms.DeliveryDate is { } day ? $"on {day.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}" : "",
        ];
        return string.Join(' ', parts.Where(part => part.Length > 0));
    }

    // One character outside the GSM alphabet would halve what fits into a message.
    private static string Plain(string text) => new([.. text.Select(character => character switch
    {
        '’' or '‘' => '\'',
        '“' or '”' => '"',
        '–' or '—' => '-',
        < (char)128 => character,
        _ => '?',
    })]);
}
