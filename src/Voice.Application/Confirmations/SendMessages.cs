using MediatR;
using Voice.Application.Contracts;
using Voice.Domain.Contracts;

namespace Voice.Application.Confirmations;

/// <summary>Sends the text messages that are due. Safe on any number of instances at once, however slow they or the provider are.</summary>
public sealed record SendMessages : IRequest;

internal sealed class SendMessagesHandler(
    ITextMessageOutbox outbox, ITextMessageProvider provider, IContractRepository contracts, Limits limits, TimeProvider clock)
        : AsyncRequestHandler<SendMessages>
{
    // Who has not said by then what came of a message may be dead: nobody will ever know.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    protected override async Task Handle(SendMessages request, CancellationToken cancellationToken)
    {
        while (await TakeAsync(cancellationToken) is { } message) await SendAsync(message, cancellationToken);

        Task<TextMessage?> TakeAsync(CancellationToken cancellationToken)
        {
            var now = clock.GetUtcMilliseconds();
            return outbox.TakeAsync(now, now + Lease, cancellationToken);
        }
    }

    private async Task SendAsync(TextMessage message, CancellationToken cancellationToken)
    {
        // A message is stored after its contract, and goes with it when that is erased.
        if (await contracts.FindAsync(message.ContractId, cancellationToken) is not var (contract, agreement, _)) return;
        var now = clock.GetUtcMilliseconds();
        if (await ObstacleAsync(message, agreement, now, cancellationToken) is { } obstacle)
        {
            await outbox.SaveAsync(message.Answered(new(MessageState.Refused, obstacle), now), now, cancellationToken);
            return;
        }
        var text = message.Text;
        if (text is null)
        {
            var code = ConfirmationCode.New();
            text = MessageTexts.Ask(contract.Summary, contract.ContractId, code);
            message = message with { CodeHash = ConfirmationCode.Hash(code) };
        }
        // Before it leaves, because the answer may be quicker than the provider's; and what was given up while we prepared it is not sent.
        if (!await outbox.HoldAsync(message, now + Lease, cancellationToken)) return;
        // From here on it may reach a phone, so what came of it is noted even when we are stopping.
        var start = clock.GetTimestamp();
        var answer = await provider.SendAsync(message.Phone, text);
        Telemetry.ProviderCalls.Record(clock.GetElapsedTime(start).TotalSeconds,
            Telemetry.Label("operation", "text_message"), Telemetry.Label("outcome", answer.State.Name()));
        var answeredAt = clock.GetUtcMilliseconds();
        await outbox.SaveAsync(message.Answered(answer, answeredAt), answeredAt, CancellationToken.None);
    }

    private async Task<string?> ObstacleAsync(
        TextMessage message, Agreement agreement, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (message.Text is null && agreement.ObstacleTo(message.Phone, now) is not null) return "There is nothing to decide any more.";
        var posted = await outbox.CountPostedAsync(message.Phone, message.ContractId, now.AddDays(-1), cancellationToken);
        return posted.ToNumber > limits.MessagesPerNumber ? $"{limits.MessagesPerNumber} messages went to this number today: that is all."
            : posted.AboutRecording > limits.MessagesPerRecording
                ? $"{limits.MessagesPerRecording} messages went out about this recording today: that is all."
            : null;
    }
}
