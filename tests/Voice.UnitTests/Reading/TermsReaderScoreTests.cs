using System.Globalization;
using FluentAssertions.Execution;
using Voice.Domain.Reading;
using Xunit.Abstractions;

namespace Voice.UnitTests.Reading;

/// <summary>The reading of terms against written negotiations; the figures stand in docs/accuracy.md.</summary>
public class TermsReaderScoreTests(ITestOutputHelper output)
{
    private static readonly string[] Sets =
    [
        "public.json", "other-hand.json", "second-hand.json", "third-hand.json", "fourth-hand.json", "fifth-hand.json", "sixth-hand.json",
        "seventh-hand.json", "eighth-hand.json", "ninth-hand.json", "tenth-hand.json", "eleventh-hand.json", "adversary.json",
        "phenomena.json", "fresh-2.json", "fresh-3.json", "fresh-4.json", "rules.json", "held-back.json", "fresh.json",
    ];

    private static readonly Lazy<List<Negotiation>> Standing = new(() =>
        [.. Sets.SelectMany(Negotiation.Read).Where(call => HasPrice(call, ""))]);

    [Theory]
    [InlineData("public.json", 1, 1, 1)]
    [InlineData("other-hand.json", 0.97, 0.95, 0.91)]
    [InlineData("second-hand.json", 0.97, 0.96, 0.88)]
    [InlineData("third-hand.json", 0.88, 0.86, 0.77)]
    [InlineData("fourth-hand.json", 0.50, 0.49, 0.50)]
    [InlineData("fifth-hand.json", 0.94, 0.91, 0.85)]
    [InlineData("sixth-hand.json", 0.98, 0.93, 0.90)]
    [InlineData("seventh-hand.json", 0.86, 0.82, 0.80)]
    [InlineData("eighth-hand.json", 0.95, 0.87, 0.75)]
    [InlineData("ninth-hand.json", 0.99, 0.96, 0.92)]
    [InlineData("tenth-hand.json", 0.96, 0.91, 0.85)]
    [InlineData("eleventh-hand.json", 0.95, 0.93, 0.87)]
    [InlineData("adversary.json", 0.95, 0.92, 0.80)]
    [InlineData("phenomena.json", 1, 0.99, 0.94)]
    [InlineData("fresh-2.json", 0.96, 0.96, 0.90)]
    [InlineData("fresh-3.json", 0.97, 0.92, 0.90)]
    [InlineData("fresh-4.json", 1, 0.98, 0.92)]
    [InlineData("rules.json", 1, 1, 1)]
    [InlineData("held-back.json", 1, 1, 1)]
    [InlineData("fresh.json", 1, 1, 0.94)]
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

    // Said behind any deal, in words of any kind; nobody may read that the deal stands.
    [Theory]
    [InlineData("Wait, I have changed my mind.")]
    [InlineData("Sorry, I can't do it any more.")]
    [InlineData("Let me first ask my wife.")]
    [InlineData("Actually, give me until tomorrow to think.")]
    [InlineData("Hold on, I need to check with my partner before we agree.")]
    [InlineData("I will call you back with the answer.")]
    [InlineData("Hmm, I am not sure any more.")]
    [InlineData("Then I must think again.")]
    [InlineData("Nothing is agreed until my boss signs.")]
    [InlineData("I take it back, I can't afford it.")]
    [InlineData("Let us not fix anything today.")]
    [InlineData("I was only joking.")]
    [InlineData("We can talk about the price again tomorrow.")]
    [InlineData("Wait, my brother says it has gone up.")]
    [InlineData("Ah no, I spoke too soon.")]
    [InlineData("I would have to see it before I say yes.")]
    [InlineData("Sorry, it's already sold.")]
    [InlineData("Give me a few days to decide.")]
    [InlineData("If my sister agrees, I will let you know.")]
    [InlineData("You know what, cancel.")]
    [InlineData("The price went up this morning, I must add something.")]
    [InlineData("Then reduce it a little more.")]
    public void No_price_stands_where_the_deal_is_taken_back(string words)
    {
        Standing.Value.Should().HaveCountGreaterThan(300);
        Standing.Value.Where(call => HasPrice(call, " " + words)).Select(call => call.Id).Should().BeEmpty();
    }

    private static bool HasPrice(Negotiation call, string end) =>
        TermsReader.Read(Transcript.Of(call.Transcript + end), call.ContractType, call.Day, call.Phone).Terms
            is { UnitPrice: not null } or { TotalAmount: not null };

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
