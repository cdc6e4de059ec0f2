using Voice.Domain.Contracts;
using Voice.Domain.Reading;
using Voice.Domain.Recordings;

namespace Voice.UnitTests.Reading;

public class TermsReaderTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Fact]
    public void Each_term_is_traced_to_its_words()
    {
        const string text = "I want two hundred bags of maize. The price is three thousand two hundred shillings per bag. Okay.";

        var reading = Read(text);

        reading.Evidence["unit_price"].Quote.Should().Be("three thousand two hundred shillings per bag");
        foreach (var evidence in reading.Evidence.Values) text[evidence.Start..evidence.End].Should().Be(evidence.Quote);
        reading.IsComplete.Should().BeTrue();
    }

    [Fact]
    public void A_corrected_figure_is_kept_as_superseded()
    {
        var reading =
            Read("Sixty bags of potatoes at two thousand eight hundred shillings per bag, no, "
                + "make it three thousand shillings per bag. Okay.");

        reading.Terms.UnitPrice.Should().Be(3000);
        reading.Evidence["unit_price"].Alternatives.Should().ContainSingle().Which.Should().Match<Alternative>(other => other.Superseded
            && other.Value.Equals(2800m));
    }

    [Fact]
    public void Two_figures_that_were_never_settled_are_disputed()
    {
        var reading = Read("I pay three thousand shillings per bag. My price is four thousand shillings per bag.");

        reading.Terms.UnitPrice.Should().BeNull();
        reading.Evidence["unit_price"].Should().Match<Evidence>(evidence => evidence.Disputed && evidence.Alternatives.Count == 2);
        reading.IsComplete.Should().BeFalse();
    }

    [Theory]
    [InlineData("Can you do three thousand shillings per bag? No, I cannot.")]
    [InlineData("Would you sell at three thousand shillings per bag? Let me think about it.")]
    [InlineData("I offer three thousand shillings per bag. That is too low.")]
    [InlineData("I offer three thousand shillings per bag. No way.")]
    public void A_price_that_was_refused_or_never_answered_is_no_price(string text) => Read(text).Terms.UnitPrice.Should().BeNull();

    [Fact]
    public void Figures_that_contradict_each_other_are_all_open()
    {
        var reading = Read("Twenty bags of cement at seven hundred and fifty shillings per bag. The total is sixteen thousand shillings.");

        reading.Terms.Should().Match<ContractTerms>(terms => terms.Quantity == null && terms.UnitPrice == null
            && terms.TotalAmount == null && terms.Unit == "bag");
        reading.IsComplete.Should().BeFalse();
    }

    [Fact]
    public void Arithmetic_decides_between_two_figures()
    {
        var reading =
            Read("Twenty bags of cement. I pay seven hundred shillings per bag. "
                + "I want eight hundred shillings per bag. Sixteen thousand shillings in total. Okay.");

        reading.Terms.UnitPrice.Should().Be(800);
    }

    [Theory]
    [InlineData("thirty percent", 192000)]
    [InlineData("half", 320000)]
    [InlineData("a quarter", 160000)]
    public void A_share_is_resolved_against_the_total(string share, decimal amount) =>
        Read($"Two hundred bags of maize at 3,200 shillings per bag, 640,000 shillings in total. I will pay {share} upfront. Okay.")
            .Terms.UpfrontPayment.Should().Be(amount);

    [Fact]
    public void A_share_of_nothing_known_is_open()
    {
        var reading = Read("I will pay thirty percent upfront.");

        reading.Terms.UpfrontPayment.Should().BeNull();
        reading.Evidence["upfront_payment"].Alternatives.Should().ContainSingle(alternative => alternative.Value.Equals("30%"));
    }

    [Theory]
    [InlineData("+254712345678", "KES")]
    [InlineData("+255712345678", "TZS")]
    [InlineData("+256712345678", "UGX")]
    public void Shillings_are_those_of_the_parties_country(string phone, string currency) =>
        Read("Ten bags of beans at nine thousand shillings per bag.", phone).Terms.Currency.Should().Be(currency);

    [Fact]
    public void A_figure_that_was_heard_badly_and_once_is_disputed_unless_arithmetic_bears_it_out()
    {
        Heard("ten bags of beans at nine thousand shillings per bag okay", 0.4).Terms.UnitPrice.Should().BeNull();
        Heard("ten bags of beans at nine thousand shillings per bag okay", 0.95).Terms.UnitPrice.Should().Be(9000);
        Heard("ten bags of beans at nine thousand shillings per bag ninety thousand shillings in total okay",
            0.4).Terms.UnitPrice.Should().Be(9000);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("...?!")]
    [InlineData("Hello, how are you? I am fine, thank you.")]
    [InlineData("percent per and and half of a the shillings KES")]
    public void Where_nothing_is_agreed_nothing_is_made_up(string text)
    {
        var reading = Read(text);

        reading.Terms.Should().BeEquivalentTo(new ContractTerms());
        reading.Evidence.Should().BeEmpty();
    }

    [Theory]
    [InlineData("I want 100 bags of beans. Let's do 3,000 per bag. No, 3,500. Okay fine, 3,200. Agreed.",
        "product=bean; quantity=100; unit=bag; unit_price=3200")]
    [InlineData("two hundred 90 kg bags of maize at thirty-two hundred shillings a bag. Okay.",
        "product=maize; quantity=200; unit=bag; unit_price=3200; currency=KES")]
    [InlineData("We agreed on KSh 5,000 deposit and the balance of KSh 20,000 on delivery. The total is KSh 25,000. Okay.",
        "total_amount=25000; currency=KES; upfront_payment=5000")]
    [InlineData("How many bags? Two hundred. At what price? Three thousand two hundred. Okay.", "quantity=200; unit=bag; unit_price=3200")]
    [InlineData("I'll sell you fifty goats for three hundred thousand shillings. Agreed.",
        "product=goat; quantity=50; unit=piece; total_amount=300000; currency=KES")]
    [InlineData("Between three and four thousand shillings per bag, we will see.", "unit=bag; currency=KES")]
    [InlineData("Maybe two hundred bags, maybe three hundred bags. I don't know yet.", "unit=bag")]
    [InlineData("If you take fifty bags I will give you three thousand shillings per bag. Okay, deal.",
        "quantity=50; unit=bag; unit_price=3000; currency=KES")]
    [InlineData("I think about three thousand shillings per bag. Hmm.", "unit=bag; currency=KES")]
    [InlineData("I paid you two thousand shillings yesterday. Today I need ten crates of eggs. Four hundred shillings per crate. Yes.",
        "product=egg; quantity=10; unit=crate; unit_price=400; currency=KES")]
    public void Talk_is_read_as_people_mean_it(string text, string terms) =>
        Score.Written(Read(text).Terms).Should().Be(terms);

    [Fact]
    public void Any_text_can_be_read()
    {
        var random = new Random(7);
        string[] words = [.. Negotiation.Read("rules.json").Concat(Negotiation.Read("adversary.json"))
            .SelectMany(negotiation => negotiation.Transcript.Split(' ')), .. Enumerable.Repeat("zero", 50), "0", "percent", "½", "١٢",
            "999999999999999999999999999999", "1e9", "\0", "‮", "🙂"];
        for (var round = 0; round < 2000; round++)
        {
            var text = string.Join(' ', random.GetItems(words, random.Next(1, 60)));

            var reading = Read(text);

            foreach (var evidence in reading.Evidence.Values) text[evidence.Start..evidence.End].Should().Be(evidence.Quote);
            foreach (var (term, evidence) in reading.Evidence.Where(entry =>
                entry.Value.Disputed)) evidence.Alternatives.Should().NotBeEmpty(term);
        }
    }

    private static TermsReading Read(string text, string? phone = null) =>
        TermsReader.Read(Transcript.Of(text), ContractType.Default, Today, phone);

    private static TermsReading Heard(string text, double confidence) =>
        TermsReader.Read(new(text, [new(0, text.Length, 0, 9, confidence)]), ContractType.Default, Today);
}
