using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Voice.Domain.Recordings;

namespace Voice.UnitTests.Recordings;

/// <summary>
/// The law: the events of any call that the provider can truthfully report, in any order, any of them repeated,
/// end in the same status, address, duration and failure code.
/// </summary>
public class RecordingLawTests
{
    [Property(MaxTest = 2000, Arbitrary = [typeof(Histories)])]
    public void Any_order_and_any_repeats_end_the_same(History history)
    {
        var inOrder = Fold(history.Truth);
        var shuffled = Fold(history.Heard);

        shuffled.Should().Be(inOrder);
    }

    [Property(MaxTest = 1000, Arbitrary = [typeof(Histories)])]
    public void No_status_ever_goes_back(History history)
    {
        var recording = TheRecording.Placed();
        var before = recording.Status;
        foreach (var report in history.Heard)
        {
            recording.Apply(report);
            recording.Status.Should().BeOneOf(Enum.GetValues<RecordingStatus>().Where(status => status >= before));
            before = recording.Status;
        }
    }

    [Property(MaxTest = 1000, Arbitrary = [typeof(Histories)])]
    public void A_deadline_in_between_never_costs_a_recording(History history, PositiveInt place)
    {
        var recording = TheRecording.Placed();
        var deadlines = new Deadlines(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(15));
        foreach (var (report, index) in history.Heard.Select((report, index) => (report, index)))
        {
            if (index == place.Get % history.Heard.Count) recording.PassDeadline(deadlines, TheRecording.Start.AddDays(1));
            recording.Apply(report);
        }

        var (status, url, seconds, _) = Fold(history.Truth);
        if (status == RecordingStatus.Completed)
            (recording.Status, recording.RecordingUrl, recording.Duration).Should().Be((status, url, seconds));
    }

    [Property(MaxTest = 1000, Arbitrary = [typeof(Histories)])]
    public void At_most_one_report_is_answered_with_a_bridge_and_its_repeats_are_too(History history)
    {
        var recording = TheRecording.Placed();
        var bridgedBy = new HashSet<string>();
        foreach (var report in history.Heard)
        {
            recording.Apply(report);
            if (recording.PartiesToBridge(report).Count > 0) bridgedBy.Add(report.Digest);
        }
        bridgedBy.Should().HaveCountLessThanOrEqualTo(1);
    }

    private static (RecordingStatus, string?, int?, FailureCode?) Fold(IEnumerable<CallEvent> reports)
    {
        var recording = TheRecording.Placed();
        foreach (var report in reports) recording.Apply(report);
        return (recording.Status, recording.RecordingUrl, recording.Duration, recording.Failure);
    }

    /// <summary>What the provider reports of one call, and how it reaches us.</summary>
    public sealed record History(IReadOnlyList<CallEvent> Truth, IReadOnlyList<CallEvent> Heard)
    {
        public override string ToString() => string.Join("; ", Heard.Select(report =>
            $"{(report.IsFinal ? "final" : "active")} {report.FirstParty} {report.Failure} {report.RecordingUrl} "
            + $"{report.ConversationSeconds}/{report.CallSeconds}"));
    }

    public static class Histories
    {
        public static Arbitrary<History> Any() => Arb.From(
            from truth in Truth()
            from repeats in Gen.SubListOf(truth.AsEnumerable())
            from heard in Gen.Shuffle(truth.Concat(repeats))
            from delays in Gen.Choose(0, 3000).ListOf(heard.Length)
            select new History(truth,
                [.. heard.Zip(delays.Order(), (report, delay) => report with { ReceivedAt = TheRecording.Start.AddSeconds(delay) })]));

        // One call has one end, one address that final reports agree on, and one length of each kind; any report may leave any of it out.
        private static Gen<IReadOnlyList<CallEvent>> Truth() =>
            from answered in Gen.Elements(true, true, false)
            from bridged in Gen.Elements(true, true, false)
            from failure in Gen.Elements<FailureCode?>(FailureCode.Busy, FailureCode.NoAnswer, FailureCode.Rejected, FailureCode.Failed)
            from early in Gen.Elements(null, "https://a.at-internal.com/early.mp3", "https://a.at-internal.com/final.mp3")
            from conversation in Gen.Choose(1, 14400)
            from ringing in Gen.Choose(1, 60)
            from finals in Gen.Choose(0, 3)
            from shown in Gen.ListOf(Gen.Choose(0, 7), 3)
            select Report(answered, answered && bridged, failure, early, conversation, conversation + ringing, shown.Take(finals));

        private static IReadOnlyList<CallEvent> Report(
            bool answered, bool bridged, FailureCode? failure, string? early, int conversation, int call, IEnumerable<int> finals)
        {
            var reports = new List<CallEvent> { TheRecording.Report(first: PartyState.Ringing) };
            if (answered) reports.Add(TheRecording.Answered());
            if (bridged) reports.Add(TheRecording.Report(first: PartyState.Bridged, other: PartyState.Bridged, url: early));
            reports.AddRange(finals.Select(shown => TheRecording.Report(
                isFinal: true,
                failure: bridged ? null : answered ? FailureCode.PartyUnreachable : failure,
                url: bridged && (shown & 1) > 0 ? "https://a.at-internal.com/final.mp3" : null,
                conversation: bridged && (shown & 2) > 0 ? conversation : null,
                call: (shown & 4) > 0 ? call : null)));
            return reports;
        }
    }
}
