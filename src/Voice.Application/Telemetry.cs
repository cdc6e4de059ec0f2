using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Voice.Application;

/// <summary>
/// What the service counts and traces of itself. Every label is one of a few names: never a phone, a secret, an id or free text. What
/// waits in the database is measured there; docs/operations.md says what each of these is for.
/// </summary>
public static class Telemetry
{
    /// <summary>The name of the meter, and of the source of traces.</summary>
    public const string Name = "Voice";

    private static readonly Meter Meter = new(Name);

    /// <summary>Where spans come from; without anybody who collects them there are none.</summary>
    public static ActivitySource Spans { get; } = new(Name);

    /// <summary>Status reads that were answered, waits included.</summary>
    public static Counter<long> StatusReads { get; } = Meter.CreateCounter<long>(
        "voice.status.reads", description: "Status reads that were answered.");

    /// <summary>Those of them that told the caller that nothing has changed.</summary>
    public static Counter<long> StatusUnchanged { get; } = Meter.CreateCounter<long>(
        "voice.status.unchanged", description: "Status reads that told that nothing has changed.");

    /// <summary>Answers that are held at the moment: waits, streams, and work that is waited for.</summary>
    public static UpDownCounter<long> Held { get; } = Meter.CreateUpDownCounter<long>(
        "voice.held", description: "Requests that are being held: waits, streams, and work that is waited for.");

    /// <summary>Recordings that took a status, by <c>status</c> and, for failed ones, <c>code</c>.</summary>
    public static Counter<long> Recordings { get; } = Meter.CreateCounter<long>(
        "voice.recordings", description: "Recordings that took a status.");

    /// <summary>Final reports that contradict what is settled.</summary>
    public static Counter<long> Contradictions { get; } = Meter.CreateCounter<long>(
        "voice.contradictions", description: "Reports on a call's end that contradict what is settled.");

    /// <summary>Seconds from the receipt of a callback to the moment that its effect can be read.</summary>
    public static Histogram<double> CallbackVisible { get; } = Seconds(
        "voice.callback.visible", "From the receipt of a callback to the moment that its effect can be read.",
        .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 60, 600);

    /// <summary>Seconds that the provider took, by <c>operation</c> (call, text_message) and <c>outcome</c>.</summary>
    public static Histogram<double> ProviderCalls { get; } = Seconds(
        "voice.provider.call", "What the provider took to answer.", .05, .1, .25, .5, 1, 2.5, 5, 10, 15, 30);

    /// <summary>Text messages that nothing more will be done about, by <c>state</c>.</summary>
    public static Counter<long> Messages { get; } = Meter.CreateCounter<long>(
        "voice.messages", description: "Text messages that nothing more is done about.");

    /// <summary>Seconds from an event to the end of each try to deliver it, by <c>outcome</c> (delivered, retrying, missed).</summary>
    public static Histogram<double> Deliveries { get; } = Seconds(
        "voice.delivery.lag", "From an event to the end of a try to deliver it.", .05, .1, .25, .5, 1, 5, 10, 60, 600, 3600, 86400);

    /// <summary>Endpoints that nothing is sent to any more, until somebody asks for a replay.</summary>
    public static Counter<long> EndpointsDisabled { get; } = Meter.CreateCounter<long>(
        "voice.endpoints.disabled", description: "Endpoints that were disabled because they took no events.");

    /// <summary>Jobs that ended, by <c>status</c>.</summary>
    public static Counter<long> Jobs { get; } = Meter.CreateCounter<long>("voice.jobs", description: "Jobs that ended.");

    /// <summary>Shows zero of what has not happened yet, so that its first time is seen as an increase.</summary>
    public static void Begin()
    {
        foreach (var counter in new[] { StatusReads, StatusUnchanged, Contradictions, EndpointsDisabled }) counter.Add(0);
        Held.Add(0);
    }

    /// <summary>A label.</summary>
    public static KeyValuePair<string, object?> Label(string key, string value) => new(key, value);

    private static Histogram<double> Seconds(string name, string description, params double[] bounds) => Meter.CreateHistogram(
        name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });
}
