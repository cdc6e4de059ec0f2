using FsCheck.Xunit;
using Voice.Api.Pages;
using Voice.Domain.Contracts;

namespace Voice.UnitTests.Api;

public class PassageTests
{
    private const string Transcript = "two hundred bags of maize at three thousand";

    [Property]
    public void However_terms_lie_the_passages_are_the_whole_transcript_and_know_whose_words_they_are((sbyte From, sbyte To)[] spans)
    {
        var evidence = spans.Index().ToDictionary(
            span => $"term{span.Index}", span => new Evidence("", span.Item.From, span.Item.To, null, 1, false, []));

        var passages = Passage.Of(Transcript, evidence);

        string.Concat(passages.Select(passage => passage.Text)).Should().Be(Transcript);
        var at = 0;
        foreach (var passage in passages)
        {
            for (var end = at + passage.Text.Length; at < end; at++)
                passage.Terms.Should().BeEquivalentTo(
                    evidence.Where(term => term.Value.Start <= at && at < term.Value.End).Select(term => term.Key));
        }
    }

    [Fact]
    public void Each_term_begins_once_however_often_it_was_named()
    {
        var evidence = new Dictionary<string, Evidence>
        {
            ["quantity"] = new("", 0, 16, null, 1, true, [new(100m, "", 29, 43, false)]),
            ["product"] = new("", 20, 25, null, 1, false, []),
        };

        Passage.Of(Transcript, evidence)
            .Select(passage => (passage.Text, string.Join(' ', passage.Terms), string.Join(' ', passage.Begins)))
            .Should().Equal(
                ("two hundred bags", "quantity", "quantity"), (" of ", "", ""), ("maize", "product", "product"), (" at ", "", ""),
                ("three thousand", "quantity", ""));
    }
}
