using Voice.Domain.Reading;
using Voice.Domain.Recordings;

namespace Voice.UnitTests.Reading;

/// <summary>Kinds of talk in which a figure is not, or no longer, what was agreed: each in several wordings, and in each the term stays
/// silent or says the value that stands.</summary>
public class DoubtTests
{
    private const string Crates = "Fifty crates at eight hundred shillings a crate. Okay. ";
    private const string Mangoes = "A hundred crates at seven hundred shillings a crate, seventy thousand. Okay. ";
    private const string Stove = "The stove is forty thousand shillings. Okay, forty thousand. ";
    private const string Fridge = "The fridge is thirty thousand shillings. ";
    private const string Gate = "The gate is eighty thousand shillings. Sixty. Seventy. ";
    private const string Beds = "Forty beds at six thousand shillings each. Okay. ";
    private const string Wheat = "Thirty bags at four thousand shillings. ";

    // The price of another order, or of a case that is not this one, is no price of this one.
    [Theory]
    [InlineData(Crates + "And if we order again in June? Seven fifty. Fine.")]
    [InlineData(Crates + "For the next order I give you seven fifty. Good.")]
    [InlineData(Crates + "If you take two hundred it is seven hundred. Okay.")]
    [InlineData(Crates + "And if I send my own truck? Then seven fifty. Sawa.")]
    [InlineData(Crates + "Next time I make it seven fifty. Good.")]
    public void An_offer_for_another_case_is_no_price(string text) => (Terms(text).UnitPrice ?? 800).Should().Be(800);

    // Who has yet to think, look or ask has not agreed, and "okay" behind that is said to it.
    [Theory]
    [InlineData(Fridge + "Let me look at the other one first. Okay, I am here.")]
    [InlineData(Fridge + "I will ask my husband. Alright. Thirty thousand, tell him.")]
    [InlineData(Fridge + "My wife will decide. Okay, thirty is good. She comes tomorrow.")]
    [InlineData(Fridge + "I must think. No problem, thirty thousand.")]
    [InlineData(Fridge + "Give me time to decide. Sawa. Sawa.")]
    [InlineData(Wheat + "Hello? Yes, I hear you. The line is bad.")]
    [InlineData(Wheat + "Yes yes. The network is bad. I will call again.")]
    [InlineData(Wheat + "Okay? Hello? I can't hear you.")]
    [InlineData(Wheat + "I said four thousand. Yes. I hear nothing, let me call again.")]
    public void An_okay_to_a_deferral_or_over_a_bad_line_agrees_to_nothing(string text) => HasPrice(text).Should().BeFalse();

    // A sum is stale when the number it was made from is another.
    [Theory]
    [InlineData(Mangoes + "I take only sixty crates. Fine.")]
    [InlineData(Mangoes + "Sorry, make it sixty crates. Sixty, okay.")]
    [InlineData(Mangoes + "They counted, it is ninety crates. Ninety, fine.")]
    [InlineData(Mangoes + "The truck takes eighty crates. Then eighty crates. Good.")]
    [InlineData(Mangoes + "Add twenty crates. Okay.")]
    public void Another_number_leaves_no_old_sum(string text) => Terms(text).TotalAmount.Should().BeNull();

    // What is agreed to for another thing, or is left when something was paid, takes no sum's place.
    [Theory]
    [InlineData(Stove + "And the belt is ninety dollars. Fine, ninety dollars.")]
    [InlineData(Stove + "And fitting it is six thousand. Fine, six thousand.")]
    [InlineData(Stove + "I gave you fifteen thousand in May. Then twenty five thousand is left. Okay, twenty five.")]
    [InlineData(Stove + "I paid you ten thousand already. So I bring thirty thousand. Okay, thirty thousand.")]
    [InlineData(Stove + "And for the old one I give you eight thousand. Okay, eight.")]
    public void A_sum_of_something_else_is_not_the_sum(string text) => (Terms(text).TotalAmount ?? 40_000).Should().Be(40_000);

    // One bargains over a percent without saying it again.
    [Theory]
    [InlineData("I need fifty percent upfront. Thirty. Okay, thirty.", 72_000)]
    [InlineData("I need fifty percent upfront. Forty. Okay, forty.", 96_000)]
    [InlineData("Half upfront? Thirty percent. Forty. Okay, forty.", 96_000)]
    [InlineData("Ten percent deposit. Twenty. Fifteen. Okay, fifteen.", 36_000)]
    [InlineData("A deposit of thirty percent. Make it twenty. Fine.", 48_000)]
    public void A_bare_number_behind_a_percent_is_one(string text, int upfront) =>
        (Terms(Beds + text).UpfrontPayment ?? upfront).Should().Be(upfront);

