using Voice.Domain.Contracts;
using Voice.Domain.Reading;
using Voice.Domain.Recordings;

namespace Voice.UnitTests.Reading;

/// <summary>Kinds of talk in which something is agreed without a plain yes to its figure, or a figure follows from others: each beside the
/// sentences that look like it and agree to nothing.</summary>
public class AgreementTests
{
    private const string Milk = "Milk is fifty five shillings a litre. I want four hundred litres. Can you do fifty? Fifty five. ";
    private const string Dearer = "Maize is three thousand shillings a bag. I pay two thousand eight hundred. ";
    private const string Bags = "Thirty bags at three thousand shillings each, ninety thousand. ";
    private const string Lamps = "Lamps are twenty dollars each, and you want six hundred. ";
    private const string Bananas = "Bananas are four hundred shillings a bunch at the farm. ";

    // Who pays, or undertakes to, has agreed to what the other's price makes.
    [Theory]
    [InlineData("Send me the number where I pay the twenty two thousand.", true)]
    [InlineData("Twenty two thousand then. I'm sending it now.", true)]
    [InlineData("I take twenty two thousand.", false)]
    [InlineData("I can pay twenty two thousand when I am paid.", false)]
    [InlineData("I don't pay twenty two thousand for milk.", false)]
    [InlineData("So I pay twenty two thousand? Too much, leave it.", false)]
    [InlineData("I would pay the twenty two thousand if it was cold.", false)]
    public void Who_undertakes_to_pay_what_the_price_makes_has_agreed(string text, bool isAgreed) =>
        Terms(Milk + text).UnitPrice.Should().Be(isAgreed ? 55 : null);

    [Theory]
    [InlineData("Would you take two thousand nine hundred? I'll take two thousand nine hundred.", 2_900)]
    [InlineData("Two thousand nine hundred, take it or leave it. Now you're talking, we'll take it.", 2_900)]
    [InlineData("I can't sell below two thousand nine hundred. I can live with two thousand nine hundred.", 2_900)]
    [InlineData("I can go to two thousand nine hundred. Two thousand nine hundred then, I send my lorry.", 2_900)]
    [InlineData("Two thousand nine hundred. Good, bring them on Monday.", 2_900)]
    [InlineData("Two thousand nine hundred. Okay, but you bring them. Fine.", 2_900)]
    [InlineData("Two thousand nine hundred, okay? Okay. You want beans also? No, another day.", 2_900)]
    [InlineData("Would you take two thousand nine hundred? I'll take three thousand.", null)]
    [InlineData("Two thousand nine hundred, take it or leave it. I leave it.", null)]
    [InlineData("I can't sell below two thousand nine hundred. Okay then, bye.", null)]
    [InlineData("Two thousand nine hundred. Two thousand eight hundred then, or I go.", null)]
    [InlineData("Make it two thousand nine hundred and we have a deal.", null)]
    [InlineData("Two thousand nine hundred. I'll take it if you bring it. I bring nothing.", null)]
    [InlineData("I said three thousand. Okay then.", null)]
    [InlineData("Two thousand nine hundred. I'm on the road, I'll call you when I stop. Okay.", null)]
    public void A_figure_is_taken_up_in_other_words_than_yes(string text, int? price) => Terms(Dearer + text).UnitPrice.Should().Be(price);

    // Nobody works out the sum of a price that he bargains over, and then speaks of how it is paid or brought.
    [Theory]
    [InlineData("Fifty four thousand. And you bring them to Thika.", true)]
    [InlineData("Fifty four thousand. When do you come? On Monday I'm there.", true)]
    [InlineData("Fifty four thousand. Half now and half when they are here.", true)]
    [InlineData("Fifty four thousand. That money I don't have. Then pay when you have it.", false)]
    [InlineData("Fifty four thousand. Hm. My wife keeps the money.", false)]
    [InlineData("Fifty four thousand. Your crates are small. They are like everybody's.", false)]
    [InlineData("Fifty four thousand. Hello? Are you there?", false)]
    [InlineData("Fifty four thousand. I'll come back on Friday. Friday I'm here.", false)]
    [InlineData("Fifty four thousand. I came with forty. Forty doesn't pay my workers. Bring the rest on Monday.", false)]
    public void A_sum_worked_out_and_acted_upon_closes_the_bargain(string text, bool isAgreed) =>
        Terms("A crate is two thousand shillings. One thousand five hundred. One thousand eight hundred. I have thirty crates. " + text)
            .UnitPrice.Should().Be(isAgreed ? 1_800 : null);

