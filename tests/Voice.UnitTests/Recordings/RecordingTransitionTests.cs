using Voice.Domain.Recordings;

namespace Voice.UnitTests.Recordings;

/// <summary>The whole transition table, every pair of status and news, against a list written by hand.</summary>
public class RecordingTransitionTests
{
    public static TheoryData<string, string, string> Table => new()
    {
        { "recording", "active", "recording" },
        { "recording", "active with address", "recording" },
        { "recording", "final with address", "completed" },
        { "recording", "final without address", "processing" },
        { "recording", "final failure", "failed" },
        { "recording", "setup deadline", "failed" },
        { "recording", "processing deadline", "failed" },
        { "recording", "refusal", "failed" },

        { "processing", "active", "processing" },
        { "processing", "active with address", "completed" },
        { "processing", "final with address", "completed" },
        { "processing", "final without address", "processing" },
        { "processing", "final failure", "failed" },
        { "processing", "setup deadline", "processing" },
        { "processing", "processing deadline", "failed" },
        { "processing", "refusal", "failed" },

        { "failed", "active", "failed" },
        { "failed", "active with address", "completed" },
        { "failed", "final with address", "completed" },
        { "failed", "final without address", "failed" },
        { "failed", "final failure", "failed" },
        { "failed", "setup deadline", "failed" },
        { "failed", "processing deadline", "failed" },
        { "failed", "refusal", "failed" },

        { "completed", "active", "completed" },
        { "completed", "active with address", "completed" },
        { "completed", "final with address", "completed" },
        { "completed", "final without address", "completed" },
        { "completed", "final failure", "completed" },
        { "completed", "setup deadline", "completed" },
        { "completed", "processing deadline", "completed" },
        { "completed", "refusal", "completed" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Every_status_takes_every_news_as_listed(string from, string news, string to)
    {
        var recording = TheRecording.That(Enum.Parse<RecordingStatus>(from, ignoreCase: true));

        Bring(recording, news);

        recording.Status.Name().Should().Be(to);
    }

    [Fact]
    public void The_table_is_complete() =>
        Table.Select(row => (row[0], row[1])).Distinct().Should().HaveCount(Enum.GetValues<RecordingStatus>().Length * 8);

    [Theory]
    [MemberData(nameof(Table))]
    public void What_a_caller_sees_fits_the_status(string from, string news, string to)
    {
        var recording = TheRecording.That(Enum.Parse<RecordingStatus>(from, ignoreCase: true));

        Bring(recording, news);

        (recording.RecordingUrl is not null).Should().Be(to == "completed");
        (recording.ProcessedAt is not null).Should().Be(to == "completed");
        (recording.Failure is not null).Should().Be(to == "failed");
        if (to is "recording" or "failed") recording.Duration.Should().BeNull();
    }

    private static void Bring(Recording recording, string news)
    {
        var deadlines = new Deadlines(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(15));
        switch (news)
        {
            case "active": recording.Apply(TheRecording.Answered()); break;
            case "active with address": recording.Apply(TheRecording.Report(first: PartyState.Bridged, url: TheRecording.Address)); break;
            case "final with address": recording.Apply(TheRecording.Report(isFinal: true, url: TheRecording.Address)); break;
            case "final without address": recording.Apply(TheRecording.Report(isFinal: true)); break;
            case "final failure": recording.Apply(TheRecording.Report(isFinal: true, failure: FailureCode.Busy)); break;
            case "setup deadline": recording.PassDeadline(deadlines, TheRecording.Start.AddMinutes(4)); break;
            case "processing deadline": recording.PassDeadline(deadlines, TheRecording.Start.AddMinutes(17)); break;
            case "refusal": recording.NotPlaced(Placement.Refused, FailureCode.ProviderRefused, "no", TheRecording.Start); break;
            default: throw new ArgumentOutOfRangeException(nameof(news), news, null);
        }
    }
}
