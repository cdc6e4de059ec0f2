using System.Text.Json.Nodes;
using Voice.Domain.Contracts;
using Voice.Domain.Reading;
using Voice.Domain.Recordings;

namespace Voice.UnitTests.Contracts;

public class ContractTests
{
    private static readonly ContractParty Buyer = new(PhoneNumber.Parse("+254712345678"), PartyRole.Buyer, "John Kamau");
    private static readonly ContractParty Seller = new(PhoneNumber.Parse("+254787654321"), PartyRole.Seller, null);

    [Fact]
    public void The_summary_is_one_text_message()
    {
        foreach (var negotiation in Negotiation.Read("rules.json"))
            Made(negotiation.Transcript).Summary.Should().Match<string>(summary => summary.Length > 0 && summary.Length <= 160
                && summary.All(character => character < 128));

        Made(ShortDeal).Summary.Should().Be("20 bags of cement; KES 750 per bag; total KES 15,000.");
        Made("Hello.").Summary.Should().Be("No terms were heard in this call.");
        Made("I pay three thousand shillings per bag. My price is four thousand shillings per bag.").Summary
            .Should().Contain("open: unit price");
    }

    [Fact]
    public void The_hash_changes_with_whatever_was_agreed_and_with_nothing_else()
    {
        var contract = Made(ShortDeal);

        Made(ShortDeal).Hash.Should().Be(contract.Hash);
        Made(ShortDeal.Replace("fifty", "sixty")).Hash.Should().NotBe(contract.Hash);
        Made(ShortDeal, Seller, Buyer).Hash.Should().NotBe(contract.Hash);
        JsonNode.Parse(contract.Canonical)!["terms"]!["total_amount"]!.GetValue<int>().Should().Be(15000);
    }

    [Fact]
    public void The_canonical_form_leads_back_to_the_contract()
    {
        foreach (var negotiation in Negotiation.Read("rules.json"))
        {
            var contract = Made(negotiation.Transcript) with { RecordingId = negotiation.Id };
            contract = contract with { Canonical = CanonicalContract.Write(contract) };

            CanonicalContract.Read(contract.Canonical, contract.Reading.Evidence, contract.Summary)
                .Should().BeEquivalentTo(contract with { Engine = null });
        }
    }

    [Fact]
    public void A_contract_is_of_its_recording_or_of_its_audio_and_who_talks_in_it()
    {
        var contract = Made(ShortDeal);

        (contract with { RecordingId = "conf_1" }).Subject.Should().Be("conf_1");
        contract.Subject.Should().Be("aa +254712345678 +254787654321").And.Be((contract with { Parties = [Seller, Buyer] }).Subject);
        contract.IsBetween([Seller, Buyer], ContractType.Default).Should().BeTrue();
        contract.IsBetween([Buyer with { Role = PartyRole.Seller }, Seller with { Role = PartyRole.Buyer }], ContractType.Default).Should()
            .BeFalse();
        contract.IsBetween([Seller, Buyer], "logistics").Should().BeFalse();
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

    private static Contract Made(string transcript, params ContractParty[] parties)
    {
        var talk = transcript == ShortDeal ? transcript + " Fifteen thousand shillings in total. Okay." : transcript;
        return Contract.Make(
            "ctr_1", recordingId: null, "aa", ContractType.Default, parties is [] ? [Buyer, Seller] : parties, transcript,
            SpeechEngine.Openai, TermsReader.Read(Transcript.Of(talk), ContractType.Default, new DateOnly(2026, 11, 22)),
                new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));
    }
}
