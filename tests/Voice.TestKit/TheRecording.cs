using Voice.Application.Recordings;
using Voice.Domain.Recordings;

namespace Voice.TestKit;

/// <summary>Recordings and reports for tests, with only what a test cares about spelled out.</summary>
internal static class TheRecording
{
    public const string Id = "conf_1234567890";
    public const string Address = "https://voice.africastalking.com/recording/abc123def456";
    public static readonly DateTimeOffset Start = new(2024, 1, 15, 10, 0, 0, TimeSpan.Zero);
    private static int _reports;

    public static Recording New(string id = Id, DateTimeOffset? at = null, int expectedSeconds = 600, string other = "+254787654321") =>
        Recording.Start(
        id, [PhoneNumber.Parse("+254712345678"), PhoneNumber.Parse(other)], ContractType.Default, expectedSeconds, at ?? Start);

    public static Recording Placed(int expectedSeconds = 600)
    {
        var recording = New(expectedSeconds: expectedSeconds);
        recording.Placed("ATVId_1", Start);
        return recording;
    }

    public static Recording That(RecordingStatus status)
    {
        var recording = Placed();
        switch (status)
        {
            case RecordingStatus.Processing:
                recording.Apply(Report(isFinal: true));
                break;
            case RecordingStatus.Failed:
                recording.Apply(Report(isFinal: true, failure: FailureCode.NoAnswer));
                break;
            case RecordingStatus.Completed:
                recording.Apply(Report(isFinal: true, url: Address, conversation: 342));
                break;
        }
        return recording.Status == status ? recording : throw new InvalidOperationException($"It is {recording.Status}, not {status}.");
    }

    public static CallEvent Report(
        bool isFinal = false, PartyState first = PartyState.Dialled, PartyState other = PartyState.Waiting, FailureCode? failure = null,
        string? url = null, int? conversation = null, int? call = null, double afterSeconds = 60, string? digest = null) => new()
        {
            Digest = digest ?? $"digest {Interlocked.Increment(ref _reports)}",
            SessionId = "ATVId_1",
            ReceivedAt = Start.AddSeconds(afterSeconds),
            IsFinal = isFinal,
            FirstParty = first,
            OtherParty = other,
            Failure = failure,
            RecordingUrl = url,
            ConversationSeconds = conversation,
            CallSeconds = call,
            Description = "a report",
        };

    public static CallEvent Answered(string? digest = null) => Report(first: PartyState.Answered, digest: digest);

    public static CallEvent Final(string? url = null, int? seconds = null, FailureCode? failure = null) =>
        Report(isFinal: true, url: url, conversation: seconds, failure: failure, afterSeconds: 342);
}

/// <summary>Recordings of which nobody ordered a contract.</summary>
internal static class RecordingStorage
{
    public static Task<UsedKey?> AddAsync(
        this IRecordingRepository recordings, Recording recording, IdempotencyKey? key, CancellationToken cancellationToken) =>
        recordings.AddAsync(recording, key, job: null, cancellationToken);
}
