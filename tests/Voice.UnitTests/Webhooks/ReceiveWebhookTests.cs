using FluentValidation;
using Microsoft.Extensions.Time.Testing;
using Moq;
using Voice.Application.Recordings;
using Voice.Application.Webhooks;
using Voice.Domain.Recordings;

namespace Voice.UnitTests.Webhooks;

public class ReceiveWebhookTests
{
    private readonly Mock<IWebhookInbox> _inbox = new();
    private readonly Mock<IRecordingRepository> _recordings = new();
    private readonly Mock<IProviderProtocol> _protocol = new();
    private readonly FakeTimeProvider _clock = new(TheRecording.Start);
    private readonly Recording _recording = TheRecording.Placed();
    private InboxPlace _place = new(1, IsApplied: false);

    public ReceiveWebhookTests()
    {
        _inbox.Setup(inbox => inbox.KeepAsync(It.IsAny<RawCallback>(), It.IsAny<ReadCallback>(), It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => _place);
        _recordings.Setup(recordings => recordings.FindBySessionAsync("ATVId_1", null, It.IsAny<CancellationToken>())).ReturnsAsync(_recording);
        _recordings.Setup(recordings => recordings.SaveAsync(_recording, It.IsAny<CancellationToken>())).ReturnsAsync(true);
        _protocol.Setup(protocol => protocol.WriteCallActions(It.IsAny<IReadOnlyList<PhoneNumber>>(), It.IsAny<TimeSpan>()))
            .Returns((IReadOnlyList<PhoneNumber> parties, TimeSpan longest) => $"bridge {parties.Count} for {longest.TotalSeconds}");
    }

    [Fact]
    public async Task A_final_event_is_applied_and_marked_as_applied()
    {
        var answer = await Receive(TheRecording.Report(isFinal: true, url: TheRecording.Address));

        answer.Should().Be(new WebhookAnswer("ATVId_1", null));
        _recording.Status.Should().Be(RecordingStatus.Completed);
        _recording.News.Should().Contain(entry => entry.InboxId == 1);
    }

    [Fact]
    public async Task An_answered_phone_is_told_whom_to_bridge() =>
        (await Receive(TheRecording.Answered())).CallActions.Should().Be("bridge 1 for 1200");

    [Fact]
    public async Task A_repeat_that_was_applied_changes_nothing_but_gets_the_same_answer()
    {
        var answered = TheRecording.Answered();
        var first = await Receive(answered);
        _place = new(1, IsApplied: true);
        var facts = _recording.Facts;

        (await Receive(answered)).Should().Be(first);

        _recording.Facts.Should().BeSameAs(facts);
        _recording.News[^1].Detail.Should().EndWith("a repeat, it changed nothing");
    }

    [Fact]
    public async Task A_repeat_that_a_crash_left_unapplied_is_applied()
    {
        _place = new(1, IsApplied: false);

        await Receive(TheRecording.Report(isFinal: true, url: TheRecording.Address));

        _recording.Status.Should().Be(RecordingStatus.Completed);
    }

    [Fact]
    public async Task An_event_of_an_unknown_session_is_kept_and_answered()
    {
        _recordings.Setup(recordings => recordings.FindBySessionAsync("ATVId_1", null, It.IsAny<CancellationToken>())).ReturnsAsync((Recording?)null);

        var answer = await Receive(TheRecording.Report(isFinal: true));

        answer.Should().Be(new WebhookAnswer("ATVId_1", null));
        _inbox.Verify(inbox => inbox.KeepAsync(It.IsAny<RawCallback>(), It.IsAny<ReadCallback>(), TheRecording.Start.AddSeconds(10), It.IsAny<CancellationToken>()));
    }

    [Fact]
    public async Task An_answered_phone_waits_for_the_session_that_is_being_placed()
    {
        var lookups = 0;
        _inbox.Setup(inbox => inbox.IsCallBeingPlacedAsync(It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>())).ReturnsAsync(true);
        _recordings.Setup(recordings => recordings.FindBySessionAsync("ATVId_1", null, It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => ++lookups < 3 ? null : _recording);

        var receiving = Receive(TheRecording.Answered());
        while (!receiving.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        (await receiving).CallActions.Should().Be("bridge 1 for 1200");
    }

    [Fact]
    public async Task An_unreadable_event_is_kept_all_the_same()
    {
        var read = new ReadCallback("digest", null, null, new Dictionary<string, string> { ["sessionId"] = "Name it." });
        _protocol.Setup(protocol => protocol.Read(It.IsAny<RawCallback>())).Returns(read);

        await FluentActions.Awaiting(() => Handler().Handle(new ReceiveWebhook([1], "application/json"), default)).Should().ThrowAsync<ValidationException>();

        _inbox.Verify(inbox => inbox.KeepAsync(It.IsAny<RawCallback>(), read, It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>()));
    }

    private Task<WebhookAnswer> Receive(CallEvent report)
    {
        _protocol.Setup(protocol => protocol.Read(It.IsAny<RawCallback>()))
            .Returns(new ReadCallback(report.Digest, report.SessionId, report, new Dictionary<string, string>()));
        return Handler().Handle(new ReceiveWebhook([], "application/json"), default);
    }

    private ReceiveWebhookHandler Handler() => new(_inbox.Object, _recordings.Object, _protocol.Object, _clock);
}
