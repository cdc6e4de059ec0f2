using Moq;
using Voice.Application.Recordings;
using Voice.Application.Webhooks;
using Voice.Domain.Recordings;

namespace Voice.UnitTests.Webhooks;

/// <summary>Callbacks that share a transaction end as if they had come one after the other.</summary>
public class CallbackIntakeTests
{
    private readonly Mock<IWebhookInbox> _inbox = new();
    private readonly Mock<IRecordingRepository> _recordings = new();
    private readonly TaskCompletionSource _others = new();
    private readonly List<(IReadOnlyCollection<Recording> Recordings, IReadOnlyCollection<string> Applied)> _saves = [];
    private Func<Recording?> _find = () => TheRecording.Placed();
    private int _refusals;
    private int _begun;

    public CallbackIntakeTests()
    {
        _inbox.Setup(inbox => inbox.KeepAsync(It.IsAny<IReadOnlyList<Callback>>(), It.IsAny<TimeSpan>()))
            .Returns(async (IReadOnlyList<Callback> callbacks, TimeSpan _) =>
            {
                Interlocked.Increment(ref _begun);
                await _others.Task; // Holds up the first batches until all callbacks are there.
                return [.. callbacks.Select(_ => new CallbackContext(IsApplied: false, _find()))];
            });
        _recordings.Setup(recordings => recordings.SaveAsync(
                It.IsAny<IReadOnlyCollection<Recording>>(), It.IsAny<IReadOnlyCollection<string>>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((IReadOnlyCollection<Recording> recordings, IReadOnlyCollection<string> applied, CancellationToken _) =>
            {
                lock (_saves)
                {
                    _saves.Add((recordings, applied));
                    return _refusals-- <= 0;
                }
            });
    }

    [Fact]
    public async Task Several_callbacks_of_one_recording_are_joined_into_one_row()
    {
        var final = TheRecording.Report(isFinal: true, url: TheRecording.Address);

        var taken = await TakeTogether(TheRecording.Report(isFinal: true, failure: FailureCode.Busy), final);

        var (recordings, applied) = SaveOf(final);
        recordings.Should().ContainSingle().Which.Status.Should().Be(RecordingStatus.Completed);
        applied.Should().HaveCount(2);
        taken.Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task The_same_report_twice_in_one_batch_is_applied_once()
    {
        var report = TheRecording.Report(isFinal: true, url: TheRecording.Address);

        await TakeTogether(report, report);

        var (recordings, applied) = SaveOf(report);
        applied.Should().ContainSingle();
        recordings.Single().News.Should().ContainSingle(entry => entry.Detail.EndsWith("it changed nothing"));
    }

    [Fact]
    public async Task Whoever_is_beaten_by_another_writer_looks_again_and_applies_to_what_that_one_left()
    {
        _refusals = 3;

        var taken = await TakeTogether(TheRecording.Report(isFinal: true, url: TheRecording.Address));

        taken[0]!.Status.Should().Be(RecordingStatus.Completed);
        taken[0]!.News.Should().ContainSingle(entry => entry.Kind == TimelineKind.ProviderEvent, "what was refused is thrown away");
        _saves.Should().HaveCount(4 + 2);
    }

    [Fact]
    public async Task An_echoed_id_counts_for_one_session_only()
    {
        _find = () => TheRecording.New();
        var echo = TheRecording.Report() with { RecordingId = TheRecording.Id };

        var other = echo with { SessionId = "ATVId_2", Digest = "b" };

        var taken = await TakeTogether(echo with { SessionId = "ATVId_1", Digest = "a" }, other);

        taken[0]!.Facts.SessionId.Should().Be("ATVId_1");
        taken[1].Should().BeNull();
        _saves.Should().NotContain(save => save.Applied.Contains(other.Digest), "the sweep looks again");
    }

    [Fact]
    public async Task A_callback_without_a_recording_is_only_kept()
    {
        _find = () => null;

        (await TakeTogether(TheRecording.Report())).Should().Equal([null]);

        _saves.Should().BeEmpty();
    }

    private async Task<Recording?[]> TakeTogether(params CallEvent[] reports)
    {
        var intake = new CallbackIntake(_inbox.Object, _recordings.Object, TimeProvider.System);
        // Two batches run at once; while they are held up, what follows gathers in the next.
        var before = new List<Task<Recording?>>();
        while (before.Count < 2)
        {
            before.Add(intake.TakeAsync(Read(TheRecording.Report())));
            SpinWait.SpinUntil(() => Volatile.Read(ref _begun) == before.Count, TimeSpan.FromSeconds(10)).Should().BeTrue();
        }
        var taken = reports.Select(report => intake.TakeAsync(Read(report))).ToList();
        _others.SetResult();
        await Task.WhenAll(before);
        return await Task.WhenAll(taken);
    }

    private (IReadOnlyCollection<Recording> Recordings, IReadOnlyCollection<string> Applied) SaveOf(CallEvent report) =>
        _saves.Last(save => save.Applied.Contains(report.Digest));

    private static Callback Read(CallEvent report) => new(
        new RawCallback([], "application/json", report.ReceivedAt),
        new ReadCallback(report.Digest, report.SessionId, report, new Dictionary<string, string>()));
}
