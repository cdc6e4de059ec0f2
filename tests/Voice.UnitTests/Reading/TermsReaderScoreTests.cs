using System.Globalization;
using FluentAssertions.Execution;
using Xunit.Abstractions;

namespace Voice.UnitTests.Reading;

/// <summary>The reading of terms against written negotiations; the figures stand in docs/accuracy.md.</summary>
public class TermsReaderScoreTests(ITestOutputHelper output)
{
    private static readonly string[] Sets =
        ["public.json", "other-hand.json", "second-hand.json", "phenomena.json", "fresh-2.json", "fresh-3.json", "fresh-4.json", "rules.json", "held-back.json", "fresh.json"];

    [Theory]
    [InlineData("public.json", 1, 1, 1)]
    [InlineData("other-hand.json", 0.85, 0.85, 0.80)]
    [InlineData("second-hand.json", 0.85, 0.85, 0.80)]
    [InlineData("phenomena.json", 0.98, 0.97, 0.96)]
    [InlineData("fresh-2.json", 0.94, 0.94, 0.90)]
    [InlineData("fresh-3.json", 0.96, 0.88, 0.88)]
    [InlineData("fresh-4.json", 0.98, 0.96, 0.89)]
    [InlineData("rules.json", 0.98, 0.98, 0.98)]
    [InlineData("held-back.json", 0.98, 0.98, 0.98)]
    [InlineData("fresh.json", 0.98, 0.98, 0.98)]
    public void No_money_term_is_wrong_without_being_disputed_and_most_are_read(string file, double written, double heard, double bare)
    {
        using var scope = new AssertionScope(); // Every form is told before the first failure.
        foreach (var (form, recall) in ((Form, double)[])[(Form.Written, written), (Form.Heard, heard), (Form.Bare, bare)])
        {
            var score = new Score();
            foreach (var call in Negotiation.Read(file)) score.Add(call, form);
            output.WriteLine(
                $"{file} {form}: money precision {score.MoneyPrecision:F3}, recall {score.MoneyRecall:F3}, wrong {score.WrongMoney.Count}");
            output.WriteLine(score.Table());
            foreach (var wrong in score.WrongMoney) output.WriteLine("WRONG " + wrong);
            foreach (var miss in score.Misses) output.WriteLine(miss);

            score.WrongMoney.Should().BeEmpty($"what is stated as settled must be so ({file}, {form})");
            score.MoneyRecall.Should().BeGreaterThanOrEqualTo(recall, $"that much of what was agreed must be found ({file}, {form})");
        }
    }

    [Fact]
    public void Confidence_says_at_most_how_often_such_a_reading_is_right()
    {
        var score = new Score();
        foreach (var form in Enum.GetValues<Form>())
            foreach (var call in Sets.SelectMany(Negotiation.Read)) score.Add(call, form);

        foreach (var bin in score.Reliability.GroupBy(read => (int)Math.Min(9, read.Confidence * 10)).OrderBy(bin => bin.Key))
        {
            var (mean, right) = (bin.Average(read => read.Confidence), bin.Average(read => read.IsRight ? 1.0 : 0));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {bin.Key / 10.0:F1} to {(bin.Key + 1) / 10.0:F1} | {bin.Count()} | {mean:F3} | {right:F3} |"));
            right.Should().BeGreaterThanOrEqualTo(mean, $"a confidence of {mean:F2} must not promise more than is kept");
        }
        output.WriteLine(score.Table());
    }
}
