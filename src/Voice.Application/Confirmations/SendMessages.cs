using MediatR;
using Voice.Application.Contracts;
using Voice.Domain.Contracts;

namespace Voice.Application.Confirmations;

/// <summary>Sends the text messages that are due, each taken just before it is posted. Safe on any number of instances at once.</summary>
public sealed record SendMessages : IRequest;

internal sealed class SendMessagesHandler(
    ITextMessageOutbox outbox, ITextMessageProvider provider, IContractRepository contracts, TimeProvider clock)
        : AsyncRequestHandler<SendMessages>
{
    // Longer than the provider may take to answer.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    protected override async Task Handle(SendMessages request, CancellationToken cancellationToken)
    {
        while (await TakeAsync(cancellationToken) is { } message)
        {
            if (message.Text is not null) await PostAsync(message, message.Text);
            else await AskAsync(message, cancellationToken);
        }

        Task<TextMessage?> TakeAsync(CancellationToken cancellationToken)
        {
            var now = clock.GetUtcMilliseconds();
            return outbox.TakeAsync(now, now + Lease, cancellationToken);
        }
    }

    private async Task AskAsync(TextMessage message, CancellationToken cancellationToken)
    {
        var (contract, agreement, _) = (
            await contracts.FindAsync(message.ContractId, cancellationToken))!; // A message is stored after its contract.
        var now = clock.GetUtcMilliseconds();
        if (agreement.ObstacleTo(message.Phone, now) is not null)
        {
            await outbox.SaveAsync(
                message.Answered(new(MessageState.Refused, "There is nothing to decide any more."), now), cancellationToken);
            return;
        }
        var code = ConfirmationCode.New();
        message = message with { CodeHash = ConfirmationCode.Hash(code) };
        await outbox.SaveAsync(message, cancellationToken); // Before it leaves: the answer may be quicker than the provider's.
        await PostAsync(message, MessageTexts.Ask(contract.Summary, contract.ContractId, code));
    }

    // From here on it may reach a phone, so what came of it is noted even when we are stopping.
    private async Task PostAsync(TextMessage message, string text) =>
        await outbox.SaveAsync(
            message.Answered(await provider.SendAsync(message.Phone, text), clock.GetUtcMilliseconds()), CancellationToken.None);
}
