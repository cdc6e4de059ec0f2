using System.Text.Json;
using Voice.Domain.Reading;
using Voice.Infrastructure.Speech;

namespace Voice.UnitTests.Speech;

/// <summary>What servers of one API answer is not one thing: each tells what it knows.</summary>
public class OpenAiSpeechTests
{
    [Fact]
    public void Words_beside_the_segments_give_times_and_a_pause_starts_a_turn_even_inside_a_number()
    {
        var transcript = Heard("""
            {"text":"Only eighty. Three thousand per bag.",
             "segments":[{"start":0,"end":4,"text":" Only eighty. Three thousand per bag.","avg_logprob":-0.1}],
             "words":[{"word":"Only","start":0,"end":0.3},{"word":"eighty","start":0.3,"end":0.8},{"word":"Three","start":1.4,"end":1.7},
                      {"word":"thousand","start":1.7,"end":2.2},{"word":"per","start":2.3,"end":2.5},{"word":"bag","start":2.6,"end":3}]}
            """);

        Told(transcript).Should().Equal("Only 0 0.905", "eighty. 0.3 0.905", "|Three 1.4 0.905", "thousand 1.7 0.905", "per 2.3 0.905",
            "bag. 2.6 0.905");
    }

    [Fact]
    public void Words_inside_the_segments_bring_their_own_confidence()
    {
        var transcript = Heard("""
            {"text":"Ten bags","segments":[{"start":0,"end":1,"text":" Ten bags","avg_logprob":-0.1,"words":[
                {"word":" Ten","start":0,"end":0.4,"probability":0.99},{"word":" bags","start":0.4,"end":0.9,"probability":0.42}]}]}
            """);

        Told(transcript).Should().Equal("Ten 0 0.99", "bags 0.4 0.42");
        transcript.ConfidenceOf(0, 8).Should().Be(0.42);
    }

    [Theory]
    [InlineData("\"SPEAKER_00\"", "\"SPEAKER_01\"", "SPEAKER_00")]
    [InlineData("0", "1", "0")]
    public void Speakers_are_handed_on_from_segments_and_from_words(string one, string other, string name)
    {
        var bySegment = Heard($$"""
            {"segments":[{"start":0,"end":1,"text":"Three thousand?","speaker":{{one}}},{"start":1,"end":2,"text":"Okay.","speaker":{{other}}}]}
            """);
        var byWord = Heard($$"""
            {"text":"three thousand okay","words":[{"word":"three","start":0,"end":0.5,"speaker":{{one}}},
                {"word":"thousand","start":0.5,"end":1,"speaker":{{one}}},{"word":"okay","start":1,"end":1.4,"speaker":{{other}}}]}
            """);

        foreach (var transcript in new[] { bySegment, byWord })
        {
            transcript.SpeakerAt(0).Should().Be(name);
            transcript.Segments[^1].StartsTurn.Should().BeTrue();
            transcript.Segments[^1].Speaker.Should().NotBe(name);
        }
    }

    [Fact]
    public void Where_only_segments_have_times_each_may_begin_with_a_pause()
    {
        var transcript = Heard("""
            {"segments":[{"start":0,"end":2,"text":" only eighty","avg_logprob":-0.05},{"start":2,"end":4,"text":" three thousand"}]}
            """);

        transcript.Text.Should().Be("only eighty three thousand");
        Told(transcript).Should().Equal("only eighty 0 0.951", "|three thousand 2 ");
    }

    [Theory]
    [InlineData("""{"text":" ten bags "}""")]
    [InlineData("""{"text":"ten bags","segments":[],"words":null}""")]
    [InlineData("""{"text":"ten bags","usage":{"type":"duration"},"segments":null,"words":[]}""")]
    public void Where_there_is_only_text_there_is_only_text(string answer) =>
        Heard(answer).Should().BeEquivalentTo(Transcript.Of("ten bags"));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"text":"  ","segments":[{"start":0,"end":9,"text":" "}]}""")]
    public void Silence_is_no_text(string answer) => Heard(answer).Text.Should().BeEmpty();

    // The segment says 3,200 and the words say it in full: nothing stands at a wrong place, and the time it took to say it is no pause.
    [Fact]
    public void Words_that_the_text_writes_otherwise_have_no_place_of_their_own()
    {
        var transcript = Heard("""
            {"segments":[{"start":0,"end":4,"text":"I pay 3,200 per bag"}],"words":[
                {"word":"I","start":0,"end":0.2},{"word":"pay","start":0.2,"end":0.5},{"word":"three","start":0.5,"end":0.9},
                {"word":"thousand","start":0.9,"end":1.4},{"word":"two","start":1.4,"end":1.6},{"word":"hundred","start":1.6,"end":2},
                {"word":"per","start":2,"end":2.2},{"word":"bag","start":2.2,"end":2.6}]}
            """);

        Told(transcript).Should().Equal("I 0 ", "pay 3,200 0.2 ", "per 2 ", "bag 2.2 ");
    }

    private static Transcript Heard(string answer) =>
        JsonSerializer.Deserialize(answer, OpenAiSpeechJson.Default.OpenAiSpeech)!.ToTranscript();

    private static IEnumerable<string> Told(Transcript transcript) => transcript.Segments.Select(segment => FormattableString.Invariant(
        $"{(segment.StartsTurn ? "|" : "")}{transcript.Text[segment.Start..segment.End].Trim()} {segment.FromSeconds} {segment.Confidence}"));
}