    [Theory]
    [InlineData("How long does it last? Ten years. I'll take it.", true)]
    [InlineData("Is it heavy? Not very. Consider it yours.", true)]
    [InlineData("And a charger? It is apart. I'll take the charger.", false)]
    [InlineData("Do you have red ones? I do. I am satisfied with the colour.", false)]
    [InlineData("Is it heavy? Very. I'll take it if my wife likes it.", false)]
    public void A_closing_word_reaches_back_over_what_lies_between(string text, bool isAgreed) =>
        Terms("The lamp is eight thousand shillings. Seven thousand. Seven thousand five hundred. " + text)
            .Should().Match<ContractTerms>(terms => (terms.TotalAmount ?? terms.UnitPrice) == (isAgreed ? 7_500 : null));

    [Theory]
    [InlineData("You still owe me six thousand. So I send you sixty thousand. Okay.", 66_000)]
    [InlineData("And six thousand for the lorry. So I send you seventy two thousand. Okay.", 66_000)]
    [InlineData("My brother has six thousand. Make it sixty thousand. Okay, sixty thousand.", null)]
    public void What_is_held_back_leaves_the_sum(string text, int? total) =>
        Terms("Twenty bags at three thousand three hundred, sixty six thousand shillings. Yes. " + text).TotalAmount
            .Should().Match(sum => sum == total || (total != null && sum == null));

    [Theory]
    [InlineData("I want four thousand shillings a sack. Three. We split it, okay? Okay. Ten sacks. Ten sacks, I keep them for you.", 10)]
    [InlineData("I want four thousand shillings a sack. I need ten sacks. Ten sacks? I'll think about it.", null)]
    public void A_number_said_by_both_is_kept_while_the_price_is_open(string text, int? quantity) =>
        Terms(text).Should().Match<ContractTerms>(terms => terms.Quantity == quantity && terms.UnitPrice == null);

    // What one would do, asks for oneself, or agrees to of something else.
    [Theory]
    [InlineData("I can do that load for fifty eight thousand shillings.")]
    [InlineData("You posted thirty eight thousand shillings. Yes.")]
    [InlineData("You're asking ninety thousand shillings for it? Yes, and it is in good shape.")]
    [InlineData("Twelve hundred shillings a net. Twelve hundred? Twelve hundred, yes.")]
    [InlineData("So twelve hundred shillings a kilo for the ghee? The taste is agreed, the price no.")]
    [InlineData("Six thousand shillings for the calf and the deal is done.")]
    [InlineData("I want five thousand shillings. Nobody will give you five thousand. Then it stays in the store.")]
    [InlineData("Forty thousand shillings. Forty, that's for a professor. Sir, I come with my own rollers.")]
    [InlineData("Three thousand shillings a bag. I can manage two thousand a bag.")]
    public void An_offer_an_echo_and_an_assent_to_something_else_settle_nothing(string text) =>
        Terms(text, ContractType.Logistics).Should().Match<ContractTerms>(terms => terms.UnitPrice == null && terms.TotalAmount == null);

    // A sum of its own stands beside the price of one.
    [Theory]
    [InlineData("Twelve chairs at 1,200 each, or ten thousand for ten. Then ten. Okay.")]
    [InlineData("Twelve bags at three thousand each, or twenty five thousand for ten. I take the ten. Okay.")]
    [InlineData("Twenty chairs at eight hundred shillings each, or seven thousand for ten. Okay, ten. Bring them.")]
    [InlineData("One pot is two thousand shillings. I'll take four for seven thousand. Okay, seven thousand for the four.")]
    [InlineData("One trip is six thousand shillings. Four trips for twenty thousand. Okay, twenty thousand for the four.")]
    public void The_price_of_one_is_not_that_of_a_lot_with_its_own_sum(string text) => Terms(text).UnitPrice.Should().BeNull();

    [Theory]
    [InlineData("Twelve chairs at 1,200 shillings each, or ten thousand for ten. Okay, twelve.", 1_200)]
    [InlineData("For ten I make it 1,200 shillings each. Okay, ten, twelve thousand. Yes.", 1_200)]
    public void A_lot_that_was_not_taken_leaves_the_price(string text, int price) => Terms(text).UnitPrice.Should().Be(price);

