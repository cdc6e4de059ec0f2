using FluentValidation;
using Voice.Domain.Contracts;
using Voice.Domain.Recordings;

namespace Voice.Application.Confirmations;

/// <summary>What to tell a caller of what stands in the way of a decision.</summary>
internal static class Obstacles
{
    public static Exception ToException(this Obstacle obstacle, Agreement agreement, PhoneNumber phone, DateTimeOffset now) =>
        obstacle switch
        {
            Obstacle.NoParty => new ValidationException([new("phone", "This number is no party of the contract.")]),
            Obstacle.DecidedBefore =>
                new ConflictException($"This party has {agreement.DecisionOf(phone)!.Value.Name()} the contract already."),
            Obstacle.NothingToDecide =>
                new ConflictException($"This contract is {agreement.StatusAt(now).Name()}: there is nothing to decide any more."),
        };
}
