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

    [Theory]
    [InlineData("busy", "no_answer", "failed", "no_answer, although busy was reported")]
    [InlineData("busy", "address", "completed", "a recording, although busy was reported")]
    [InlineData("address", "busy", "completed", "busy, although its recording is known")]
    [InlineData("address", "refused", "completed", "another recording address than the settled one, so it changed nothing")]
    [InlineData("refused", "address", "completed", "a recording address, after another that does not count")]
    [InlineData("42 s", "43 s", "processing", "43 s, although 42 s was reported")]
    [InlineData("address", "plain", "completed", null)]
    [InlineData("plain", "busy", "failed", null)]
    [InlineData("busy", "plain", "failed", null)]
    [InlineData("42 s", "address", "completed", null)]
    public void Two_ends_of_one_call_that_differ_are_settled_by_the_rules_but_not_in_silence(
        string one, string other, string status, string? told)
    {
        var recording = TheRecording.Placed();

        recording.Apply(End(one));
        recording.Apply(End(other));

        recording.Status.Name().Should().Be(status);
        recording.News.Where(entry => entry.Kind == TimelineKind.Contradiction).Select(entry => entry.Detail)
            .Should().Equal(told is null ? [] : [$"a report; {told}"]);

        static CallEvent End(string what) => what switch
        {
            "busy" => TheRecording.Report(isFinal: true, failure: FailureCode.Busy),
            "no_answer" => TheRecording.Report(isFinal: true, failure: FailureCode.NoAnswer),
            "address" => TheRecording.Report(isFinal: true, url: TheRecording.Address),
            "refused" => TheRecording.Report(isFinal: true) with { AddressWasRefused = true },
            "42 s" => TheRecording.Report(isFinal: true, conversation: 42),
            "43 s" => TheRecording.Report(isFinal: true, conversation: 43),
            _ => TheRecording.Report(isFinal: true),
        };
    }

    [Fact]
    public void What_silence_made_us_assume_is_no_word_to_contradict()
    {
        var recording = TheRecording.Placed();
        recording.PassDeadline(new Deadlines(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(15)), TheRecording.Start.AddMinutes(3));

        recording.Apply(TheRecording.Report(isFinal: true, url: TheRecording.Address));

        recording.News.Should().NotContain(entry => entry.Kind == TimelineKind.Contradiction);
    }

    [Theory]
    [InlineData(PartyState.Answered, PartyState.Waiting)]
    [InlineData(PartyState.Bridged, PartyState.Bridged)]
    public void What_goes_on_in_a_call_is_told_by_the_providers_session_only(PartyState first, PartyState other)
    {
        var recording = TheRecording.Placed();
        var facts = recording.Facts;
        var forged = TheRecording.Report(first: first, other: other, url: TheRecording.Address) with { SessionId = TheRecording.Id };
        var answered = TheRecording.Answered();

        recording.Apply(forged);

        recording.Facts.Should().BeSameAs(facts);
        recording.PartiesToBridge(forged).Should().BeEmpty();
        recording.News[^1].Detail.Should().Be("a report; not of the provider's session, so it changed nothing");
        recording.Apply(answered);
        recording.PartiesToBridge(answered).Should().NotBeEmpty("the bridge is not stolen");
    }

    [Fact]
    public void The_repeats_of_a_report_are_one_line_with_a_count()
    {
        var recording = TheRecording.Placed();
        var (one, other) = (TheRecording.Final(seconds: 342), TheRecording.Final(seconds: 343));

        recording.Apply(one);
        recording.NoteRepeat(one);
        recording.Apply(one with { Digest = "another field that nobody reads" });
        recording.Apply(other);
        recording.Apply(one with { Digest = "and yet another" });

        recording.News.Skip(4).Select(entry => entry.Words).Should().Equal(
            "a report; it changed nothing (3 times)", "a report; 343 s, although 342 s was reported", "a report",
            "a report; 342 s, although 343 s was reported");
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
