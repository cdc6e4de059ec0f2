using FluentAssertions.Execution;
using Xunit.Abstractions;

namespace Voice.UnitTests.Reading;

/// <summary>The reading of terms against written negotiations; the figures stand in docs/accuracy.md.</summary>
public class TermsReaderScoreTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("public.json", 0.95, 0.90, 0.85)]
    [InlineData("phenomena.json", 0.90, 0.85, 0.80)]
    [InlineData("strangers.json", 0.85, 0.80, 0.80)]
    [InlineData("third.json", 0.80, 0.80, 0.75)]
    [InlineData("fourth.json", 0.80, 0.80, 0.75)]
    [InlineData("rules.json", 0.95, 0.90, 0.85)]
    [InlineData("held-back.json", 0.95, 0.90, 0.85)]
    [InlineData("fresh.json", 0.95, 0.90, 0.85)]
    public void No_money_term_is_wrong_without_being_disputed_and_most_are_read(string file, double written, double heard, double bare)
    {
        using var scope = new AssertionScope(); // Every form is told before the first failure.
        foreach (var (form, recall) in ((Form, double)[])[(Form.Written, written), (Form.Heard, heard), (Form.Bare, bare)])
        {
            var score = new Score();
            foreach (var call in Negotiation.Read(file)) score.Add(call, form);
            output.WriteLine($"{file} {form}: money precision {score.MoneyPrecision:F3}, recall {score.MoneyRecall:F3}, wrong {score.WrongMoney.Count}");
            output.WriteLine(score.Table());
            foreach (var wrong in score.WrongMoney) output.WriteLine("WRONG " + wrong);
            foreach (var miss in score.Misses) output.WriteLine(miss);

            score.WrongMoney.Should().BeEmpty($"what is stated as settled must be so ({file}, {form})");
            score.MoneyRecall.Should().BeGreaterThanOrEqualTo(recall, $"that much of what was agreed must be found ({file}, {form})");
        }
    }
}
