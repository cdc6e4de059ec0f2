using FsCheck;
using FsCheck.Xunit;
using Voice.Application.Contracts;
using Voice.Infrastructure.Phones;

namespace Voice.UnitTests;

public class LineRuleTests
{
    private static readonly ContractDetailsValidator Validator = new(new NumberingPlan());

    [Property]
    public void A_name_with_a_control_or_a_bidi_control_inside_is_refused_by_its_field(NonNegativeInt place)
    {
        var refused = Enumerable.Range(0, 32).Concat(Enumerable.Range(0x7f, 33)).Concat([0x2028, 0x2029])
            .Concat(Enumerable.Range(0x202a, 5)).Concat(Enumerable.Range(0x2066, 4)).Select(code => (char)code).ToList();

        foreach (var character in refused)
            Problems($"John Kamau".Insert(1 + place.Get % 9, $"{character}")).Should().ContainSingle($"{(int)character:x4}").Which
                .Should().MatchEquivalentOf("parties[1].name: The name must be one line of text, without control characters.");
    }

    [Theory]
    [InlineData("John Kamau")]
    [InlineData("Wanjikũ wa Ng'ang'a")]
    [InlineData("مریم می\u200cخواهد")]
    [InlineData("李小龍")]
    public void A_name_of_any_script_is_taken_as_it_is_and_spaces_around_it_do_not_count(string name)
    {
        Problems($" {name}\u00a0").Should().BeEmpty();
        Details($" {name}\u00a0").ToOrder().Parties[1].Name.Should().Be(name);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \u00a0\u3000")]
    [InlineData("\u200b")]
    public void A_name_of_which_nothing_is_seen_is_none(string name)
    {
        Problems(name).Should().BeEmpty();
        Details(name).ToOrder().Parties[1].Name.Should().BeNull();
    }

    private static ContractDetails Details(string name) => new()
    {
        Parties = [new() { Phone = "+254712345678", Role = "buyer" }, new() { Phone = "+254787654321", Role = "seller", Name = name }],
    };

    private static IEnumerable<string> Problems(string name) =>
        Validator.Validate(Details(name)).Errors.Select(error => $"{error.PropertyName}: {error.ErrorMessage}");
}
