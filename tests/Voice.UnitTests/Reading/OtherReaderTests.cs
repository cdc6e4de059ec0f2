using Voice.Domain.Contracts;
using Voice.Domain.Reading;
using Voice.Domain.Recordings;

namespace Voice.UnitTests.Reading;

/// <summary>Another reader beside the rules, such as a language model: heard, not believed.</summary>
public class OtherReaderTests
{
    private const string Agreed = "I want ten bags of maize. My price is four thousand shillings per bag. Make it three thousand. Okay.";

    // The rules know of no price here: nothing says what the figure is about.
    private const string Open = "Ten bags of maize. Only if it is dry. The usual. Two hundred shillings. Okay.";

    [Theory]
    [InlineData("unit_price", 3000, "three thousand")]
    [InlineData("unit_price", 3000, "Make it THREE thousand!")]
    [InlineData("quantity", 10, "ten bags of maize")]
    public void Whoever_says_the_same_changes_nothing(string term, int value, string quote) =>
        Read(Agreed, new ProposedTerm(term, value, quote, "Okay")).Should().BeEquivalentTo(Read(Agreed));

    [Theory]
    [InlineData("unit_price", 2000, "two thousand shillings per bag")] // Nobody said so.
    [InlineData("unit_price", 4000, "four thousand dollars per bag")]
    [InlineData("unit_price", 4500, "four thousand shillings per bag")] // Said, but not that.
    [InlineData("unit_price", 1000, "thousand shillings per bag")] // The tail of a number.
    [InlineData("unit_price", 4, "four")]
    [InlineData("unit_price", 4000, "")]
    [InlineData("unit_price", 4000, "…")]
    [InlineData("total_amount", 30000, "thirty thousand")]
    [InlineData("price", 4000, "four thousand shillings")]
    [InlineData("unit_price", -1, "okay")]
    public void What_was_not_said_is_nothing(string term, int value, string quote) =>
        Read(Agreed, new ProposedTerm(term, value, quote, "Okay")).Should().BeEquivalentTo(Read(Agreed));

    [Fact]
    public void Where_the_readers_disagree_the_term_is_disputed_with_both_candidates()
    {
        var reading = Read(Agreed, new ProposedTerm("unit_price", 4000, "four thousand shillings per bag", "Okay"));

        reading.Terms.UnitPrice.Should().BeNull();
        reading.Terms.Quantity.Should().Be(10);
        reading.Evidence["unit_price"].Should().Match<Evidence>(evidence => evidence.Disputed);
        reading.Evidence["unit_price"].Alternatives.Select(alternative => (alternative.Value, alternative.Superseded))
            .Should().BeEquivalentTo([((object)3000m, false), (4000m, false)]);
        reading.IsComplete.Should().BeFalse();
    }

    [Fact]
    public void A_figure_of_another_topic_is_a_candidate_too()
    {
        var reading = Read("Ten bags at three thousand shillings per bag. Okay. Transport is five hundred shillings. Okay.",
            new ProposedTerm("unit_price", 500, "five hundred shillings", "Okay"));

        reading.Terms.UnitPrice.Should().BeNull();
        reading.Evidence["unit_price"].Alternatives.Should().Contain(alternative => alternative.Value.Equals(500m)
            && alternative.Quote == "five hundred shillings");
    }

    [Theory]
    [InlineData(0.3, "thirty percent", 9000)]
    [InlineData(9000, "nine thousand shillings", 9000)]
    public void A_share_and_the_amount_it_comes_to_are_the_same(double value, string quote, int amount)
    {
        const string text = "Ten bags at three thousand shillings per bag. Okay. That is thirty thousand shillings in total. Yes. "
            + "I pay thirty percent first, nine thousand shillings. Agreed.";

        Read(text, new ProposedTerm("upfront_payment", (decimal)value, quote, "Agreed")).Terms.UpfrontPayment.Should().Be(amount);
    }

    [Fact]
    public void What_only_the_other_reader_can_place_stands_with_its_words_and_the_words_that_accept_it()
    {
        Read(Open).Terms.UnitPrice.Should().BeNull();

        var reading = Read(Open, new ProposedTerm("unit_price", 200, "Two hundred shillings", "Okay"));

        reading.Terms.UnitPrice.Should().Be(200);
        reading.Terms.Currency.Should().Be("KES");
        reading.Evidence["unit_price"].Should().Match<Evidence>(evidence => !evidence.Disputed && evidence.Quote == "Two hundred shillings");
    }

    [Theory]
    [InlineData(Open, null)] // It knows of no acceptance.
    [InlineData(Open, "Deal")] // Nobody said so.
    [InlineData(Open, "The usual")] // That was before.
    [InlineData(Open, "shillings")] // That is in the same breath.
    [InlineData("Ten bags of maize. The usual. Two hundred shillings. That is a fine day.", "That is a fine day")] // That is no assent.
    [InlineData("Ten bags of maize. The usual. Two hundred shillings. No. Okay.", "Okay")]
    [InlineData("Ten bags of maize. The usual. Two hundred shillings. Okay. Let us leave it.", "Okay")]
    [InlineData("Ten bags of maize. The usual. Two hundred shillings. Okay. Or two hundred and fifty.", "Okay")]
    public void It_does_not_stand_where_the_verifier_finds_anything_against_it(string text, string? accepting)
    {
        var reading = Read(text, new ProposedTerm("unit_price", 200, "Two hundred shillings", accepting));

        reading.Should().BeEquivalentTo(Read(text));
        reading.Terms.UnitPrice.Should().BeNull();
    }

    [Fact]
    public void Ones_own_acceptance_is_none_where_the_speakers_are_known()
    {
        const string text = "ten bags of maize the usual two hundred shillings okay";
        TermsReading Spoken(string second) => TermsReader.Read(
            new(text, [new(0, 17, 0, 1, 1, Speaker: "b"), new(18, 27, 1, 2, 1, true, "a"), new(28, 49, 2, 3, 1, true, "a"),
                new(50, 54, 3, 4, 1, true, second)]),
            ContractType.Default, new DateOnly(2026, 11, 24), null, [new("unit_price", 200, "two hundred shillings", "okay")]);

        Spoken("a").Terms.UnitPrice.Should().BeNull();
        Spoken("b").Terms.UnitPrice.Should().Be(200);
    }

    [Fact]
    public void What_it_adds_may_not_speak_against_what_the_rules_read()
    {
        const string text = "Ten bags of maize. Thirty thousand shillings in total. Okay. The usual. Two hundred shillings. Okay.";
        Read(text).Terms.TotalAmount.Should().Be(30000);

        Read(text, new ProposedTerm("unit_price", 200, "Two hundred shillings", "Okay")).Should().BeEquivalentTo(Read(text));
        Read(text.Replace("Two hundred", "Three thousand"), new ProposedTerm("unit_price", 3000, "Three thousand shillings", "Okay"))
            .Terms.UnitPrice.Should().Be(3000);
    }

    [Fact]
    public void Two_values_for_one_term_are_no_reading()
    {
        const string text = "Ten bags of maize. The usual. Two hundred shillings. Okay. The usual. Two hundred shillings. Nine hundred. Okay.";

        Read(text, new("unit_price", 200, "Two hundred shillings", "Okay"), new("unit_price", 900, "Nine hundred", "Okay"))
            .Terms.UnitPrice.Should().BeNull();
    }

    private static TermsReading Read(string text, params ProposedTerm[] proposed) =>
        TermsReader.Read(Transcript.Of(text), ContractType.Default, new DateOnly(2026, 11, 24), "+254712345678", proposed);
}
