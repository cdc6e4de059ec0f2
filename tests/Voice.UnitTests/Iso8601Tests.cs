using Voice.Application;

namespace Voice.UnitTests;

public class Iso8601Tests
{
    [Theory]
    [InlineData("2024-01-15", "2024-01-15T00:00:00.0000000Z")]
    [InlineData("2024-01-15T10:00Z", "2024-01-15T10:00:00.0000000Z")]
    [InlineData("2024-01-15T10:00", "2024-01-15T10:00:00.0000000Z")]
    [InlineData("2024-01-15t10:00:00z", "2024-01-15T10:00:00.0000000Z")]
    [InlineData("2024-01-15 10:00:00", "2024-01-15T10:00:00.0000000Z")]
    [InlineData("2024-01-15T10:00:00.5Z", "2024-01-15T10:00:00.5000000Z")]
    [InlineData("2024-01-15T10:00:00,5Z", "2024-01-15T10:00:00.5000000Z")]
    [InlineData("2024-01-15T10:00:00.123456Z", "2024-01-15T10:00:00.1234560Z")]
    [InlineData("2024-01-15T10:00:00.123456789Z", "2024-01-15T10:00:00.1234567Z")]
    [InlineData("2024-01-15T13:00:00+03:00", "2024-01-15T10:00:00.0000000Z")]
    [InlineData("2024-01-15T13:00:00+0300", "2024-01-15T10:00:00.0000000Z")]
    [InlineData("2024-01-15T13:00+03", "2024-01-15T10:00:00.0000000Z")]
    [InlineData("2024-01-15 13:00:00.123456+03", "2024-01-15T10:00:00.1234560Z")]
    [InlineData("2024-01-15T05:00:00.000000000-05:00", "2024-01-15T10:00:00.0000000Z")]
    public void Times_are_read_as_tools_write_them(string text, string utc)
    {
        Iso8601.TryParse(text, out var time).Should().BeTrue();
        time.UtcDateTime.ToString("O").Should().Be(utc);
    }

    [Theory]
    [InlineData("")]
    [InlineData("T")]
    [InlineData("yesterday")]
    [InlineData("2024-13-01")]
    [InlineData("2024-02-30T10:00Z")]
    [InlineData("15/01/2024")]
    [InlineData("2024-01-15T25:00Z")]
    [InlineData("2024-01-15T10:00:00 Z")]
    [InlineData("2024-01-15Z10:00")]
    [InlineData("1705312800")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("٢٠٢٤-٠١-١٥")]
    public void Anything_else_is_none(string text) => Iso8601.TryParse(text, out _).Should().BeFalse();
}
