using Voice.Domain.Reading;
using Xunit.Abstractions;

namespace Voice.UnitTests.Reading;

/// <summary>The reading of terms against written negotiations; the figures stand in docs/accuracy.md.</summary>
public class TermsReaderScoreTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("rules.txt")]
    [InlineData("held-back.txt")]
    [InlineData("fresh.txt")]
    public void Terms_are_read_as_well_as_documented(string file)
    {
        var score = new Score();
        foreach (var negotiation in Negotiation.Read(file))
            score.Add(negotiation, TermsReader.Read(Transcript.Of(negotiation.Transcript), negotiation.CallDay).Terms);
        output.WriteLine(score.Table());
        if (file != "held-back.txt") foreach (var error in score.Errors) output.WriteLine(error);

        foreach (var term in Negotiation.Terms)
        {
            score.Precision(term).Should().BeGreaterThanOrEqualTo(0.97, $"that much of what is read as {term} must be true ({file})");
            score.Recall(term).Should().BeGreaterThanOrEqualTo(0.90, $"that much of what is said of {term} must be found ({file})");
        }
    }
}
