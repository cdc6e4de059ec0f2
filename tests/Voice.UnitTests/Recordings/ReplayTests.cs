using FsCheck.Xunit;
using Voice.Domain.Recordings;

namespace Voice.UnitTests.Recordings;

public class ReplayTests
{
    private static readonly Deadlines Deadlines = new(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(15));
    private static readonly DateTimeOffset Later = TheRecording.Start.AddDays(1);

    [Property(MaxTest = 1000, Arbitrary = [typeof(RecordingLawTests.Histories)])]
    public void A_recording_whose_reports_are_read_as_ever_stays_as_it_is(RecordingLawTests.History history)
    {
        foreach (var deadline in new[] { false, true })
        {
            var recording = TheRecording.Placed();
            foreach (var report in history.Heard) recording.Apply(report);
            if (deadline) recording.PassDeadline(Deadlines, Later);
            if (recording.Status is RecordingStatus.Recording or RecordingStatus.Processing) continue;

            var folded = Replay.Fold(recording, history.Heard, Deadlines, Later);

            Replay.Between(recording.Facts, folded).Should().BeEmpty();
        }
    }

    [Theory]
    [InlineData(Placement.Refused, FailureCode.InsufficientCredit)]
    [InlineData(Placement.Unreachable, FailureCode.ProviderUnreachable)]
    [InlineData(Placement.TimedOut, FailureCode.OutcomeUnknown)]
    [InlineData(Placement.Garbled, FailureCode.OutcomeUnknown)]
    public void What_asking_the_provider_came_to_is_kept(Placement placement, FailureCode failure)
    {
        var recording = TheRecording.New();
        recording.NotPlaced(placement, failure, "the reason", TheRecording.Start);

        Replay.Between(recording.Facts, Replay.Fold(recording, [], Deadlines, Later)).Should().BeEmpty();
    }

    [Fact]
    public void What_silence_came_to_is_kept_unless_a_report_that_is_read_now_breaks_it()
    {
        var recording = TheRecording.Placed();
        recording.PassDeadline(Deadlines, Later);
        recording.Failure.Should().Be(FailureCode.ProviderSilent);

        Replay.Between(recording.Facts, Replay.Fold(recording, [], Deadlines, Later)).Should().BeEmpty();
        var folded = Replay.Fold(recording, [TheRecording.Final(TheRecording.Address, 342)], Deadlines, Later);
        recording.Mend(folded, Later);

        (recording.Status, recording.Duration, recording.RecordingUrl).Should().Be((RecordingStatus.Completed, 342, TheRecording.Address));
        recording.News.Where(entry => entry.Kind == TimelineKind.Mended).Select(entry => entry.Detail).Should().Contain(
            ["status: failed → completed", "duration: nothing → 342", "failure: provider_silent → nothing"]);
    }

    [Fact]
    public void A_failure_that_was_misread_goes_and_phones_are_masked()
    {
        var recording = TheRecording.Placed();
        recording.Apply(TheRecording.Final(failure: FailureCode.Busy));

        var folded = Replay.Fold(
            recording, [TheRecording.Report(isFinal: true, first: PartyState.Answered, failure: FailureCode.NoAnswer)], Deadlines, Later);

        Replay.Between(recording.Facts, folded).Should().BeEquivalentTo(
            [new Difference("failure", "busy", "no_answer"), new Difference("+2547…678", "dialled", "answered")]);
    }
}
