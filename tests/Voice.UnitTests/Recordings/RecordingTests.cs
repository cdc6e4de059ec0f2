using Voice.Domain.Recordings;

namespace Voice.UnitTests.Recordings;

public class RecordingTests
{
    [Fact]
    public void An_address_is_never_erased_by_a_report_without_one()
    {
        var recording = TheRecording.That(RecordingStatus.Completed);

        recording.Apply(TheRecording.Report(isFinal: true));

        recording.RecordingUrl.Should().Be(TheRecording.Address);
        recording.Duration.Should().Be(342);
    }

    [Fact]
    public void The_final_address_beats_the_one_from_the_running_call()
    {
        var recording = TheRecording.Placed();

        recording.Apply(TheRecording.Report(isFinal: true, url: TheRecording.Address));
        recording.Apply(TheRecording.Report(url: "https://a.at-internal.com/running.mp3"));

        recording.RecordingUrl.Should().Be(TheRecording.Address);
    }

    [Fact]
    public void A_second_final_address_is_a_contradiction_that_changes_nothing()
    {
        var recording = TheRecording.That(RecordingStatus.Completed);

        recording.Apply(TheRecording.Report(isFinal: true, url: "https://evil.example/other.mp3", conversation: 9999));

        recording.RecordingUrl.Should().Be(TheRecording.Address);
        recording.Duration.Should().Be(342);
        recording.News[^1].Kind.Should().Be(TimelineKind.Contradiction);
    }

    [Fact]
    public void A_missing_duration_is_filled_in_after_completion_and_a_known_one_stays()
    {
        var recording = TheRecording.Placed();
        recording.Apply(TheRecording.Report(isFinal: true, url: TheRecording.Address));

        recording.Apply(TheRecording.Report(isFinal: true, conversation: 342));
        recording.Apply(TheRecording.Report(isFinal: true, conversation: 400));

        recording.Duration.Should().Be(342);
    }

    [Fact]
    public void Processed_at_is_the_moment_of_completion()
    {
        var recording = TheRecording.Placed();

        recording.Apply(TheRecording.Report(isFinal: true, afterSeconds: 300));
        recording.Apply(TheRecording.Report(isFinal: true, url: TheRecording.Address, afterSeconds: 342));
        recording.Apply(TheRecording.Report(isFinal: true, conversation: 10, afterSeconds: 400));

        recording.ProcessedAt.Should().Be(TheRecording.Start.AddSeconds(342));
    }

    [Fact]
    public void What_the_provider_reports_beats_what_silence_made_us_assume()
    {
        var recording = TheRecording.Placed();
        recording.PassDeadline(new Deadlines(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(15)), TheRecording.Start.AddMinutes(3));
        recording.Failure.Should().Be(FailureCode.ProviderSilent);

        recording.Apply(TheRecording.Report(isFinal: true, failure: FailureCode.Busy));

        recording.Failure.Should().Be(FailureCode.Busy);
    }

    [Fact]
    public void The_answered_report_is_told_to_bridge_again_and_again_and_no_other_is()
    {
        var recording = TheRecording.Placed();
        var ringing = TheRecording.Report(first: PartyState.Ringing);
        var answered = TheRecording.Answered();
        var later = TheRecording.Answered();

        foreach (var report in new[] { ringing, answered, later, answered }) recording.Apply(report);

        recording.PartiesToBridge(answered).Should().Equal(PhoneNumber.Parse("+254787654321"));
        recording.PartiesToBridge(ringing).Should().BeEmpty();
        recording.PartiesToBridge(later).Should().BeEmpty();
    }

    [Fact]
    public void Nobody_is_bridged_after_the_end()
    {
        var recording = TheRecording.Placed();
        var answered = TheRecording.Answered();

        recording.Apply(TheRecording.Report(isFinal: true));
        recording.Apply(answered);

        recording.PartiesToBridge(answered).Should().BeEmpty();
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(600, 1200)]
    [InlineData(14400, 14400)]
    public void The_longest_call_is_twice_the_expected_one_up_to_four_hours(int expected, int longest) =>
        TheRecording.New(expectedSeconds: expected).LongestCall.Should().Be(TimeSpan.FromSeconds(longest));

    [Fact]
    public void The_timeline_tells_everything_without_a_whole_phone_number()
    {
        var recording = TheRecording.Placed();
        recording.Apply(TheRecording.Answered());
        recording.Apply(TheRecording.Report(isFinal: true, failure: FailureCode.PartyUnreachable));

        recording.News.Select(entry => entry.Kind).Should().Equal(
            TimelineKind.Created, TimelineKind.Dialled, TimelineKind.ProviderEvent, TimelineKind.ProviderEvent, TimelineKind.StatusChanged);
        recording.News.Should().OnlyContain(entry => !entry.Detail.Contains("254712345678"));
        recording.News[^1].Detail.Should().Be("recording → failed (party_unreachable)");
    }

    [Fact]
    public void Every_failure_code_has_a_name_of_its_own_and_a_sentence()
    {
        var codes = Enum.GetValues<FailureCode>();

        codes.Select(code => code.Name()).Should().OnlyHaveUniqueItems().And.BeEquivalentTo(
            "busy", "no_answer", "rejected", "party_unreachable", "invalid_number", "insufficient_credit", "provider_refused",
            "provider_unreachable", "outcome_unknown", "provider_silent", "call_too_long", "audio_missing", "audio_unavailable", "failed");
        codes.Select(code => code.Sentence()).Should().OnlyHaveUniqueItems().And.OnlyContain(sentence => sentence.EndsWith('.'));
        codes.Should().OnlyContain(code => FailureCodes.Parse(code.Name()) == code);
    }
}
