using FsCheck.Xunit;
using Voice.Infrastructure.Speech;
using Whisper.net;

namespace Voice.UnitTests.Speech;

public class WhisperSpeechTests
{
    [Fact]
    public void Pieces_become_words_with_times_and_the_least_of_their_probabilities_and_a_pause_starts_a_turn()
    {
        var segment = Segment(" Only eighty. Three thousand.",
            Piece("[_BEG_]", 0, 0, 1), Piece(" Only", 10, 40, 0.9f), Piece(" eigh", 40, 60, 0.8f), Piece("ty", 60, 90, 0.6f),
            Piece(".", 90, 90, 0.99f), Piece(" Three", 160, 190, 0.7f), Piece(" thousand", 190, 240, 0.95f), Piece(".", 240, 240, 1),
            Piece("[_TT_150]", 300, 300, 1));

        var transcript = new OpenAiSpeech { Segments = [WhisperSpeech.ToSegment(segment, 10)!] }.ToTranscript();

        transcript.Text.Should().Be("Only eighty. Three thousand.");
        transcript.Segments
            .Select(word => (transcript.Text[word.Start..word.End].Trim(), word.FromSeconds, word.Confidence, word.StartsTurn))
            .Should().Equal(
                ("Only", 0.1, 0.9, false), ("eighty.", 0.4, 0.6, false), ("Three", 1.6, 0.7, true), ("thousand.", 1.9, 0.95, false));
    }

    [Theory]
    [InlineData(" [BLANK_AUDIO]")]
    [InlineData("(wind blowing)")]
    [InlineData("*music*")]
    [InlineData("♪♪")]
    [InlineData("  ")]
    public void What_else_is_to_be_heard_is_no_talk(string text) => WhisperSpeech.ToSegment(Segment(text), 10).Should().BeNull();

    [Property]
    public void Whatever_it_tells_times_are_in_order_within_the_audio_and_probabilities_0_to_1(
        (int From, int To, float Sure)[] pieces)
    {
        const double length = 4.2;
        var segment = Segment("any", [.. pieces.Select(piece => Piece(" a", piece.From, piece.To, piece.Sure))]);

        var words = WhisperSpeech.ToSegment(segment, length)!.Words!;

        words.Should().HaveSameCount(pieces);
        words.Select(word => word.Start!.Value).Should().BeInAscendingOrder();
        words.Should().NotContain(word => !(word.Start >= 0 && word.Start <= word.End && word.End <= length
            && word.Probability >= 0 && word.Probability <= 1));
    }

    private static WhisperToken Piece(string text, long from, long to, float probability) =>
        new() { Text = text, Start = from, End = to, Probability = probability };

    private static SegmentData Segment(string text, params WhisperToken[] pieces) =>
        new(text, TimeSpan.Zero, TimeSpan.FromSeconds(3), 0, 1, 0.9f, 0, "en", pieces);
}
