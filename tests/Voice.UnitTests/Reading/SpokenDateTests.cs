using System.Globalization;
using Voice.Domain.Reading;

namespace Voice.UnitTests.Reading;

public class SpokenDateTests
{
    // A Sunday.
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Theory]
    [InlineData("fifteenth of March", "2027-03-15")]
    [InlineData("22nd November", "2026-11-22")]
    [InlineData("twenty first of November", "2027-11-21")]
    [InlineData("thirty first of December", "2026-12-31")]
    [InlineData("March 15", "2027-03-15")]
    [InlineData("March the fifteenth", "2027-03-15")]
    [InlineData("December fifth 2026", "2026-12-05")]
    [InlineData("1 March 2028", "2028-03-01")]
    [InlineData("29 February", "2028-02-29")]
    [InlineData("25/12/2026", "2026-12-25")]
    [InlineData("2026-12-25", "2026-12-25")]
    [InlineData("tomorrow", "2026-11-23")]
    [InlineData("Monday", "2026-11-23")]
    [InlineData("Sunday", "2026-11-29")]
    [InlineData("next Monday", "2026-11-23")]
    [InlineData("next Friday", "2026-11-27")]
    [InlineData("in three days", "2026-11-25")]
    [InlineData("within two weeks", "2026-12-06")]
    [InlineData("end of the month", "2026-11-30")]
    public void Days_are_relative_to_the_call(string text, string day) =>
        SpokenDate.Read(new Words(text), 0, Today)!.Value.Day.Should().Be(DateOnly.Parse(day, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("thirty second of March")]
    [InlineData("31 April 2027")]
    [InlineData("99/99/2026")]
    [InlineData("March")]
    [InlineData("fifteen bags")]
    [InlineData("in total")]
    public void What_is_no_day_is_none(string text) => SpokenDate.Read(new Words(text), 0, Today).Should().BeNull();
}
