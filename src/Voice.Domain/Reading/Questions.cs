using Voice.Domain.Contracts;
using Voice.Domain.Recordings;

namespace Voice.Domain.Reading;

/// <summary>What to ask the parties, so that what was left open can be settled: one plain question for each disputed or missing
/// term.</summary>
public static class Questions
{
    /// <summary>The questions by the name of the term in the API; none for a term that stands, or that such a contract has
    /// not.</summary>
    /// <param name="reading">What was read.</param>
    /// <param name="contractType">What kind of agreement it is, one of <see cref="ContractType.All"/>.</param>
    public static IReadOnlyDictionary<string, string> Of(TermsReading reading, string contractType)
    {
        var terms = reading.Terms;
        var (isLoan, isOneSum) = (contractType == ContractType.Loan, contractType is ContractType.Service or ContractType.Logistics);
        var questions = new Dictionary<string, string>();
        var unit = terms.Unit ?? "unit";
        if (!isLoan)
        {
            Ask("product", terms.Product is null && !isOneSum, "What is sold?", Either("Is it", value => $"{value}"));
            Ask("quantity", terms.Quantity is null
                && !isOneSum, $"How many {Vocabulary.Plural(unit)} were agreed?", Either("Were", value =>
                $"{Number(value)}", $"{Vocabulary.Plural(unit)} agreed"));
            Ask("unit_price", terms.UnitPrice is null && terms.TotalAmount is null
                && !isOneSum, $"What is the price per {unit}?", Either("Was the price", Money, $"per {unit}"));
        }
        Ask("total_amount", terms.TotalAmount is null && (isLoan || (isOneSum && terms.UnitPrice is null)), isLoan ? "How much is lent?"
            : "What is the whole sum?", Either(isLoan ? "Was the loan" : "Was the whole sum", Money));
        Ask("currency", terms.Currency is null && (terms.UnitPrice ?? terms.TotalAmount) is not null, "In which currency is it paid?",
            Either("Is it paid in", value => $"{value}"));
        Ask("upfront_payment", false, "How much is paid before delivery?", Either("Is the payment before delivery", value =>
            value is string share ? $"{share} of the total" : Money(value)));
        Ask("delivery_location", false, "Where is it handed over?", Either("Is it handed over in", value => $"{value}"));
        Ask("delivery_date", false, "On which day is it handed over?", Either("Is it handed over on", value => value is DateOnly day
            ? day.ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture) : $"{value}"));
        return questions;

        void Ask(string term, bool isMissing, string open, Func<string, string?> choice)
        {
            if (reading.Evidence.TryGetValue(term, out var evidence) && evidence.Disputed) questions[term] = choice(term) ?? open;
            else if (isMissing) questions[term] = open;
        }

        // "Was the price 2,800 or 2,900 shillings per bag?"
        Func<string, string?> Either(string start, Func<object, string> write, string end = "") => term =>
        {
            var values = reading.Evidence[term].Alternatives.Where(alternative => !alternative.Superseded).Select(alternative =>
                write(alternative.Value)).Distinct().ToList();
            if (values.Count is 0 or > 4) return null;
            var choices = values.Count == 1 ? values[0] : $"{string.Join(", ", values[..^1])} or {values[^1]}";
            return $"{start} {choices} {end}".TrimEnd() + "?";
        };

        string Money(object value) => value is decimal amount ? TermsText.Money(amount, terms.Currency) : $"{value}";

        static string Number(object value) => value is decimal amount ? TermsText.Amount(amount) : $"{value}";
    }
}
