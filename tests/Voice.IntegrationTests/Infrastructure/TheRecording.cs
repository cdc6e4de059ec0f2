using Voice.Domain.Recordings;

namespace Voice.IntegrationTests.Infrastructure;

internal static class TheRecording
{
    public static readonly DateTimeOffset Start = new(2024, 1, 15, 10, 0, 0, TimeSpan.Zero);

    public static Recording New(string id = "conf_1234567890", DateTimeOffset? at = null) => Recording.Start(
        id, [PhoneNumber.Parse("+254712345678"), PhoneNumber.Parse("+254787654321")], ContractType.Default, 600, at ?? Start);

    public static CallEvent Final(string? url = null, int? seconds = null, FailureCode? failure = null) => new()
    {
        Digest = Guid.NewGuid().ToString(),
        SessionId = "ATVId_1",
        ReceivedAt = Start.AddSeconds(342),
        IsFinal = true,
        RecordingUrl = url,
        ConversationSeconds = seconds,
        Failure = failure,
        Description = "final",
    };
}
