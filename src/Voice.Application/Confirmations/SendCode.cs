using FluentValidation;
using MediatR;
using Voice.Application.Conferences;
using Voice.Application.Contracts;
using Voice.Domain.Contracts;
using Voice.Domain.Recordings;

namespace Voice.Application.Confirmations;

/// <summary>Send a party of a contract a new code; those that it has stay good.</summary>
/// <param name="ContractId">The contract; any text.</param>
/// <param name="To">The party.</param>
public sealed record SendCode(string ContractId, CodeReceiver To) : IRequest<ContractBody>;

/// <summary>Who is to get a code.</summary>
public sealed record CodeReceiver
{
    /// <summary>The party's number, E.164.</summary>
    public string? Phone { get; init; }
}

internal sealed class CodeReceiverValidator : AbstractValidator<CodeReceiver>
{
    public CodeReceiverValidator() => RuleFor(receiver => receiver.Phone).MustBePhone();
}

internal sealed class SendCodeHandler(
    IAgreementRepository agreements, ITextMessageOutbox outbox, IMediator mediator, Limits limits, TimeProvider clock)
    : IRequestHandler<SendCode, ContractBody>
{
    public async Task<ContractBody> Handle(SendCode request, CancellationToken cancellationToken)
    {
        var phone = PhoneNumber.Parse(request.To.Phone!);
        var now = clock.GetUtcMilliseconds();
        var agreement = await Lookup.GetContractAsync(agreements.FindAsync, request.ContractId, cancellationToken);
        if (agreement.ObstacleTo(phone, now) is { } obstacle) throw obstacle.ToException(agreement, phone, now);
        var sent = await outbox.CountCodesAsync(request.ContractId, phone, cancellationToken);
        // The first went out with the contract, and no contract can be confirmed for longer than a day.
        if (sent > ConfirmationCode.MostADay)
            throw new ConflictException($"{ConfirmationCode.MostADay} new codes were sent to this number today: that is all.");
        var posted = await outbox.CountPostedAsync(phone, request.ContractId, now.AddDays(-1), cancellationToken);
        if (posted.ToNumber >= limits.MessagesPerNumber || posted.AboutRecording >= limits.MessagesPerRecording)
            throw new TooManyException("No more messages go to this number, or about this recording, today.");
        await outbox.AddAsync(TextMessage.Code(phone, request.ContractId, number: sent + 1, now), cancellationToken);
        return await mediator.Send(new GetContract(request.ContractId), cancellationToken);
    }
}
