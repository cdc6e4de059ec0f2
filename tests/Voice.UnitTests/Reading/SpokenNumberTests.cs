using Voice.Domain.Reading;

namespace Voice.UnitTests.Reading;

public class SpokenNumberTests
{
    [Theory]
    [InlineData("three thousand two hundred shillings", 3200)]
    [InlineData("six hundred and forty thousand", 640000)]
    [InlineData("half a million", 500000)]
    [InlineData("a quarter of a million", 250000)]
    [InlineData("twelve hundred", 1200)]
    [InlineData("fifteen hundred shillings", 1500)]
    [InlineData("thirty percent", 30)]
    [InlineData("a dozen", 12)]
    [InlineData("two dozen eggs", 24)]
    [InlineData("half a dozen", 6)]
    [InlineData("a hundred and one", 101)]
    [InlineData("a million", 1000000)]
    [InlineData("two million and a half", 2500000)]
    [InlineData("one point five million", 1500000)]
    [InlineData("twenty two point two five million", 22250000)]
    [InlineData("one million two hundred and five thousand and ten", 1205010)]
    [InlineData("ninety-nine", 99)]
    [InlineData("one thousand two fifty", 1250)]
    [InlineData("3,200", 3200)]
    [InlineData("1,234,567.50", 1234567.5)]
    [InlineData("22.5 million", 22500000)]
    [InlineData("500k", 500000)]
    [InlineData("2 thousand", 2000)]
    public void Numbers_are_read_as_they_are_said(string text, decimal value) =>
        SpokenNumber.Read(new Words(text), 0)!.Value.Value.Should().Be(value);

    [Theory]
    [InlineData("one hundred and fifty ninety kilo bags", 150)]
    [InlineData("two hundred and bags", 200)]
    [InlineData("two hundred, three hundred", 200)]
    [InlineData("twenty. thousand", 20)]
    [InlineData("five m", 5)]
    [InlineData("and five", null)]
    [InlineData("a bag", null)]
    public void What_does_not_belong_to_a_number_does_not_change_it(string text, int? value) =>
        (SpokenNumber.Read(new Words(text), 0)?.Value).Should().Be(value);
}
