using Moq;
using Voice.Application.Conferences;
using Voice.Infrastructure.Phones;

namespace Voice.UnitTests.Conferences;

public class CreateConferenceValidatorTests
{
    private static readonly CreateConferenceValidator Validator = new(
        new NumberingPlan(), Mock.Of<IVoiceProvider>(provider => provider.Name == "Africa's Talking" && provider.MaxParties == 2));

    [Theory]
    [InlineData("+254712345678", "+254787654321")]
    [InlineData("+256712349081", "+2348012345678")]
    [InlineData("+14155552671", "+442071838750")]
    public void Two_possible_numbers_will_do(params string[] parties) => Problems(new() { Parties = parties }).Should().BeEmpty();

    [Fact]
    public void Parties_must_be_named() =>
        Problems(new()).Should().Equal("Parties: Name the parties: a list of at least two phone numbers.");

    [Theory]
    [InlineData]
    [InlineData("+254712345678")]
    public void One_party_is_no_conference(params string[] parties) =>
        Problems(new() { Parties = parties }).Should().Equal("Parties: A conference needs at least two parties.");

    [Fact]
    public void Too_many_parties_name_the_provider_and_its_limit_once() =>
        Problems(new() { Parties = Enumerable.Repeat("x", 10_000).ToArray() }).Should().Equal(
            "Parties: Africa's Talking records a call between at most 2 parties, but 10000 were named.");

    [Theory]
    [InlineData(null)]
    [InlineData("0712345678")]
    [InlineData("+25471234567\u0668")]
    public void A_number_in_another_form_is_named_by_its_place(string? party) =>
        Problems(new() { Parties = ["+254712345678", party] }).Should().ContainSingle().Which
            .Should().StartWith("Parties[1]: Give the phone number in E.164 form");

    [Theory]
    [InlineData("+2547123")]
    [InlineData("+254712345678901")]
    [InlineData("+9991234567")]
    public void A_number_that_no_country_has_is_refused(string party) =>
        Problems(new() { Parties = ["+254712345678", party] })
            .Should().Equal("Parties[1]: No phone number of this length exists in that country.");

    [Theory]
    [InlineData("+2540712345678", "+254712345678")]
    [InlineData("+2560712349081", "+256712349081")]
    [InlineData("+4402071838750", "+442071838750")]
    public void A_zero_that_is_dialled_at_home_only_is_told(string party, string meant) =>
        Problems(new() { Parties = ["+254787654321", party] })
            .Should().Equal($"Parties[1]: Leave out the 0 after the country code: {meant}.");

    [Fact]
    public void Nobody_can_talk_to_himself() =>
        Problems(new() { Parties = ["+254712345678", "+254712345678"] }).Should().Equal("Parties: The parties must be different numbers.");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(14401)]
    public void The_expected_duration_has_limits(int seconds) =>
        Problems(Valid with { ExpectedDuration = seconds })
            .Should().Equal("ExpectedDuration: The expected duration must be 1 to 14400 seconds.");

    [Theory]
    [InlineData("")]
    [InlineData("marriage")]
    [InlineData("Agricultural_Supply")]
    public void The_contract_type_is_one_of_six(string type) =>
        Problems(Valid with { ContractType = type }).Should().ContainSingle().Which
            .Should().StartWith("ContractType: The contract type must be one of: agricultural_supply,");

    private static CreateConference Valid => new() { Parties = ["+254712345678", "+254787654321"] };

    // Other tests in the process may have set the resolver that writes names in snake case.
    private static IEnumerable<string> Problems(CreateConference request) => Validator.Validate(request).Errors.Select(error =>
        error.PropertyName.Replace("parties", "Parties").Replace("contract_type", "ContractType")
            .Replace("expected_duration", "ExpectedDuration") + $": {error.ErrorMessage}");
}
