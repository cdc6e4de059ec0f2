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
    [InlineData("end of next month", "2026-12-31")]
    [InlineData("end of February", "2027-02-28")]
    [InlineData("Friday next week", "2026-11-27")]
    [InlineData("the Friday of next week", "2026-11-27")]
    [InlineData("next week Friday", "2026-11-27")]
    [InlineData("next week on Friday", "2026-11-27")]
    [InlineData("this Friday", "2026-11-27")]
    [InlineData("a week from Friday", "2026-12-04")]
    [InlineData("Friday week", "2026-12-04")]
    [InlineData("two weeks from tomorrow", "2026-12-07")]
    [InlineData("two days after tomorrow", "2026-11-25")]
    [InlineData("three weeks after the 5th of December", "2026-12-26")]
    [InlineData("two days before the 5th of December", "2026-12-03")]
    [InlineData("three weeks from now", "2026-12-13")]
    [InlineData("the first Monday of December", "2026-12-07")]
    [InlineData("the last Friday of December", "2026-12-25")]
    [InlineData("the second Tuesday of next month", "2026-12-08")]
    [InlineData("Friday the 4th of December", "2026-12-04")]
    [InlineData("Friday 4 December", "2026-12-04")]
    [InlineData("Dec. 4th", "2026-12-04")]
    [InlineData("4 Sept", "2027-09-04")]
    [InlineData("15.03.2027", "2027-03-15")]
    [InlineData("kesho", "2026-11-23")]
    [InlineData("Ijumaa", "2026-11-27")]
    [InlineData("day after tomorrow", "2026-11-24")]
    [InlineData("today", "2026-11-22")]
    public void Days_are_relative_to_the_call(string text, string day) =>
        SpokenDate.Read(new Words(text), 0, Today)!.Value.Day.Should().Be(DateOnly.Parse(day, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("not Thursday")]
    [InlineData("not this Friday")]
    [InlineData("after Friday")]
    [InlineData("next week")]
    [InlineData("Friday the 5th of December")]
    [InlineData("the fifth Monday of December")]
    [InlineData("end of the week")]
    public void A_day_that_cannot_be_told_is_not_the_bare_day(string text)
    {
        var read = SpokenDate.Read(new Words(text), 0, Today);

        read.Should().NotBeNull();
        read!.Value.Day.Should().BeNull();
        new Words(text).Count.Should().Be(read.Value.Length, "no part of it may be read as a day of its own");
    }

    [Theory]
    [InlineData("thirty second of March")]
    [InlineData("31 April 2027")]
    [InlineData("99/99/2026")]
    [InlineData("March")]
    [InlineData("fifteen bags")]
    [InlineData("in total")]
    [InlineData("March three thousand")]
    public void What_is_no_day_is_none(string text) => SpokenDate.Read(new Words(text), 0, Today).Should().BeNull();
}
