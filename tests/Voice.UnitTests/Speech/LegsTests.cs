using System.Runtime.InteropServices;
using Voice.Domain.Reading;
using Voice.Infrastructure.Audio;

namespace Voice.UnitTests.Speech;

public sealed class LegsTests : IDisposable
{
    private const int Rate = 16_000;
    private readonly string _folder = Directory.CreateTempSubdirectory("voice-legs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Two voices that take turns, each on its own microphone as loud as 1, on the other's as loud as the echo.
    [Theory]
    [InlineData(0, true)]
    [InlineData(0.1, true)]
    [InlineData(0.6, false)]
    [InlineData(1, false)]
    public void Two_channels_are_two_legs_where_each_has_its_own_voice(double echo, bool areApart)
    {
        var (one, other) = (Voice(seconds: 12, IsFirst), Voice(seconds: 12, second => !IsFirst(second)));

        Legs.AreApart(Write("left", Mix(one, other, echo)), Write("right", Mix(other, one, echo))).Should().Be(areApart);
    }

    [Fact]
    public void What_is_only_the_others_echo_is_taken_out_of_a_leg()
    {
        var (one, other) = (Voice(seconds: 12, IsFirst), Voice(seconds: 12, second => !IsFirst(second)));
        var left = Write("left", Mix(one, other, 0.1));

        Legs.AreApart(left, Write("right", Mix(other, one, 0.1))).Should().BeTrue();

        var heard = MemoryMarshal.Cast<byte, short>(File.ReadAllBytes(left).AsSpan(44)).ToArray();
        for (var second = 0; second < 12; second++)
            heard.Skip(second * Rate).Take(Rate).Any(sample => sample != 0).Should().Be(IsFirst(second), $"second {second}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public void A_channel_in_which_nobody_speaks_is_no_leg(short hiss)
    {
        var noise = Enumerable.Range(0, 12 * Rate).Select(at => (short)(at % 2 == 0 ? hiss : -hiss)).ToArray();

        Legs.AreApart(Write("left", Voice(seconds: 12, _ => true)), Write("right", noise)).Should().BeFalse();
    }

    [Fact]
    public void Legs_become_one_talk_in_the_order_of_time_with_the_speakers()
    {
        var buyer = new Transcript("three thousand. deal.",
            [new(0, 5, 1, 1.3, 0.9), new(6, 14, 1.3, 1.8, 0.8), new(16, 20, 5, 5.3, 0.7, StartsTurn: true)]);
        var seller = new Transcript("no. four.", [new(0, 2, 2.5, 2.8, 0.6), new(4, 8, 4, 4.3, 0.5, StartsTurn: true)]);

        var talk = Transcript.OfLegs([buyer, seller]);

        talk.Text.Should().Be("three thousand. no. four. deal.");
        talk.Segments.Select(segment => (talk.Text[segment.Start..segment.End], segment.Speaker, segment.StartsTurn, segment.FromSeconds))
            .Should().Equal(("three", "1", false, 1), ("thousand", "1", false, 1.3), ("no", "2", true, 2.5), ("four", "2", true, 4),
                ("deal", "1", true, 5));
    }

    private static bool IsFirst(int second) => second % 4 < 2;

    private static short[] Voice(int seconds, Func<int, bool> speaks) =>
        [.. Enumerable.Range(0, seconds * Rate).Select(at => (short)(speaks(at / Rate) ? 8_000 * Math.Sin(at / 9.0) : 0))];

    private static short[] Mix(short[] own, short[] others, double echo) =>
        [.. own.Zip(others, (one, other) => (short)(one + (other * echo)))];

    private string Write(string name, short[] samples)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, [.. new byte[44], .. MemoryMarshal.AsBytes(samples.AsSpan())]);
        return path;
    }
}
