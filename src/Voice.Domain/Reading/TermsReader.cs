using Voice.Domain.Contracts;

namespace Voice.Domain.Reading;

/// <summary>
/// Reads the terms of a contract from what was said. What was not said is null; a figure that was corrected gives way to the later one; figures that
/// were never settled, or that contradict each other (quantity × unit price = total), are disputed and therefore null. Nothing is made up.
/// </summary>
public static class TermsReader
{
    // Below this an engine's hearing of a figure must be borne out by arithmetic or by a repetition.
    private const double SureHearing = 0.8;

    private static readonly Dictionary<string, string> Shillings = new() { ["+255"] = "TZS", ["+256"] = "UGX", ["+252"] = "SOS" };

    /// <summary>Reads the terms.</summary>
    /// <param name="transcript">What was said.</param>
    /// <param name="callDay">The day of the call, to which "tomorrow" refers.</param>
    /// <param name="phone">A party's number in E.164 form: its country says whose shillings are meant where nobody says so.</param>
    public static TermsReading Read(Transcript transcript, DateOnly callDay, string? phone = null)
    {
        var words = new Words(transcript.Text);
        var reader = new FigureReader(words, callDay);
        var figures = reader.Read();
        var settlement = new Settlement(words, figures);
        var phrases = new PhraseReader(words, callDay);
        var evidence = new EvidenceWriter(words, transcript, reader.TimesSaid);

        var quantity = evidence.Figure("quantity", Settle(Topic.Quantity));
        var price = evidence.Figure("unit_price", Settle(Topic.UnitPrice));
        var total = evidence.Figure("total_amount", Settle(Topic.Total));
        var isWhole = quantity.Value * price.Value == total.Value && total.Value is not null;
        if (isWhole) evidence.BearOut("quantity", "unit_price", "total_amount");
        else if (quantity.Value is not null && price.Value is not null && total.Value is not null)
        {
            // Which of the three is wrong nobody can tell from here.
            evidence.Dispute("quantity", "unit_price", "total_amount");
            (quantity, price, total) = (default, default, default);
        }
        else if (total.Value is { } all && figures.Any(figure => figure.Topic == Topic.UnitPrice && figure.Value > all) && quantity.Value is not (> 0 and < 1))
        {
            // Less for all than somebody asked for one.
            evidence.Dispute("total_amount");
            total = default;
        }
        else if (Completed(quantity, price, total) is { } completed) (quantity, price, total) = completed;
        foreach (var doubtful in evidence.DisputeUnsure(SureHearing, "quantity", "unit_price", "total_amount"))
        {
            if (doubtful == "quantity") quantity = default;
            if (doubtful == "unit_price") price = default;
            if (doubtful == "total_amount") total = default;
        }

        var upfront = Upfront();
        var products = phrases.Products().ToList();
        var places = settlement.Of(phrases.Places().ToList());
        var days = settlement.Of(phrases.Days().ToList());
        var payment = phrases.Payments().LastOrDefault();
        var qualities = phrases.Qualities().DistinctBy(quality => quality.Value.ToLowerInvariant()).ToList();
        var terms = new ContractTerms
        {
            Product = evidence.Text("product", products.FirstOrDefault()),
            Quantity = quantity.Value,
            Unit = evidence.Text("unit", UnitMention()),
            UnitPrice = price.Value,
            TotalAmount = total.Value,
            Currency = evidence.Text("currency", CurrencyMention()),
            DeliveryLocation = evidence.Settled("delivery_location", places),
            DeliveryDate = evidence.Settled("delivery_date", days) is { Year: > 1 } day ? day : null,
            QualityRequirements = evidence.Texts("quality_requirements", qualities),
            UpfrontPayment = upfront,
            PaymentTerms = evidence.Text("payment_terms", payment),
        };
        return new TermsReading(terms, evidence.Entries);

        Settled<decimal>? Settle(Topic topic) => settlement.Of(figures.Where(figure => figure.Topic == topic).ToList());

        // Two figures that are settled bear out one of several candidates for the third.
        (Figure, Figure, Figure)? Completed(Figure quantity, Figure price, Figure total)
        {
            if (total.Value is { } all && quantity.Value is { } count and not 0 && evidence.Choose("unit_price", all / count) is { } one) return (quantity, new(one), total);
            if (total.Value is { } sum && price.Value is { } each and not 0 && evidence.Choose("quantity", sum / each) is { } many) return (new(many), price, total);
            return quantity.Value is { } number && price.Value is { } single && evidence.Choose("total_amount", number * single) is { } whole ? (quantity, price, new(whole)) : null;
        }

        decimal? Upfront()
        {
            // No arithmetic bears these out.
            var amount = Settle(Topic.Upfront) is { } named ? named with { IsSettled = named.IsSettled && !evidence.IsUnsure(named, SureHearing) } : null;
            var share = Settle(Topic.UpfrontShare) is { } part ? part with { IsSettled = part.IsSettled && !evidence.IsUnsure(part, SureHearing) } : null;
            if (amount is not null && (share is null || amount.Chosen.From > share.Chosen.From)) return evidence.Figure("upfront_payment", amount).Value;
            if (share is null) return null;
            var whole = total.Value ?? (evidence.IsDisputed("total_amount") ? null : quantity.Value * price.Value);
            return evidence.Share("upfront_payment", share, whole);
        }

        Mention<string>? UnitMention()
        {
            var named = figures.LastOrDefault(figure => figure is { Topic: Topic.Quantity, Unit: not null }) ?? figures.LastOrDefault(figure => figure is { Topic: Topic.UnitPrice, Unit: not null });
            return named is null ? null : new(Topic.Open, named.Unit!, named.From, named.To);
        }

        Mention<string>? CurrencyMention()
        {
            var money = figures.Where(figure => figure.IsMoney).ToList();
            var named = money.FirstOrDefault(figure => figure.Currency!.Length > 0) ?? money.FirstOrDefault();
            if (named is null) return null;
            var code = named.Currency!.Length > 0 ? named.Currency : Shillings.GetValueOrDefault(phone is { Length: > 4 } ? phone[..4] : "", "KES");
            return new(Topic.Open, code, named.From, named.To);
        }
    }
}

/// <summary>A figure as settled; null when it was not spoken of, or not settled.</summary>
internal readonly record struct Figure(decimal? Value);
