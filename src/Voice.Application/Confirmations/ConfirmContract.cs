using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Voice.Application.Conferences;
using Voice.Application.Contracts;
using Voice.Domain.Contracts;
using Voice.Domain.Recordings;

namespace Voice.Application.Confirmations;

/// <summary>A party says yes or no to a contract.</summary>
/// <param name="ContractId">The contract; any text.</param>
/// <param name="Answer">Who says what.</param>
/// <param name="Channel">How it reached us.</param>
public sealed record ConfirmContract(string ContractId, PartyAnswer Answer, DecisionChannel Channel) : IRequest<ContractBody>;

/// <summary>What a party says, and how it shows that it is the party.</summary>
public sealed record PartyAnswer
{
    /// <summary>The party's number.</summary>
    public string? Phone { get; init; }

    /// <summary>A code that was sent to that number; a number, or digits with anything between them, is read as people type it.</summary>
    [JsonConverter(typeof(CodeConverter))]
    public string? Code { get; init; }

    /// <summary>confirm (default) or reject.</summary>
    public string? Decision { get; init; }
}

internal sealed class PartyAnswerValidator : AbstractValidator<PartyAnswer>
{
    private const string SixDigits = "The code has six digits.";

    public PartyAnswerValidator()
    {
        RuleFor(answer => answer.Phone).MustBePhone();
        RuleFor(answer => answer.Code).NotNull().WithMessage(SixDigits)
            .Must(code => code is { Length: 6 } && code.All(char.IsAsciiDigit)).WithMessage(SixDigits);
        RuleFor(answer => answer.Decision).MustBeOneOf("decision", ["confirm", "reject"]);
    }
}

internal sealed class ConfirmContractHandler(IAgreementRepository agreements, IMediator mediator, TimeProvider clock)
    : IRequestHandler<ConfirmContract, ContractBody>
{
    public async Task<ContractBody> Handle(ConfirmContract request, CancellationToken cancellationToken)
    {
        var phone = PhoneNumber.Parse(request.Answer.Phone!);
        var decision = request.Answer.Decision == "reject" ? Decision.Rejected : Decision.Confirmed;
        var now = clock.GetUtcMilliseconds();
        var agreement = await Lookup.GetContractAsync(agreements.FindAsync, request.ContractId, cancellationToken);
        if (agreement.ObstacleTo(phone, now) is { } before) throw before.ToException(agreement, phone, now);

        if (await agreements.CountAttemptAsync(request.ContractId, phone, now, cancellationToken) is not { } attempt)
            throw new ConflictException("There were too many wrong codes for this party. It can try again an hour after the last of them.");
        if (!attempt.CodeHashes.Any(hash => ConfirmationCode.Fits(request.Answer.Code!, hash)))
            throw new ValidationException(
                [new("code", $"This is not the code that was sent to this number; {attempt.Left} attempts are left.")]);

        Obstacle? obstacle = null;
        var decided = await agreements.ChangeAsync(
            request.ContractId, now, found => obstacle = found.Decide(phone, decision, request.Channel, now), cancellationToken);
        if (obstacle is { } meanwhile) throw meanwhile.ToException(decided!, phone, now);
        return await mediator.Send(new GetContract(request.ContractId), cancellationToken);
    }
}
