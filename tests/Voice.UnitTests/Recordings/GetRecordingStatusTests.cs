using System.Text;
using AutoMapper;
using Moq;
using Voice.Application;
using Voice.Application.Recordings;
using Voice.Domain.Recordings;

namespace Voice.UnitTests.Recordings;

public class GetRecordingStatusTests
{
    private static readonly MapperConfiguration Maps = new(map => map.AddMaps(typeof(GetRecordingStatus).Assembly));

    [Fact]
    public void Every_map_is_valid() => Maps.AssertConfigurationIsValid();

    [Fact]
    public async Task A_completed_recording_reads_as_documented()
    {
        var recording = TheRecording.Placed();
        recording.Apply(TheRecording.Report(isFinal: true, url: TheRecording.Address, conversation: 342, afterSeconds: 342));

        (await Json(recording)).Should().Be("""
            {"recording_id":"conf_1234567890","status":"completed","duration":342,
            "recording_url":"https://voice.africastalking.com/recording/abc123def456",
            "created_at":"2024-01-15T10:00:00.000Z","processed_at":"2024-01-15T10:05:42.000Z"}
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public async Task A_recording_in_progress_reads_as_documented() => (await Json(TheRecording.Placed())).Should().Be("""
        {"recording_id":"conf_1234567890","status":"recording","duration":null,"recording_url":null,
        "created_at":"2024-01-15T10:00:00.000Z","processed_at":null}
        """.ReplaceLineEndings(""));

    [Fact]
    public async Task A_failed_recording_says_why() => (await Json(TheRecording.That(RecordingStatus.Failed))).Should().EndWith("""
        ,"processed_at":null,
        "failure":{"code":"no_answer","message":"The first party did not answer. Agree on a time and try again."}}
        """.ReplaceLineEndings(""));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("'; DROP TABLE voice_recordings; --")]
    [InlineData("conf_\0")]
    [InlineData("conf_é")]
    public async Task An_impossible_id_is_not_even_looked_up(string id)
    {
        var recordings = new Mock<IRecordingRepository>(MockBehavior.Strict);

        await FluentActions.Awaiting(() => Handler(recordings.Object).Handle(new(id), default))
            .Should().ThrowAsync<NotFoundException>().WithMessage("Recording not found");
    }

    private static async Task<string> Json(Recording recording)
    {
        var recordings = Mock.Of<IRecordingRepository>(
            r => r.FindViewAsync(recording.RecordingId, default) == Task.FromResult<RecordingView?>(
            new RecordingView { RecordingId = recording.RecordingId, CreatedAt = recording.CreatedAt, Outcome = recording.Facts.Outcome }));
        var body = await Handler(recordings).Handle(new(recording.RecordingId), default);
        return Encoding.UTF8.GetString(body.Json);
    }

    private static GetRecordingStatusHandler Handler(IRecordingRepository recordings) =>
        new(recordings, Maps.CreateMapper(), Mock.Of<IChangeFeed>(), Mock.Of<IStatusCache>(),
            new Waiter(Mock.Of<IChangeFeed>(), TimeProvider.System));
}
