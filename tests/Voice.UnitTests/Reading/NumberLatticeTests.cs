using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Voice.Domain.Reading;

namespace Voice.UnitTests.Reading;

public class NumberLatticeTests
{
    private static readonly string[] Units =
    [
        "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private static readonly string[] Swahili = ["", "moja", "mbili", "tatu", "nne", "tano", "sita", "saba", "nane", "tisa"];

    private static readonly string[] SwahiliTens = ["", "kumi", "ishirini", "thelathini", "arobaini", "hamsini", "sitini", "sabini",
        "themanini", "tisini"];

    /// <summary>The law: a number reads as itself or stays in doubt; never as its tail, and never as another number without
    /// doubt.</summary>
    [Property(MaxTest = 500)]
    public Property Every_number_is_read_as_itself_or_doubted() => Prop.ForAll(Gen.Choose(1, 10_000_000).ToArbitrary(), number =>
    {
        foreach (var text in Spellings(number))
            foreach (var sentence in (string[])[$"we sell at {text} shillings, okay?", $"we sell at {text} shillings okay"])
            {
                var words = new Words(sentence);
                var read = new NumberLattice(words, new TalkUnits(words), _ => false).All.ToList();
                var isRight = read is [var one] && one.Value == number;
                if (!isRight
                    && !(read.Count > 0
                    && read.All(part => part.Doubt != Doubt.None))) return false.Label($"'{sentence}' read as {string.Join(" | ", read)}");
            }
        return true.ToProperty();
    });

    [Theory]
    [InlineData("three thousand two hundred", 3200)]
    [InlineData("3 thousand 2 hundred", 3200)]
    [InlineData("three thousand 200", 3200)]
    [InlineData("2 million 500 thousand", 2500000)]
    [InlineData("10 000", 10000)]
    [InlineData("10\u00a0000", 10000)]
    [InlineData("10\u2009000", 10000)]
    [InlineData("10'000", 10000)]
    [InlineData("3 200", 3200)]
    [InlineData("3,20", 3.2)]
    [InlineData("12k", 12000)]
    [InlineData("two and a half million", 2500000)]
    [InlineData("elfu tatu mia mbili", 3200)]
    [InlineData("laki moja na nusu", 150000)]
    [InlineData("elfu kumi na mbili", 12000)]
    [InlineData("mia nne ishirini", 420)]
    public void A_number_is_read_whole(string text, decimal value) =>
        Read(text).Should().ContainSingle().Which.Should().Match<Number>(number => number.Value == value && number.Doubt == Doubt.None);

    [Theory]
    [InlineData("one fifty", 150)]
    [InlineData("one forty five", 145)]
    [InlineData("two two", 2200)]
    [InlineData("three five", 3500)]
    [InlineData("two eight fifty", 2850)]
    [InlineData("twelve five", 12500)]
    [InlineData("thousand five hundred", 1500)]
    [InlineData("10.000", 10)]
    public void A_short_or_cut_form_is_in_doubt(string text, decimal value) =>
        Read(text).Should().ContainSingle().Which.Should().Match<Number>(number => number.Value == value && number.Doubt != Doubt.None);

    [Fact]
    public void Two_numbers_that_ran_into_one_are_told_apart_by_arithmetic() =>
        Read("only eighty three thousand shillings per bag okay eighty bags two hundred and forty thousand").Select(number =>
            number.Value).Should().Equal(80, 3000, 80, 240000);

    [Fact]
    public void A_number_never_reaches_over_a_turn_and_what_a_pause_cut_is_in_doubt()
    {
        Read("only eighty. three thousand shillings").Select(number => number.Value).Should().Equal(80, 3000);
        Read("three thousand. two hundred shillings").Should().OnlyContain(number => number.Doubt == Doubt.Torn);
    }

    private static List<Number> Read(string text)
    {
        var words = new Words(text);
        return [.. new NumberLattice(words, new TalkUnits(words), _ => false).All];
    }

    private static IEnumerable<string> Spellings(int number)
    {
        yield return number.ToString(CultureInfo.InvariantCulture);
        yield return number.ToString("#,##0", CultureInfo.InvariantCulture);
        foreach (var separator in (string[])[" ", "\u00a0", "\u202f", "'"]) yield return number.ToString("#,##0",
            CultureInfo.InvariantCulture).Replace(",", separator, StringComparison.Ordinal);
        yield return English(number, and: true, digits: false);
        yield return English(number, and: false, digits: false);
        yield return English(number, and: false, digits: true);
        yield return Mixed(number, thousandsInWords: true);
        yield return Mixed(number, thousandsInWords: false);
        // "elfu hamsini na nane" is 58,000 to everybody, so nobody says 50,008 that way.
        if (number < 1_000_000 && !(number / 1000 % 10 == 0 && number / 1000 % 100 > 0 && number % 1000 is > 0 and < 10))
            yield return InSwahili(number);
    }

    private static string English(int number, bool and, bool digits)
    {
        var parts = new List<string>();
        if (number >= 1_000_000) parts.Add($"{Below(number / 1_000_000, and, digits)} million");
        if (number / 1000 % 1000 > 0) parts.Add($"{Below(number / 1000 % 1000, and, digits)} thousand");
        var rest = number % 1000;
        if (rest > 0) parts.Add((and && parts.Count > 0 && rest < 100 ? "and " : "") + Below(rest, and, digits));
        return string.Join(' ', parts);
    }

    private static string Below(int number, bool and, bool digits)
    {
        var parts = new List<string>();
        if (number >= 100) parts.Add($"{(digits ? $"{number / 100}" : Units[number / 100])} hundred");
        var rest = number % 100;
        if (rest > 0) parts.Add((and && number >= 100 ? "and " : "") + (digits ? $"{rest}" : rest < 20 ? Units[rest]
            : $"{Tens[rest / 10]} {Units[rest % 10]}".Trim()));
        return string.Join(' ', parts);
    }

    // "three thousand 200", "3 thousand two hundred"
    private static string Mixed(int number, bool thousandsInWords)
    {
        if (number < 1000) return Below(number, true, !thousandsInWords);
        var (head, rest) = (English(number / 1000 * 1000, true, !thousandsInWords), number % 1000);
        return rest == 0 ? head : $"{head} {(thousandsInWords ? $"{rest}" : Below(rest, true, false))}";
    }

    private static string InSwahili(int number)
    {
        var parts = new List<string>();
        if (number / 100_000 is > 0 and var laki) parts.Add($"laki {Swahili[laki]}");
        if (number / 1000 % 100 is > 0 and var elfu) parts.Add($"elfu {SwahiliBelow(elfu)}");
        if (number / 100 % 10 is > 0 and var mia) parts.Add($"mia {Swahili[mia]}");
        if (number % 100 is > 0 and var rest) parts.Add((parts.Count > 0 ? "na " : "") + SwahiliBelow(rest));
        return string.Join(' ', parts);
    }

    private static string SwahiliBelow(int number) => number < 10 ? Swahili[number] : number % 10 == 0 ? SwahiliTens[number / 10]
        : $"{SwahiliTens[number / 10]} na {Swahili[number % 10]}";
}
