using Voice.Domain.Recordings;

namespace Voice.Infrastructure.Recordings;

/// <summary>The settings under <c>Recordings</c>.</summary>
internal sealed class RecordingSettings
{
    [Duration]
    public TimeSpan SetupDeadline { get; init; } = TimeSpan.FromMinutes(2);

    [Duration]
    public TimeSpan ProcessingDeadline { get; init; } = TimeSpan.FromMinutes(15);

    public Deadlines ToDeadlines() => new(SetupDeadline, ProcessingDeadline);
}
