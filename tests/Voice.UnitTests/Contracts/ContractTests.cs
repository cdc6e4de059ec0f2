using System.Text.Json.Nodes;
using Voice.Domain.Contracts;
using Voice.Domain.Reading;
using Voice.Domain.Recordings;
using Voice.UnitTests.Reading;

namespace Voice.UnitTests.Contracts;

public class ContractTests
{
    private static readonly ContractParty Buyer = new(PhoneNumber.Parse("+254712345678"), "buyer", "John Kamau");
    private static readonly ContractParty Seller = new(PhoneNumber.Parse("+254787654321"), "seller", null);

    [Fact]
    public void The_summary_is_one_text_message()
    {
        foreach (var negotiation in Negotiation.Read("rules.json"))
            Made(negotiation.Transcript).Summary.Should().Match<string>(summary => summary.Length > 0 && summary.Length <= 160 && summary.All(character => character < 128));

        Made(ShortDeal).Summary.Should().Be("20 bags of cement; KES 750 per bag; total KES 15,000.");
        Made("Hello.").Summary.Should().Be("No terms were heard in this call.");
        Made("I pay three thousand shillings per bag. My price is four thousand shillings per bag.").Summary.Should().Contain("open: unit price");
    }

    [Fact]
    public void The_hash_changes_with_whatever_was_agreed_and_with_nothing_else()
    {
        var contract = Made(ShortDeal);

        Made(ShortDeal).Hash.Should().Be(contract.Hash);
        Made(ShortDeal.Replace("fifty", "sixty")).Hash.Should().NotBe(contract.Hash);
        (contract with { Parties = [Seller, Buyer] }).Hash.Should().NotBe(contract.Hash);
        JsonNode.Parse(contract.Canonical)!["terms"]!["total_amount"]!.GetValue<int>().Should().Be(15000);
    }

    [Fact]
    public void The_fingerprint_does_not_ask_in_which_order_parties_are_named()
    {
        var one = Contract.Fingerprint("aa", [Buyer, Seller], "other");

        Contract.Fingerprint("aa", [Seller, Buyer], "other").Should().Be(one);
        Contract.Fingerprint("ab", [Buyer, Seller], "other").Should().NotBe(one);
        Contract.Fingerprint("aa", [Buyer, Seller with { Role = "witness" }], "other").Should().NotBe(one);
        Contract.Fingerprint("aa", [Buyer, Seller], "logistics").Should().NotBe(one);
    }

    [Theory]
    [InlineData("bag", 1, "bag")]
    [InlineData("bag", 200, "bags")]
    [InlineData("box", 100, "boxes")]
    [InlineData("bunch", 5, "bunches")]
    [InlineData("lorry", 2, "lorries")]
    public void Units_are_in_the_number_of_their_quantity(string unit, int quantity, string shown) => TermsText.Units(unit, quantity).Should().Be(shown);

    [Fact]
    public void Every_unit_has_a_plural_that_is_read_as_that_unit()
    {
        foreach (var unit in Vocabulary.Units.Values.Distinct()) Vocabulary.Units[TermsText.Units(unit, 2)].Should().Be(unit);
    }

    [Fact]
    public void A_code_fits_its_own_hash_only()
    {
        var code = ConfirmationCode.New();
        var hash = ConfirmationCode.Hash(code);

        code.Should().MatchRegex("^[0-9]{6}$");
        hash.Should().NotContain(code).And.NotBe(ConfirmationCode.Hash(code), "each has its own salt");
        ConfirmationCode.Fits(code, hash).Should().BeTrue();
        ConfirmationCode.Fits(code == "000000" ? "000001" : "000000", hash).Should().BeFalse();
    }

    private const string ShortDeal = "Twenty bags of cement at seven hundred and fifty shillings per bag. Okay.";

    private static Contract Made(string transcript) => new()
    {
        ContractId = "ctr_1",
        AudioSha256 = "aa",
        ContractType = ContractType.Default,
        Parties = [Buyer, Seller],
        Transcript = transcript,
        Reading = TermsReader.Read(Transcript.Of(transcript == ShortDeal ? transcript + " Fifteen thousand shillings in total. Okay." : transcript), ContractType.Default, new DateOnly(2026, 11, 22)),
        CreatedAt = new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero),
    };
}