    // The sum, when it is not exactly what the price makes.
    [Theory]
    [InlineData(Bags + "Make it eighty nine thousand. Okay, eighty nine thousand.", 89_000)]
    [InlineData(Bags + "I remove two thousand, so eighty eight thousand. Okay, eighty eight thousand.", 88_000)]
    [InlineData(Bags + "Take off ten percent. Ten percent off, that is eighty one thousand. Agreed, eighty one thousand.", 81_000)]
    [InlineData("Four for six hundred shillings. Then count twenty. Twenty avocados, that is three thousand shillings. Correct.", 3_000)]
    [InlineData("Ten bags of beans at eight thousand shillings and fifteen bags of maize at three thousand. Okay. One hundred "
        + "and twenty five "
        + "thousand together. Yes.", 125_000)]
    [InlineData("Avocados are twenty four rand a kilo. Too much, nineteen? I can't lower it. I'll take them. Fifteen kilos, "
        + "please. That is "
        + "three hundred and sixty rand. Here is four hundred. And your change, forty.", 360)]
    [InlineData(Bags + "Make it eighty nine thousand. No.", null)]
    [InlineData(Bags + "I paid you two thousand. So eighty eight thousand. Okay, eighty eight thousand.", null)]
    [InlineData(Bags + "Make it sixty thousand. Okay, sixty thousand.", null)]
    [InlineData("How much for the twenty chairs? Forty thousand shillings for all of them. Okay. But I take only fifteen.", null)]
    public void A_sum_may_be_rounded_or_made_of_lots(string text, int? total) => Terms(text).TotalAmount.Should().Be(total);

    [Theory]
    [InlineData(Lamps + "Five percent off. That makes nineteen. Okay, nineteen dollars, eleven thousand four hundred "
        + "altogether. Agreed.", 19)]
    [InlineData(Bananas + "With transport it is four hundred and eighty. Okay, brought to Nairobi, four eighty. Fifty bunches.", 480)]
    [InlineData("The old price? Same as last time, three thousand shillings a bag? That's the one. Twenty bags. Okay.", 3_000)]
    [InlineData("Onions are two hundred shillings a net. At home they told me three hundred. Two hundred is okay. Fifty nets.", 200)]
    [InlineData("Fish is three hundred shillings a kilo. The other shop has it for two hundred. I said three hundred. Okay, three hundred.",
        300)]
    [InlineData("Rice is twenty five thousand shillings a bag. Twenty two five. Okay, twenty two five.", 22_500)]
    [InlineData("Goats are eight thousand shillings each and I take twelve. Okay. Ninety six thousand for the twelve. Yes.", 8_000)]
    [InlineData("Nights are ten thousand shillings a month. Okay. Every night you miss, I cut three hundred. Fine.", null)]
    public void A_price_is_told_from_what_is_said_beside_it(string text, int? price) => Terms(text).UnitPrice.Should().Be(price);

    // A loan is agreed to by what comes back, or when it is paid out.
    [Theory]
    [InlineData("I can lend you sixty thousand shillings. You return sixty six thousand. I agree.", true)]
    [InlineData("Lend us sixty thousand shillings. You bring back sixty six thousand. Nobody says no. Then the group gives you the sixty "
        + "thousand.", true)]
    [InlineData("I can't lend you more than sixty thousand shillings. That's fine.", true)]
    [InlineData("If you lend me sixty thousand shillings I return it in May. Okay, but I keep your bicycle. Fine.", true)]
    [InlineData("I can lend you sixty thousand shillings. You return sixty six thousand. That is a lot.", false)]
    [InlineData("I can lend you sixty thousand shillings. You return sixty six thousand. Yes, but I wanted eighty.", false)]
    [InlineData("I need eighty thousand. I give you sixty thousand shillings. You return sixty six. Please. I give you sixty "
        + "thousand.", false)]
    public void A_loan_is_agreed_to_with_what_comes_back(string text, bool isAgreed) =>
        Terms(text, ContractType.Loan).TotalAmount.Should().Be(isAgreed ? 60_000 : null);

    [Theory]
    [InlineData("All the twenty sheep, how much? Two hundred thousand shillings for all of them. They're yours.", 20)]
    [InlineData("Pens are twenty shillings. Remove two and I take fifteen. I remove two. Fifteen pens then. Yes, fifteen, okay.", 15)]
    [InlineData("The bull weighs three hundred kilos. Ninety thousand shillings. Okay, ninety thousand.", null)]
    [InlineData("They told me four hundred. Fifty sacks at three hundred shillings a sack. Okay, fifty sacks.", 50)]
    public void How_many_is_told_from_what_they_are(string text, int? quantity) => Terms(text).Quantity.Should().Be(quantity);

    private static ContractTerms Terms(string text, string contractType = ContractType.Default) =>
        TermsReader.Read(Transcript.Of(text), contractType, new(2026, 11, 24)).Terms;
}
