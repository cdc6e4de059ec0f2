using System.Globalization;
using Voice.Domain.Reading;

namespace Voice.Domain.Contracts;

/// <summary>Amounts as people read them.</summary>
public static class TermsText
{
    /// <summary>With separators and without needless zeros: <c>3,200</c>.</summary>
    public static string Amount(decimal amount) => amount.ToString("#,##0.##", CultureInfo.InvariantCulture);

    /// <summary>With the currency, where it is known: <c>KES 3,200</c>.</summary>
    public static string Money(decimal amount, string? currency) => $"{currency} {Amount(amount)}".Trim();

    /// <summary>The unit in the number that the quantity asks for: <c>bags</c>.</summary>
    public static string Units(string unit, decimal? quantity) => quantity == 1 ? unit : Vocabulary.Plural(unit);
}
