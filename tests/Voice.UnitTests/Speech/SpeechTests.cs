using Voice.Infrastructure.Speech;

namespace Voice.UnitTests.Speech;

public class SpeechTests
{
    [Fact]
    public void A_pause_ends_a_sentence_and_is_handed_on_even_inside_a_number()
    {
        var transcript = SphinxTranscriber.Compose(
        [
            new("okay", 0, 0.5, 0.9, true), new("three", 1, 1.2, 0.8, true), new("thousand", 1.2, 1.5, 0.7, false),
            new("two", 2, 2.2, 0.6, true),
            new("hundred", 2.2, 2.5, 0.9, false), new("agreed", 3, 3.4, 1, true),
        ]);

        transcript.Text.Should().Be("okay. three thousand. two hundred. agreed.");
        transcript.SecondsAt(transcript.Text.IndexOf("two", StringComparison.Ordinal)).Should().Be(2);
        transcript.Segments.Where(segment => segment.StartsTurn).Select(segment => segment.FromSeconds).Should().Equal(1, 2, 3);
        transcript.ConfidenceOf(6, 32).Should().Be(0.6);
    }

    [Fact]
    public void Silence_has_no_utterances_and_speech_is_cut_at_its_pauses()
    {
        Utterances.In(new short[160_000]).Should().BeEmpty();
        Utterances.In([.. Enumerable.Range(0, 48_000).Select(_ => (short)3)]).Should().BeEmpty("hiss is not speech");

        var speech = Enumerable.Range(0, 64_000)
            .Select(at => (short)(at is > 8_000 and < 24_000 or > 40_000 and < 56_000 ? 9_000 * Math.Sin(at / 8.0) : 0)).ToArray();

        Utterances.In(speech).Should().HaveCount(2)
            .And.OnlyContain(utterance => utterance.From >= 0 && utterance.To <= speech.Length && utterance.From < utterance.To);
    }

    [Fact]
    public void The_model_of_trading_talk_is_a_sound_one()
    {
        var arpa = new TradeTalk().ToArpa().Split('\n');

        foreach (var (order, columns) in new[] { (1, 3), (2, 4), (3, 4) })
        {
            var grams = Grams(order);
            arpa.Should().Contain($"ngram {order}={grams.Count}", "a reader makes room for as many as are announced");
            grams.Should().NotBeEmpty().And.OnlyContain(
                parts => parts.Length == columns, "each is a probability, its words and, but for the longest, what is left for others");
        }
        arpa.Should().NotContain(line => line.Contains("NaN") || line.Contains('∞'));
        arpa.Should().NotContain(line => line.Contains('<') && !line.Contains("<s>") && !line.Contains("</s>"),
            "every template is filled in");
        // What may follow a word adds up to one, less what is left for what was never seen.
        Grams(2).Where(parts => parts[1] == "shillings")
            .Sum(parts => Math.Pow(10, double.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture)))
                .Should().BeInRange(0.8, 1);
        new TradeTalk().ToArpa().Should().Be(string.Join('\n', arpa), "it is the same every time");

        List<string[]> Grams(int order) => [.. arpa.SkipWhile(line => line != $"\\{order}-grams:").Skip(1)
            .TakeWhile(line => line.Length > 0).Select(line => line.Split(' '))];
    }
}
