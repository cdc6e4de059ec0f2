using System.Text;
using MediatR;
using Microsoft.Extensions.Time.Testing;
using Moq;
using Voice.Application.Conferences;
using Voice.Application.Recordings;
using Voice.Application.Webhooks;
using Voice.Domain.Recordings;

namespace Voice.UnitTests.Recordings;

public class PassDeadlinesTests
{
    private static readonly Deadlines Deadlines = new(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(15));
    private readonly Mock<IRecordingRepository> _recordings = new();
    private readonly Mock<IVoiceProvider> _provider = new();
    private readonly Mock<IProviderProtocol> _protocol = new();
    private readonly Mock<IWebhookInbox> _inbox = new();
    private readonly FakeTimeProvider _clock = new(TheRecording.Start);
    private readonly Recording _recording = TheRecording.Placed();

    public PassDeadlinesTests()
    {
        _recordings.Setup(all => all.TakeOverdueAsync(It.IsAny<DateTimeOffset>(), It.IsAny<DateTimeOffset>(), It.IsAny<int>(), default))
            .ReturnsAsync([TheRecording.Id]);
        _recordings.Setup(all => all.FindAsync(TheRecording.Id, It.IsAny<CancellationToken>())).ReturnsAsync(() => _recording);
        _recordings.Setup(all => all.SaveAsync(
            It.IsAny<IReadOnlyCollection<Recording>>(), It.IsAny<IReadOnlyCollection<string>>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(true);
        _inbox.Setup(inbox => inbox.KeepAsync(It.IsAny<IReadOnlyList<Callback>>(), It.IsAny<TimeSpan>()))
            .ReturnsAsync(() => [new CallbackContext(IsApplied: false, _recording)]);
    }

    [Fact]
    public async Task A_provider_that_cannot_be_asked_is_silent()
    {
        await PassAsync(after: TimeSpan.FromMinutes(3));

        _recording.Failure.Should().Be(FailureCode.ProviderSilent);
        _inbox.VerifyNoOtherCalls();
    }

    [Fact]
    public async Task What_it_says_when_asked_beats_its_silence()
    {
        Says(TheRecording.Report(isFinal: true, url: TheRecording.Address, conversation: 342, afterSeconds: 180));

        await PassAsync(after: TimeSpan.FromMinutes(3));

        (_recording.Status, _recording.RecordingUrl).Should().Be((RecordingStatus.Completed, TheRecording.Address));
    }

    [Fact]
    public async Task That_the_phone_still_rings_is_news_enough_to_wait()
    {
        Says(TheRecording.Report(first: PartyState.Ringing, afterSeconds: 180));

        await PassAsync(after: TimeSpan.FromMinutes(3));

        _recording.Status.Should().Be(RecordingStatus.Recording);
        Deadlines.Of(_recording).Should().Be(TheRecording.Start.AddMinutes(5));
    }

    [Fact]
    public async Task A_call_that_goes_on_for_too_long_fails_though_it_goes_on()
    {
        _recording.Apply(TheRecording.Answered());
        Says(TheRecording.Report(first: PartyState.Bridged, other: PartyState.Bridged, afterSeconds: 1500));

        await PassAsync(after: TimeSpan.FromMinutes(25));

        _recording.Failure.Should().Be(FailureCode.CallTooLong);
    }

    [Fact]
    public async Task Nobody_is_asked_about_a_recording_that_may_still_wait()
    {
        await PassAsync(after: TimeSpan.FromMinutes(1));

        _recording.Status.Should().Be(RecordingStatus.Recording);
        _provider.VerifyNoOtherCalls();
    }

    private void Says(CallEvent report)
    {
        var raw = new RawCallback(Encoding.ASCII.GetBytes("isActive=0"), "text/plain", report.ReceivedAt);
        _provider.Setup(provider => provider.AskAsync(It.IsAny<Recording>())).ReturnsAsync(raw);
        _protocol.Setup(protocol => protocol.Read(raw))
            .Returns(new ReadCallback(report.Digest, report.SessionId, report, new Dictionary<string, string>()));
    }

    private async Task PassAsync(TimeSpan after)
    {
        _clock.Advance(after);
        var intake = new CallbackIntake(_inbox.Object, _recordings.Object, _clock);
        IRequestHandler<PassDeadlines> handler = new PassDeadlinesHandler(
            _recordings.Object, _provider.Object, _protocol.Object, intake, Deadlines, _clock);
        await handler.Handle(new PassDeadlines(), default);
    }
}
