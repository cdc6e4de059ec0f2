using System.ComponentModel.DataAnnotations;

namespace Voice.Application;

/// <summary>The settings under <c>Limits</c>: how much there may be of what others make us hold or do. README has the table.</summary>
public sealed class Limits
{
    private const string Positive = "must be a whole number from 1.";

    /// <summary>Requests of one caller in a second, on an instance; twice as many may come at once.</summary>
    [Range(1, 1_000_000, ErrorMessage = Positive)]
    public int RequestsPerSecond { get; init; } = 2_000;

    /// <summary>Answers that one caller has us hold at the same time: waits, streams, and work that is waited for.</summary>
    [Range(1, 1_000_000, ErrorMessage = Positive)]
    public int HeldPerCaller { get; init; } = 10_000;

    /// <summary>Answers held for all callers together.</summary>
    [Range(1, 1_000_000, ErrorMessage = Positive)]
    public int Held { get; init; } = 20_000;

    /// <summary>Open connections.</summary>
    [Range(1, 1_000_000, ErrorMessage = Positive)]
    public int Connections { get; init; } = 25_000;

    /// <summary>How long the head of a request may take to arrive.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "must be from a second to a day, such as 00:00:10.")]
    public TimeSpan HeaderTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Uploads that are taken in at the same time.</summary>
    [Range(1, 1_000, ErrorMessage = Positive)]
    public int UploadsAtOnce { get; init; } = 8;

    /// <summary>Jobs of one caller that have not ended.</summary>
    [Range(1, 1_000_000, ErrorMessage = Positive)]
    public int JobsPerCaller { get; init; } = 500;

    /// <summary>Jobs of all callers that have not ended.</summary>
    [Range(1, 1_000_000, ErrorMessage = Positive)]
    public int Jobs { get; init; } = 1_000;

    /// <summary>Processor time that decoding one piece of audio may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "must be from a second to a day, such as 00:02:00.")]
    public TimeSpan DecodingTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Text messages to one number in a day.</summary>
    [Range(1, 1_000_000, ErrorMessage = Positive)]
    public int MessagesPerNumber { get; init; } = 30;

    /// <summary>Text messages about one recording in a day.</summary>
    [Range(1, 1_000_000, ErrorMessage = Positive)]
    public int MessagesPerRecording { get; init; } = 30;

    /// <summary>Callbacks that are kept though no recording is known for them.</summary>
    [Range(1, 1_000_000, ErrorMessage = Positive)]
    public int UnknownEvents { get; init; } = 5_000;

    /// <summary>Bytes of all these together.</summary>
    [Range(1, long.MaxValue, ErrorMessage = Positive)]
    public long UnknownEventBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Webhook endpoints.</summary>
    [Range(1, 1_000, ErrorMessage = Positive)]
    public int Endpoints { get; init; } = 20;

    /// <summary>Lines in the timeline of a recording that tell of callbacks.</summary>
    [Range(1, 1_000_000, ErrorMessage = Positive)]
    public int TimelineLines { get; init; } = 1_000;
}
