using FsCheck.Xunit;
using Voice.Application.Events;

namespace Voice.UnitTests.Events;

public class DeliveryTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromDays(3);
    private static readonly DateTimeOffset Now = TheRecording.Start;

    [Property]
    public void What_fails_is_tried_again_ten_times_with_growing_pauses_within_three_days(byte[] dice)
    {
        var (delivery, now) = (Taken(), Now);
        var pauses = new List<TimeSpan>();
        while (delivery.Answered(new(503, "down"), now, Patience, DiceAt(dice, pauses.Count)) is { DueAt: { } due } failed)
        {
            failed.State.Should().Be(DeliveryState.Retrying);
            failed.ReasonToDisable.Should().BeNull();
            pauses.Add(due - now);
            (delivery, now) = (failed with { Tries = failed.Tries + 1 }, due);
        }

        pauses.Should().HaveCount(10).And.BeInAscendingOrder();
        pauses[0].Should().BeLessThan(TimeSpan.FromSeconds(6));
        (now - Now).Should().BeCloseTo(Patience, Patience * 0.06);
        var last = delivery.Answered(new(503, "down"), now, Patience, 0);
        last.State.Should().Be(DeliveryState.Missed);
        last.ReasonToDisable.Should().Be("It did not take evt_1 in 11 tries; the last was answered: 503 down");
    }

    [Theory]
    [InlineData(200, DeliveryState.Delivered)]
    [InlineData(204, DeliveryState.Delivered)]
    [InlineData(299, DeliveryState.Delivered)]
    [InlineData(100, DeliveryState.Retrying)]
    [InlineData(301, DeliveryState.Retrying)]
    [InlineData(307, DeliveryState.Retrying)]
    [InlineData(404, DeliveryState.Retrying)]
    [InlineData(410, DeliveryState.Missed)]
    [InlineData(429, DeliveryState.Retrying)]
    [InlineData(500, DeliveryState.Retrying)]
    [InlineData(null, DeliveryState.Retrying)]
    public void Nothing_but_success_is_one_and_nothing_but_gone_ends_it_at_once(int? status, DeliveryState expected)
    {
        var answered = Taken().Answered(new(status, "words"), Now, Patience, 0.5);

        answered.State.Should().Be(expected);
        (answered.ReasonToDisable is not null).Should().Be(status == 410);
        answered.Answer.Should().Be(new EventAnswer(status, "words"));
    }

    [Theory]
    [InlineData(-60, 5)]
    [InlineData(0, 5)]
    [InlineData(3, 5)]
    [InlineData(120, 120)]
    [InlineData(1_000_000, 86_400)]
    public void An_endpoint_that_asks_for_a_longer_pause_gets_it_up_to_the_longest_that_there_is(int asked, int expected)
    {
        var answered = Taken().Answered(new(429, "slowly", TimeSpan.FromSeconds(asked)), Now, Patience, 0.5);

        (answered.DueAt - Now)!.Value.Should().BeCloseTo(TimeSpan.FromSeconds(expected), TimeSpan.FromSeconds(expected) * 0.05);
    }

    [Fact]
    public void A_try_that_we_cut_short_ourselves_counts_for_nothing()
    {
        var cut = Taken().CutShort(Now);

        (cut.DueAt, cut.Tries, cut.State).Should().Be((Now, 0, DeliveryState.Waiting));
    }

    [Fact]
    public void There_is_an_event_for_each_status_that_somebody_waits_for() => EventTypes.All.Should().BeEquivalentTo(
        "recording.processing", "recording.completed", "recording.failed",
        "contract.created", "contract.confirmed", "contract.rejected", "contract.expired");

    private static double DiceAt(byte[] dice, int place) => dice is null or [] ? 0.5 : dice[place % dice.Length] / 255.0;

    // As it is when somebody has taken it for its first try.
    private static Delivery Taken() => new()
    {
        Place = 1,
        EndpointId = "whe_1",
        EventId = "evt_1",
        Type = "recording.completed",
        Subject = TheRecording.Id,
        At = Now,
        DueAt = Now.AddSeconds(30),
        Tries = 1,
    };
}
