using Voice.Domain.Contracts;
using Voice.Domain.Reading;
using Voice.Domain.Recordings;

namespace Voice.UnitTests.Reading;

/// <summary>The steps of reading, each alone.</summary>
public class StepTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);

    [Fact]
    public void A_turn_ends_at_a_mark_a_pause_or_another_speaker()
    {
        TurnsOf(Transcript.Of("Three thousand. Okay? Deal.")).Should().Equal("Three thousand", "Okay", "Deal");
        TurnsOf(new("three thousand okay", [new(0, 14, 0, 1, 1), new(15, 19, 2, 3, 1, StartsTurn: true)])).Should().Equal("three thousand",
            "okay");
        TurnsOf(new("three thousand okay",
            [new(0, 14, 0, 1, 1, Speaker: "a"), new(15, 19, 1, 2, 1, Speaker: "b")])).Should().Equal("three thousand", "okay");
    }

    [Theory]
    [InlineData("Okay.", "Accept")]
    [InlineData("That is fine.", "Accept")]
    [InlineData("I'll take it.", "Close")]
    [InlineData("No.", "Refuse")]
    [InlineData("That is not okay.", "Refuse")]
    [InlineData("Let me ask my wife.", "Defer")]
    [InlineData("Let us leave it.", "Leave")]
    [InlineData("Five percent discount.", "Change")]
    [InlineData("Let us meet in the middle.", "Change")]
    [InlineData("Three thousand, okay?", "")]
    [InlineData("Your tomatoes are good, very good tomatoes.", "")]
    [InlineData("My brother says okay.", "")]
    [InlineData("Okay, bye.", "")]
    [InlineData("No rotten fish.", "")]
    public void An_act_is_what_words_do_where_they_stand(string text, string deeds) =>
        string.Join(' ', new Acts(new Words(text)).All.Select(act => act.Deed)).Should().Be(deeds);

    [Theory]
    [InlineData("Three thousand shillings per bag. Okay.", Answer.Accepted)]
    [InlineData("Three thousand shillings per bag. No.", Answer.Refused)]
    [InlineData("Three thousand shillings per bag. Let me think about it. Okay.", Answer.Refused)]
    [InlineData("Three thousand shillings per bag. The rains came late this year. Yes.", Answer.None)]
    [InlineData("Three thousand shillings per bag. Is the maize dry? Yes.", Answer.None)]
    [InlineData("Three thousand shillings per bag. Okay, two thousand eight hundred.", Answer.None)]
    public void A_figure_is_answered_by_what_follows_it(string text, object answer)
    {
        var talk = new Talk(Transcript.Of(text), ContractType.Default, Today);

        ((object)talk.Acceptance.Of(talk.Figures[0]).Answer).Should().Be(answer);
    }

    [Fact]
    public void Ones_own_okay_settles_nothing_where_the_speakers_are_known()
    {
        const string text = "ten bags at three thousand shillings per bag okay";
        TranscriptSegment[] Spoken(string second) =>
            [new(0, 44, 0, 3, 1, Speaker: "a"), new(45, 49, 3, 4, 1, StartsTurn: true, Speaker: second)];

        TermsReader.Read(new(text, Spoken("a")), ContractType.Default, Today).Terms.UnitPrice.Should().BeNull();
        TermsReader.Read(new(text, Spoken("b")), ContractType.Default, Today).Terms.UnitPrice.Should().Be(3000);
    }

    [Theory]
    [InlineData("Last year it was two thousand shillings per bag.")]
    [InlineData("My neighbour sold at two thousand shillings.")]
    [InlineData("Transport is two thousand shillings.")]
    [InlineData("If you are late you pay a penalty of two thousand shillings.")]
    [InlineData("The broker takes two thousand shillings.")]
    [InlineData("Take off two thousand shillings.")]
    [InlineData("The balance of two thousand shillings on delivery.")]
    public void A_figure_that_is_no_term_is_explained(string text) =>
        new Talk(Transcript.Of(text), ContractType.Default, Today).Figures.Should().OnlyContain(figure => figure.Topic == Topic.Explained);

    // The verifier asks nobody who made the proposal.
    [Theory]
    [InlineData("Ten bags at three thousand shillings per bag. Okay.", 3000, 3, null)]
    [InlineData("Ten bags at three thousand shillings per bag. Okay.", 2000, 3, Objection.NotTheNumber)]
    [InlineData("Ten bags at three thousand shillings per bag. Okay.", 3000, 0, Objection.NotTheNumber)]
    [InlineData("Ten bags at three thousand shillings per bag. Too much.", 3000, 3, Objection.NotAccepted)]
    [InlineData("Ten bags at three thousand shillings per bag. Okay. Make it two thousand nine hundred.", 3000, 3, Objection.NamedAnew)]
    [InlineData("Ten bags at three thousand shillings per bag. Okay. Let us leave it.", 3000, 3, Objection.PutOff)]
    [InlineData("Ten bags at three thousand shillings per bag. Okay. With five percent discount.", 3000, 3, Objection.Changed)]
    public void The_verifier_disputes_whoever_proposes(string text, int value, int from, object? objection)
    {
        var talk = new Talk(Transcript.Of(text), ContractType.Default, Today);

        var objections = new Verifier(talk).Objections([new("unit_price", Topic.UnitPrice, value, from, from + 2)]);

        (objections.TryGetValue("unit_price", out var found) ? (object?)found : null).Should().Be(objection);
    }

    [Fact]
    public void A_loan_never_has_a_unit_price()
    {
        var talk = new Talk(Transcript.Of("I lend you ten thousand shillings. Okay."), ContractType.Loan, Today);

        new Verifier(talk).Objections([new("unit_price", Topic.UnitPrice, 10000, 3,
            6)]).Should().ContainKey("unit_price").WhoseValue.Should().Be(Objection.NoSuchTerm);
        TermsReader.Read(talk.Transcript, ContractType.Loan, Today).Terms.Should().Match<ContractTerms>(terms =>
            terms.TotalAmount == 10000 && terms.UnitPrice == null);
    }

    [Theory]
    [InlineData("+254712345678", "KES", 25)]
    [InlineData("+256712345678", "UGX", 25)]
    [InlineData("+234712345678", "KES", 24)]
    [InlineData("+14155550100", "KES", 24)]
    [InlineData(null, "KES", 24)]
    public void The_day_and_the_shillings_are_those_of_the_partys_country(string? phone, string shillings, int day)
    {
        Region.Day(phone, new DateTimeOffset(2026, 11, 24, 22, 30, 0, TimeSpan.Zero)).Should().Be(new DateOnly(2026, 11, day));
        Region.Shillings(phone).Should().Be(shillings);
    }

    [Theory]
    [InlineData("I pay three thousand shillings per bag. My price is four thousand shillings per bag. Ten bags.", "unit_price",
        "Was the price KES 4,000 or KES 3,000 per bag?")]
    [InlineData("I want ten bags of maize. Okay.", "unit_price", "What is the price per bag?")]
    [InlineData("I want seventy bags of wheat. I have only fifty bags. No, I need seventy. I said fifty.", "quantity",
        "Were 50 or 70 bags agreed?")]
    [InlineData("Three thousand shillings per bag of maize. Okay.", "quantity", "How many bags were agreed?")]
    public void What_is_open_comes_with_a_question(string text, string term, string question) =>
        Questions.Of(TermsReader.Read(Transcript.Of(text), ContractType.Default, Today), ContractType.Default)[term].Should().Be(question);

    [Fact]
    public void What_stands_is_not_asked()
    {
        var reading = TermsReader.Read(Transcript.Of("Ten bags of maize at three thousand shillings per bag. Okay. Thirty thousand. Yes."),
            ContractType.Default, Today);

        Questions.Of(reading, ContractType.Default).Should().BeEmpty();
    }

    private static IEnumerable<string> TurnsOf(Transcript transcript)
    {
        var words = new Words(transcript);
        return Enumerable.Range(0, words.TurnCount).Select(words.Turn).Select(turn => words.Quote(turn.From, turn.To).Quote);
    }
}
