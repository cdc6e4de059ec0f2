using FluentValidation;
using MediatR;
using Voice.Application.Conferences;
using Voice.Domain.Contracts;
using Voice.Domain.Recordings;

namespace Voice.Application.Confirmations;

/// <summary>A text message came from somebody. Answered with the decision it was taken for; null: it was ignored.</summary>
/// <param name="From">The sender's number, however the network writes it.</param>
/// <param name="Text">What it says: <see cref="SmsReply"/>.</param>
public sealed record ReceiveSms(string From, string Text) : IRequest<Decision?>;

internal sealed class ReceiveSmsHandler(
    IAgreementRepository agreements, ITextMessageOutbox outbox, INumberingPlan numberingPlan, IMediator mediator, TimeProvider clock)
    : IRequestHandler<ReceiveSms, Decision?>
{
    public async Task<Decision?> Handle(ReceiveSms request, CancellationToken cancellationToken)
    {
        if (SmsReply.Read(request.Text) is not { } reply)
        {
            await TellHowToAnswerAsync(request.From, cancellationToken);
            return null;
        }
        if (await agreements.FindAsync(reply.ContractId, cancellationToken) is not { } agreement
            || SenderAmong(agreement.Parties, request.From) is not { } phone) return null;
        try
        {
            await mediator.Send(new ConfirmContract(reply.ContractId, new()
            {
                Phone = phone.Value,
                Code = reply.Code,
                Decision = reply.Decision == Decision.Rejected ? "reject" : "confirm",
            }, DecisionChannel.TextMessage), cancellationToken);
            return reply.Decision;
        }
        catch (Exception exception) when (exception is ValidationException or ConflictException)
        {
            return null; // The provider would only send it again.
        }
    }

    // A number without its country is one of the country of the party that it may be.
    private PhoneNumber? SenderAmong(IEnumerable<Signatory> parties, string from) =>
        parties.FirstOrDefault(party => numberingPlan.Read(from, party.Phone) == party.Phone)?.Phone;

    // Only to somebody whom we have asked, and once a day: a stranger must not make us send anything.
    private async Task TellHowToAnswerAsync(string from, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMilliseconds();
        if (numberingPlan.Read(from) is { } phone && await agreements.FindWaitingForAsync(phone, now, cancellationToken) is { } contractId)
            await outbox.AddAsync(TextMessage.HowToAnswer(phone, contractId, now), cancellationToken);
    }
}
