using System.Globalization;
using Voice.Domain.Contracts;
using Voice.Domain.Recordings;

namespace Voice.Application.Confirmations;

/// <summary>A text message to a party of a contract.</summary>
public sealed record TextMessage
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    /// <summary>Says what the message is, so that nobody is sent the same thing twice.</summary>
    public required string MessageId { get; init; }

    /// <summary>To whom.</summary>
    public required PhoneNumber Phone { get; init; }

    /// <summary>About which contract.</summary>
    public required string ContractId { get; init; }

    /// <summary>What it says; null: it asks to confirm, with a code that is made when it is sent and kept nowhere.</summary>
    public string? Text { get; init; }

    /// <summary>What is kept of its code; null before it is sent, and where it has none.</summary>
    public string? CodeHash { get; init; }

    /// <summary>What has become of it.</summary>
    public MessageState State { get; init; }

    /// <summary>The provider's words on that.</summary>
    public string? Detail { get; init; }

    /// <summary>When it was asked for, UTC, whole milliseconds.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is to be sent (again); null once there is nothing more to do.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How often sending it was tried.</summary>
    public int Tries { get; init; }

    /// <summary>A message that asks to confirm.</summary>
    /// <param name="phone">To whom.</param>
    /// <param name="contractId">What.</param>
    /// <param name="number">The how many-th to that party about that contract, from 1.</param>
    /// <param name="now">The time, UTC, whole milliseconds.</param>
    public static TextMessage Code(PhoneNumber phone, string contractId, int number, DateTimeOffset now) => new()
    {
        MessageId = $"{contractId}/{phone.Value}/{number}",
        Phone = phone,
        ContractId = contractId,
        CreatedAt = now,
        DueAt = now,
    };

    /// <summary>Tells somebody whose answer could not be read how to answer, once a day.</summary>
    public static TextMessage HowToAnswer(PhoneNumber phone, string contractId, DateTimeOffset now) => new()
    {
        MessageId = $"how/{phone.Value}/{now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}",
        Phone = phone,
        ContractId = contractId,
        Text = MessageTexts.HowToAnswer(contractId),
        CreatedAt = now,
        DueAt = now,
    };

    /// <summary>What the timeline of the recording says of what came of it; null: nothing yet, or it has no code.</summary>
    /// <param name="now">The time, UTC, whole milliseconds.</param>
    public TimelineEntry? Line(DateTimeOffset now)
    {
        var about = $"{ContractId} to {Phone.Masked}";
        return Text is not null ? null : State switch
        {
            MessageState.Waiting or MessageState.Posting => null,
            MessageState.Accepted => new(now, TimelineKind.CodeSent, about),
            MessageState.Refused => new(now, TimelineKind.CodeNotSent, about),
            MessageState.Unknown => new(now, TimelineKind.CodeNotSent, $"{about}: it may have arrived all the same"),
        };
    }

    /// <summary>The provider answered that; what may be tried again is, after growing pauses.</summary>
    public TextMessage Answered(TextMessageAnswer answer, DateTimeOffset now)
    {
        var pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Clamp(Tries - 1, 0, 10)));
        return this with
        {
            State = answer.State,
            Detail = answer.Detail,
            DueAt = answer.State == MessageState.Waiting ? now + pause
            : null
        };
    }
}
