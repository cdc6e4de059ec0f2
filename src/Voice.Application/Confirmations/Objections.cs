using FluentValidation;
using Voice.Domain.Contracts;
using Voice.Domain.Recordings;

namespace Voice.Application.Confirmations;

/// <summary>What to tell a caller of what stands in the way of a decision.</summary>
internal static class Objections
{
    public static Exception ToException(this Objection objection, Agreement agreement, PhoneNumber phone, DateTimeOffset now) => objection switch
    {
        Objection.NoParty => new ValidationException([new("phone", "This number is no party of the contract.")]),
        Objection.DecidedBefore => new ConflictException($"This party has {agreement.DecisionOf(phone)!.Value.Name()} the contract already."),
        Objection.NothingToDecide => new ConflictException($"This contract is {agreement.StatusAt(now).Name()}: there is nothing to decide any more."),
    };
}
