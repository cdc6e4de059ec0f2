namespace Voice.Application.Events;

/// <summary>What has become of a delivery.</summary>
public enum DeliveryState
{
    /// <summary>It was not tried yet.</summary>
    Waiting,

    /// <summary>It was tried in vain, and will be tried again.</summary>
    Retrying,

    /// <summary>The endpoint has taken it.</summary>
    Delivered,

    /// <summary>The endpoint is, or was, disabled: it is sent when somebody asks for a replay.</summary>
    Missed,
}

/// <summary>The states as the API spells them.</summary>
public static class DeliveryStates
{
    /// <summary>The name, such as <c>waiting</c>.</summary>
    public static string Name(this DeliveryState state) => state switch
    {
        DeliveryState.Waiting => "waiting",
        DeliveryState.Retrying => "retrying",
        DeliveryState.Delivered => "delivered",
        DeliveryState.Missed => "missed",
    };
}

/// <summary>An event on its way to an endpoint.</summary>
public sealed record Delivery
{
    // In hours, for a patience of about three days; for another they are longer or shorter in proportion.
    private static readonly double[] Pauses = [5 / 3600.0, 1 / 60.0, 5 / 60.0, 0.5, 2, 5, 10, 13, 17, 24];
    private static readonly double Sum = Pauses.Sum();

    /// <summary>How many times it is tried again.</summary>
    public static int Repeats => Pauses.Length;

    /// <summary>Its place among all deliveries: grows from one to the next.</summary>
    public required long Place { get; init; }

    /// <summary>To whom.</summary>
    public required string EndpointId { get; init; }

    /// <summary>The event, the same for all endpoints and however often it is sent.</summary>
    public required string EventId { get; init; }

    /// <summary>One of <see cref="EventTypes.All"/>.</summary>
    public required string Type { get; init; }

    /// <summary>The recording or, where it has none, the contract in whose order it goes.</summary>
    public required string Subject { get; init; }

    /// <summary>The contract that it is about; null: it is about the recording.</summary>
    public string? ContractId { get; init; }

    /// <summary>When it happened, UTC, whole milliseconds.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it is tried (again); null: it is delivered or the endpoint is disabled.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Tries { get; init; }

    /// <summary>How often it was taken: the guard against two that send it at once.</summary>
    public int Version { get; init; }

    /// <summary>When the last try ended.</summary>
    public DateTimeOffset? TriedAt { get; init; }

    /// <summary>When it was delivered.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>What was answered to the last try.</summary>
    public EventAnswer? Answer { get; init; }

    /// <summary>What has become of it.</summary>
    public DeliveryState State =>
        DeliveredAt is not null ? DeliveryState.Delivered
        : DueAt is null ? DeliveryState.Missed
        : TriedAt is not null ? DeliveryState.Retrying
        : DeliveryState.Waiting;

    /// <summary>Why the endpoint is not to be tried any more; null: it may be.</summary>
    public string? ReasonToDisable =>
        State != DeliveryState.Missed ? null
        : Answer is { IsGone: true } ? "It answered 410 Gone: it wants no more events."
        : $"It did not take {EventId} in {Tries} tries; the last was answered: {(Answer?.Status is { } status ? $"{status} " : "")}"
            + Answer?.Words;

    /// <summary>
    /// That came of the try it was taken for. An endpoint that asks for a longer pause gets it, up to the longest that there is.
    /// </summary>
    /// <param name="answer">What was answered.</param>
    /// <param name="now">The time, UTC, whole milliseconds.</param>
    /// <param name="patience">How long all repeats together may take.</param>
    /// <param name="dice">0 to 1: where in the tenth around its pause the next try is, so that not all come at once.</param>
    public Delivery Answered(EventAnswer answer, DateTimeOffset now, TimeSpan patience, double dice) => this with
    {
        Answer = answer,
        TriedAt = now,
        DeliveredAt = answer.IsTaken ? now : null,
        DueAt = answer.IsTaken || answer.IsGone || Tries > Repeats ? null
            : now + (new[] { PauseAfter(Tries, patience), Asked(answer, patience) }.Max() * (0.95 + (dice / 10))),
    };

    private static TimeSpan PauseAfter(int tries, TimeSpan patience) => patience * (Pauses[tries - 1] / Sum);

    private static TimeSpan Asked(EventAnswer answer, TimeSpan patience) =>
        new[] { answer.RetryAfter ?? TimeSpan.Zero, PauseAfter(Repeats, patience) }.Min();

    /// <summary>The try it was taken for was cut short because we are stopping: somebody else may go on at once.</summary>
    public Delivery CutShort(DateTimeOffset now) => this with { DueAt = now, Tries = Tries - 1 };
}
