using Voice.Domain.Recordings;

namespace Voice.UnitTests.Recordings;

public class DeadlinesTests
{
    private static readonly Deadlines Deadlines = new(Setup: TimeSpan.FromMinutes(2), Processing: TimeSpan.FromMinutes(15));

    [Fact]
    public void A_crash_before_the_answer_leaves_the_outcome_unknown() =>
        Missed(TheRecording.New(), afterSeconds: 120).Should().Be(FailureCode.OutcomeUnknown);

    [Fact]
    public void A_placed_call_that_is_not_heard_of_has_a_silent_provider() =>
        Missed(TheRecording.Placed(), afterSeconds: 120).Should().Be(FailureCode.ProviderSilent);

    [Fact]
    public void News_gives_a_call_that_is_set_up_more_time()
    {
        var recording = TheRecording.Placed();
        recording.Apply(TheRecording.Report(first: PartyState.Ringing, afterSeconds: 60));

        Missed(recording, afterSeconds: 179).Should().BeNull();
        Missed(recording, afterSeconds: 180).Should().Be(FailureCode.ProviderSilent);
    }

    [Fact]
    public void A_connected_call_may_last_twice_its_expected_length_and_the_setup_time()
    {
        var recording = TheRecording.Placed(expectedSeconds: 600);
        recording.Apply(TheRecording.Report(first: PartyState.Answered, afterSeconds: 10));
        recording.Apply(TheRecording.Report(first: PartyState.Bridged, afterSeconds: 20));

        Missed(recording, afterSeconds: 10 + 1200 + 119).Should().BeNull();
        Missed(recording, afterSeconds: 10 + 1200 + 120).Should().Be(FailureCode.CallTooLong);
    }

    [Fact]
    public void Audio_that_never_arrives_is_missing()
    {
        var recording = TheRecording.Placed();
        recording.Apply(TheRecording.Report(isFinal: true, afterSeconds: 100));

        Missed(recording, afterSeconds: 999).Should().BeNull();
        Missed(recording, afterSeconds: 1000).Should().Be(FailureCode.AudioMissing);
    }

    [Fact]
    public void Audio_whose_only_address_does_not_count_is_unavailable()
    {
        var recording = TheRecording.Placed();
        recording.Apply(TheRecording.Report(isFinal: true, afterSeconds: 100) with { AddressWasRefused = true });

        Missed(recording, afterSeconds: 1000).Should().Be(FailureCode.AudioUnavailable);
    }

    [Theory]
    [InlineData(RecordingStatus.Failed)]
    [InlineData(RecordingStatus.Completed)]
    public void A_final_status_has_no_deadline(RecordingStatus status) => Deadlines.Of(TheRecording.That(status)).Should().BeNull();

    [Fact]
    public void A_deadline_with_a_known_address_completes_instead()
    {
        var recording = TheRecording.Placed();
        recording.Apply(TheRecording.Report(first: PartyState.Bridged, url: TheRecording.Address));

        recording.PassDeadline(Deadlines, TheRecording.Start.AddHours(1)).Should().BeTrue();

        recording.Status.Should().Be(RecordingStatus.Completed);
    }

    private static FailureCode? Missed(Recording recording, double afterSeconds) =>
        Deadlines.Missed(recording, TheRecording.Start.AddSeconds(afterSeconds));
}
