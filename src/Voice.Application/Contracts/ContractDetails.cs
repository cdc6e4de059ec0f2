using FluentValidation;
using Voice.Application.Conferences;
using Voice.Domain.Contracts;
using Voice.Domain.Recordings;

namespace Voice.Application.Contracts;

/// <summary>What a contract needs beside the audio.</summary>
public record ContractDetails
{
    /// <summary>At least two parties with different phones.</summary>
    public IReadOnlyList<PartyBody?>? Parties { get; init; }

    /// <summary>What the parties agreed on; the default when null.</summary>
    public string? ContractType { get; init; }

    internal string Caller { get; init; } = "";

    internal ContractOrder ToOrder() => new()
    {
        Parties = [.. Parties!.Select(party => new PartyOrder(party!.Phone!, party.Role!, LineRule.Given(party.Name)))],
        ContractType = ContractType ?? Domain.Recordings.ContractType.Default,
    };
}

/// <summary>A party of a contract.</summary>
public sealed record PartyBody
{
    /// <summary>E.164.</summary>
    public string? Phone { get; init; }

    /// <summary>buyer, seller, mediator or witness.</summary>
    public string? Role { get; init; }

    /// <summary>The name, if it was given: one line; spaces around it do not count.</summary>
    public string? Name { get; init; }
}

internal sealed class ContractDetailsValidator : AbstractValidator<ContractDetails>
{
    public ContractDetailsValidator(INumberingPlan numberingPlan)
    {
        RuleFor(request => request.Parties).Cascade(CascadeMode.Stop)
            .NotNull().WithMessage("Name the parties: a list of at least two.")
            .HasCount(2, 20)
            .WithMessage("A contract needs at least two parties, and takes at most twenty.")
            .DependentRules(() =>
            {
                RuleForEach(request => request.Parties).NotNull().WithMessage("Name the party: phone, role and, if you like, name.")
                    .SetValidator(new PartyBodyValidator(numberingPlan)!);
                RuleFor(request => request.Parties)
                    .Must(parties => parties!.Select(party => party?.Phone).Distinct().Count() == parties!.Count)
                    .WithMessage("The parties must have different phones.")
                    .When(request => request.Parties!.All(party => party is not null));
            });
        RuleFor(request => request.ContractType).MustBeOneOf("contract type", ContractType.All);
    }
}

internal sealed class PartyBodyValidator : AbstractValidator<PartyBody>
{
    private static readonly string[] Roles = [.. Enum.GetValues<PartyRole>().Select(role => role.Name())];

    public PartyBodyValidator(INumberingPlan numberingPlan)
    {
        RuleFor(party => party.Phone).MustBePossiblePhone(numberingPlan);
        RuleFor(party => party.Role).MustBeOneOf("role", Roles, isRequired: true);
        RuleFor(party => party.Name).MustBeLine("name", 100);
    }
}
