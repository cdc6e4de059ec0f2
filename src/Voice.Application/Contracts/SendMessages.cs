using MediatR;
using Voice.Domain.Contracts;

namespace Voice.Application.Contracts;

/// <summary>Sends text messages.</summary>
public interface ISmsProvider
{
    /// <summary>Sends one message, once.</summary>
    Task<SmsAnswer> SendAsync(string phone, string message);
}

/// <summary>What came of sending a message.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Detail">The provider's words.</param>
public sealed record SmsAnswer(SmsOutcome Outcome, string? Detail = null);

/// <summary>What can come of sending a message.</summary>
public enum SmsOutcome
{
    /// <summary>The provider took it.</summary>
    Accepted,

    /// <summary>The provider will never take it.</summary>
    Refused,

    /// <summary>It was certainly not taken; later it may be.</summary>
    NotSent,

    /// <summary>Nobody can say whether it was taken: sending it again could send it twice.</summary>
    Unknown,
}

/// <summary>Messages that wait to be sent. Every method throws a <see cref="System.Data.Common.DbException"/> when the database is away.</summary>
public interface ISmsOutbox
{
    /// <summary>Messages that are due, each given to one caller only until <paramref name="until"/>.</summary>
    Task<IReadOnlyList<OutgoingSms>> TakeAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Notes, before anything leaves, that a message is being posted, and what is kept of its code. Whoever finds it so later must not post it again.
    /// </summary>
    Task BeginPostingAsync(OutgoingSms message, string codeHash, CancellationToken cancellationToken);

    /// <summary>Notes what came of it, and when to try again.</summary>
    Task FinishAsync(OutgoingSms message, SmsAnswer answer, DateTimeOffset? tryAgainAt, CancellationToken cancellationToken);
}

/// <summary>A message to a party.</summary>
/// <param name="ContractId">The contract it is about.</param>
/// <param name="Phone">The party.</param>
/// <param name="Tries">How often it was tried before.</param>
/// <param name="Summary">The contract's summary.</param>
public sealed record OutgoingSms(string ContractId, string Phone, int Tries, string Summary);

/// <summary>Sends what is due, and ends contracts whose time is over. Safe on any number of instances at once.</summary>
public sealed record SendMessages : IRequest;

internal sealed class SendMessagesHandler(ISmsOutbox outbox, ISmsProvider provider, IConfirmations confirmations, TimeProvider clock) : AsyncRequestHandler<SendMessages>
{
    private const int BatchSize = 20;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    protected override async Task Handle(SendMessages request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMilliseconds();
        await confirmations.ExpireAsync(now, cancellationToken);
        foreach (var message in await outbox.TakeAsync(now, now + Lease, BatchSize, cancellationToken))
        {
            var code = ConfirmationCode.New();
            await outbox.BeginPostingAsync(message, ConfirmationCode.Hash(code), cancellationToken);
            // From here on it may reach a phone, so what came of it is noted even when we are stopping.
            var answer = await provider.SendAsync(message.Phone, Text(message, code));
            var pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(message.Tries, 10)));
            await outbox.FinishAsync(message, answer, answer.Outcome == SmsOutcome.NotSent ? clock.GetUtcMilliseconds() + pause : null, CancellationToken.None);
        }
    }

    private static string Text(OutgoingSms message, string code) =>
        $"{message.Summary} Your code: {code}. Agree: YES-{message.ContractId} {code}. Refuse: NO-{message.ContractId} {code}. Valid 24 hours.";
}
