using AutoMapper;
using FluentValidation;
using MediatR;
using Voice.Application.Recordings;
using Voice.Domain.Contracts;
using Voice.Domain.Recordings;

namespace Voice.Application.Contracts;

/// <summary>Contracts, newest first, a page at a time.</summary>
public sealed record ListContracts : PageQuery, IRequest<ContractPage>
{
    /// <summary>Only those of this recording.</summary>
    public string? RecordingId { get; init; }
}

/// <summary>A page of contracts.</summary>
/// <param name="Items">The contracts, newest first.</param>
/// <param name="NextCursor">Where the next page begins; null on the last.</param>
public sealed record ContractPage(IReadOnlyList<ContractLine> Items, string? NextCursor);

/// <summary>A contract in a list: what fits into a row. What was not said or not settled is null.</summary>
public sealed record ContractLine
{
    /// <summary>The identifier.</summary>
    public required string ContractId { get; init; }

    /// <summary>The recording it was read from; null when only audio was given.</summary>
    public required string? RecordingId { get; init; }

    /// <summary>What kind of agreement it is.</summary>
    [OneOf(typeof(ContractType))]
    public required string ContractType { get; init; }

    /// <summary>pending, confirmed when all parties have, rejected, or expired.</summary>
    [OneOf(typeof(AgreementStatus))]
    public required string Status { get; init; }

    /// <summary>completed, or partial when something was left open.</summary>
    [OneOf("completed", "partial")]
    public required string ProcessingStatus { get; init; }

    /// <summary>Lower case, singular or mass form as spoken.</summary>
    public required string? Product { get; init; }

    /// <summary>How many units.</summary>
    public required decimal? Quantity { get; init; }

    /// <summary>The singular English word.</summary>
    public required string? Unit { get; init; }

    /// <summary>Price of one unit.</summary>
    public required decimal? UnitPrice { get; init; }

    /// <summary>Price of all.</summary>
    public required decimal? TotalAmount { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string? Currency { get; init; }

    /// <summary>Where it is handed over.</summary>
    public required string? DeliveryLocation { get; init; }

    /// <summary>The day it is handed over.</summary>
    public required DateOnly? DeliveryDate { get; init; }

    /// <summary>What is paid before delivery.</summary>
    public required decimal? UpfrontPayment { get; init; }

    /// <summary>When and how the rest is paid.</summary>
    public required string? PaymentTerms { get; init; }

    /// <summary>The terms in one text message.</summary>
    public required string ContractSummary { get; init; }

    /// <summary>Who stands in it.</summary>
    public required IReadOnlyList<PartyBody> Parties { get; init; }

    /// <summary>The phones that have confirmed it.</summary>
    public required IReadOnlyList<string> SignedBy { get; init; }

    /// <summary>When the contract was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until when the parties can confirm it.</summary>
    public required DateTimeOffset ConfirmBy { get; init; }
}

/// <summary>What to look for, in the repository's terms.</summary>
/// <param name="Status">A status at the time <paramref name="Now"/>, or null for all.</param>
/// <param name="RecordingId">A recording, or null for all.</param>
/// <param name="Page">What every list can be narrowed to.</param>
/// <param name="Now">The time, UTC, whole milliseconds.</param>
public sealed record ContractFilter(AgreementStatus? Status, string? RecordingId, PageFilter Page, DateTimeOffset Now);

internal sealed class ListContractsValidator : AbstractValidator<ListContracts>
{
    public ListContractsValidator() => this.AddPageRules(Enum.GetValues<AgreementStatus>().Select(status => status.Name()));
}

internal sealed class ContractLineProfile : Profile
{
    public ContractLineProfile()
    {
        CreateMap<StoredContract, ContractLine>()
            .IncludeMembers(stored => stored.Contract, stored => stored.Contract.Reading.Terms)
            .ForMember(line => line.Status, map => map.Ignore()) // It follows from the time.
            .ForMember(line => line.ConfirmBy, map => map.MapFrom(stored => stored.Agreement.ConfirmBy))
            .ForMember(line => line.SignedBy, map => map.MapFrom(stored => stored.Agreement.SignedBy.Select(phone => phone.Value)));
        CreateMap<Contract, ContractLine>(MemberList.None)
            .ForMember(line => line.ProcessingStatus, map => map.MapFrom(contract => contract.IsComplete ? "completed" : "partial"))
            .ForMember(line => line.ContractSummary, map => map.MapFrom(contract => contract.Summary));
        CreateMap<ContractTerms, ContractLine>(MemberList.None);
        CreateMap<ContractParty, PartyBody>()
            .ForMember(body => body.Phone, map => map.MapFrom(party => party.Phone.Value))
            .ForMember(body => body.Role, map => map.MapFrom(party => party.Role.Name()));
    }
}

internal sealed class ListContractsHandler(IContractRepository contracts, IMapper mapper, TimeProvider clock)
    : IRequestHandler<ListContracts, ContractPage>
{
    public async Task<ContractPage> Handle(ListContracts request, CancellationToken cancellationToken)
    {
        if (request.RecordingId is { } id && !RecordingIds.IsPossible(id)) return new([], null);
        var now = clock.GetUtcMilliseconds();
        AgreementStatus? status = AgreementNames.TryParse(request.Status, out var parsed) ? parsed : null;
        var found = await contracts.ListAsync(new(status, request.RecordingId, request.ToFilter(), now), cancellationToken);
        var (page, next) = request.Cut(found, stored => new(stored.Contract.CreatedAt, stored.Contract.ContractId));
        return new(
            [.. page.Select(stored => mapper.Map<ContractLine>(stored) with { Status = stored.Agreement.StatusAt(now).Name() })], next);
    }
}
