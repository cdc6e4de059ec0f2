using Voice.Domain.Recordings;

namespace Voice.UnitTests.Recordings;

public class PhoneNumberTests
{
    [Theory]
    [InlineData("+254712345678")]
    [InlineData("+1234567")]
    [InlineData("+123456789012345")]
    public void E164_numbers_are_read(string text) => PhoneNumber.TryParse(text, out _).Should().BeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("254712345678")]
    [InlineData("+0712345678")]
    [InlineData("+123456")]
    [InlineData("+1234567890123456")]
    [InlineData("+254 712 345 678")]
    [InlineData("+٢٥٤٧١٢٣٤٥٦٧٨")]
    [InlineData("+254712345678\n")]
    [InlineData("+25471234567a")]
    public void Anything_else_is_refused(string? text) => PhoneNumber.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void It_is_masked_wherever_it_is_printed()
    {
        var number = PhoneNumber.Parse("+254712345678");

        $"{number}".Should().Be("+2547…678");
        number.Masked.Should().Be("+2547…678");
    }
}
