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
    private readonly List<Callback> _kept = [];
    private IReadOnlyCollection<string> _applied = [];
    private CallbackContext _context;

    public ReceiveWebhookTests()
    {
        _context = new(IsApplied: false, _recording);
        _inbox.Setup(inbox => inbox.KeepAsync(It.IsAny<IReadOnlyList<Callback>>(), TimeSpan.FromSeconds(10)))
            .Callback((IReadOnlyList<Callback> callbacks, TimeSpan _) => _kept.AddRange(callbacks)).ReturnsAsync(() => [_context]);
        _recordings.Setup(recordings => recordings.SaveAsync(
                It.IsAny<IReadOnlyCollection<Recording>>(), It.IsAny<IReadOnlyCollection<string>>(), It.IsAny<CancellationToken>()))
            .Callback((IReadOnlyCollection<Recording> _, IReadOnlyCollection<string> applied, CancellationToken _) => _applied = applied)
            .ReturnsAsync(true);
        _protocol.Setup(protocol => protocol.WriteCallActions(It.IsAny<IReadOnlyList<PhoneNumber>>(), It.IsAny<TimeSpan>()))
            .Returns((IReadOnlyList<PhoneNumber> parties, TimeSpan longest) => $"bridge {parties.Count} for {longest.TotalSeconds}");
    }

    [Fact]
    public async Task A_final_event_is_applied_and_marked_as_applied()
    {
        var answer = await Receive(TheRecording.Report(isFinal: true, url: TheRecording.Address));

        answer.Should().Be(new WebhookAnswer("ATVId_1", null));
        _recording.Status.Should().Be(RecordingStatus.Completed);
        _applied.Should().Equal(_kept.Select(kept => kept.Content.Digest)).And.ContainSingle();
    }

    [Fact]
    public async Task An_answered_phone_is_told_whom_to_bridge() =>
        (await Receive(TheRecording.Answered())).CallActions.Should().Be("bridge 1 for 1200");

    [Fact]
    public async Task A_repeat_that_was_applied_changes_nothing_but_gets_the_same_answer()
    {
        var answered = TheRecording.Answered();
        var first = await Receive(answered);
        _context = new(IsApplied: true, _recording);
        var facts = _recording.Facts;

        (await Receive(answered)).Should().Be(first);

        _recording.Facts.Should().BeSameAs(facts);
        _recording.News[^1].Detail.Should().EndWith("; it changed nothing");
    }

    [Fact]
    public async Task An_event_of_an_unknown_session_is_kept_and_answered()
    {
        _context = new(IsApplied: false, Recording: null);

        var answer = await Receive(TheRecording.Report(isFinal: true));

        answer.Should().Be(new WebhookAnswer("ATVId_1", null));
        _kept.Should().ContainSingle();
        _applied.Should().BeEmpty();
    }

    [Fact]
    public async Task An_answered_phone_waits_for_the_session_that_is_being_placed()
    {
        var looks = 0;
        _context = new(IsApplied: false, Recording: null);
        WhenLookedFor().ReturnsAsync(() =>
        {
            if (++looks < 3) return SessionNews.MayCome;
            _context = new(IsApplied: false, _recording);
            return SessionNews.Known;
        });

        var receiving = Receive(TheRecording.Answered());
        await Eventually.HoldsAsync(() =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(50));
            return receiving.IsCompleted;
        }, expected: "the session to be placed");

        (await receiving).CallActions.Should().Be("bridge 1 for 1200");
        _kept.Should().HaveCount(2, "looking writes nothing");
    }

    [Fact]
    public async Task An_answered_phone_of_a_session_that_never_comes_has_cost_one_write()
    {
        _context = new(IsApplied: false, Recording: null);
        WhenLookedFor().ReturnsAsync(SessionNews.MayCome);

        var receiving = Receive(TheRecording.Answered());
        await Eventually.HoldsAsync(() =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(50));
            return receiving.IsCompleted;
        }, expected: "the wait to be over");

        (await receiving).CallActions.Should().Be("bridge 0 for 0");
        _kept.Should().ContainSingle();
    }

    [Fact]
    public async Task A_database_that_does_not_answer_holds_nobody_beyond_his_time()
    {
        var keeping = new TaskCompletionSource<IReadOnlyList<CallbackContext>>();
        _inbox.Setup(inbox => inbox.KeepAsync(It.IsAny<IReadOnlyList<Callback>>(), It.IsAny<TimeSpan>())).Returns(keeping.Task);
        using var budget = new CancellationTokenSource();

        var receiving = Receive(TheRecording.Answered(), budget.Token);
        await budget.CancelAsync();

        await FluentActions.Awaiting(() => receiving).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task An_unreadable_event_is_kept_all_the_same()
    {
        var read = new ReadCallback("digest", null, null, new Dictionary<string, string> { ["sessionId"] = "Name it." });
        _context = new(IsApplied: false, Recording: null);
        _protocol.Setup(protocol => protocol.Read(It.IsAny<RawCallback>())).Returns(read);

        await FluentActions.Awaiting(() => Handler().Handle(new ReceiveWebhook([1], "application/json"), default))
            .Should().ThrowAsync<ValidationException>();

        _kept.Should().ContainSingle(kept => kept.Content == read);
    }

    private Moq.Language.Flow.ISetup<IWebhookInbox, Task<SessionNews>> WhenLookedFor() => _inbox.Setup(inbox => inbox.LookForSessionAsync(
        It.IsAny<string>(), It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>()));

    private Task<WebhookAnswer> Receive(CallEvent report, CancellationToken cancellationToken = default)
    {
        _protocol.Setup(protocol => protocol.Read(It.IsAny<RawCallback>()))
            .Returns(new ReadCallback(report.Digest, report.SessionId, report, new Dictionary<string, string>()));
        return Handler().Handle(new ReceiveWebhook([], "application/json"), cancellationToken);
    }

    private ReceiveWebhookHandler Handler() =>
        new(_inbox.Object, new CallbackIntake(_inbox.Object, _recordings.Object, _clock), _protocol.Object, _clock);
}