    // Two have met where both name what lies between their offers, without a condition or scorn, and go on.
    [Theory]
    [InlineData("Seventy, I'm sending it.", true)]
    [InlineData("Seventy. I load it now.", true)]
    [InlineData("Seventy is for my enemies. Send it back.", false)]
    [InlineData("Seventy, but you bring it. No. I bring my car.", false)]
    [InlineData("Seventy? Load it.", false)]
    [InlineData("Seventy if you add the cushion. I send it without.", false)]
    [InlineData("Seventy, and you paint it. I don't paint. Bring it.", false)]
    public void The_middle_that_both_name_is_agreed(string text, bool isAgreed) => HasPrice(Gate + text).Should().Be(isAgreed);

    [Theory]
    [InlineData("I pay three thousand three hundred shillings today, in your hand. Okay. Ten bags. Thirty three thousand. Yes.")]
    [InlineData("Forty bags at three thousand now and sixty bags at three thousand two hundred in December. Okay.")]
    [InlineData("I send three thousand shillings now for each bag. Okay, twenty bags. Sixty thousand. Yes.")]
    [InlineData("Twelve goats at two thousand shillings. Okay. I pay twenty four thousand before I load. Okay.")]
    [InlineData("Cash today, two thousand shillings. Okay. Fifty bags, one hundred thousand. Okay.")]
    public void What_is_paid_for_each_or_for_all_is_no_upfront_payment(string text) => Terms(text).UpfrontPayment.Should().BeNull();

    [Theory]
    [InlineData("You send me half before. No money before, everything when the bags are here. Okay.")]
    [InlineData("You give me thirty percent first. Everything on delivery. Okay, on delivery.")]
    [InlineData("Thirty thousand before loading. You get all the money after loading. Fine.")]
    [InlineData("I need half in advance. My company pays after delivery only. Okay.")]
    [InlineData("and you send me half before. no nothing before. i pay all when i see the bags. okay.")]
    public void What_is_paid_later_as_a_whole_leaves_nothing_upfront(string text) =>
        Terms("Forty bags at two thousand shillings. Agreed. " + text).UpfrontPayment.Should().BeNull();

    // Each says his own figure again, and one parts.
    [Theory]
    [InlineData("Fifty shillings a kilo. Forty two. Fifty. Forty two, I have no more. Hm. Okay, you call me. Okay.")]
    [InlineData("Two thousand shillings a bag. One thousand. Two thousand. One thousand. Okay, I'll call you. Okay.")]
    public void An_okay_with_a_call_put_off_agrees_to_nothing(string text) => HasPrice(text).Should().BeFalse();

    [Theory]
    [InlineData("Ten bags at four dollars forty. Four ten. Four twenty five. Okay, four twenty five.", 4.25)]
    [InlineData("Eighteen cedis each. Sixteen fifty. Okay, sixteen fifty each, ten bags. One hundred and sixty five. Yes.",
        16.5)]
    [InlineData("Twenty two thousand shillings a sack. Twenty thousand a sack. Okay. So twenty a sack. Yes.", 20_000)]
    [InlineData("Sesame at sixty dollars a bag. The dollar is one hundred and thirty shillings. Ten bags, six hundred dollars. Yes.",
        60)]
    [InlineData("Transport is zero. Ten bags at three thousand shillings a bag. Okay. Thirty thousand. Yes.", 3_000)]
    [InlineData("The plate is K D J four one two. Ten bags at three thousand shillings a bag. Okay.", 3_000)]
    [InlineData("On the twenty eighth I take ten bags at three thousand shillings a bag. Okay.", 3_000)]
    [InlineData("Gunia kumi za viazi. Kwa elfu mbili per bag. Sawa. Elfu ishirini. Sawa.", 2_000)]
    public void A_price_is_heard_as_it_is_meant(string text, decimal price) => Terms(text).UnitPrice.Should().Be(price);

    [Theory]
    [InlineData("How much did you sell to Otieno? Two thousand five hundred shillings a bag. Okay. And me?")]
    [InlineData("What did the hotel pay? Two thousand five hundred shillings a bag. Okay.")]
    [InlineData("He offered two hundred thousand shillings. Will you take one ninety? One eighty. Okay, one eighty.")]
    public void What_another_paid_and_what_lacks_its_thousands_is_no_price(string text) => HasPrice(text).Should().BeFalse();

    private static bool HasPrice(string text) => Terms(text) is { UnitPrice: not null } or { TotalAmount: not null };

    private static Voice.Domain.Contracts.ContractTerms Terms(string text) =>
        TermsReader.Read(Transcript.Of(text), ContractType.Default, new(2026, 11, 24)).Terms;
}
