using FluentValidation;
using MediatR;
using Voice.Application.Contracts;
using Voice.Application.Recordings;

namespace Voice.Application.Access;

/// <summary>Let somebody without a key read one thing for a while.</summary>
public sealed record IssueReadToken : IRequest<IssuedReadToken>
{
    /// <summary>The recording to be read: its status, events and timeline. This, or a contract.</summary>
    public string? RecordingId { get; init; }

    /// <summary>The contract to be read: itself, its page, its canonical form and its audio.</summary>
    public string? ContractId { get; init; }

    /// <summary>For how many seconds, 1 to 2592000 (30 days); 3600 when null.</summary>
    public int? ExpiresIn { get; init; }
}

/// <summary>A token to read one thing with.</summary>
/// <param name="Token">Stands as ?token= in the address of what it is for.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record IssuedReadToken(string Token, DateTimeOffset ExpiresAt);

internal sealed class IssueReadTokenValidator : AbstractValidator<IssueReadToken>
{
    private const int Longest = 30 * 24 * 60 * 60;

    public IssueReadTokenValidator()
    {
        RuleFor(request => request.RecordingId).Must((request, recordingId) => recordingId is null != request.ContractId is null)
            .WithMessage("Name the one thing that the token is for: a recording_id or a contract_id.");
        RuleFor(request => request.ExpiresIn).InclusiveBetween(1, Longest)
            .WithMessage($"A token is good for 1 to {Longest} seconds.");
    }
}

internal sealed class IssueReadTokenHandler(
    IRecordingRepository recordings, IContractRepository contracts, ISigningSecret secret, TimeProvider clock)
    : IRequestHandler<IssueReadToken, IssuedReadToken>
{
    private const int UsualSeconds = 3600;

    public async Task<IssuedReadToken> Handle(IssueReadToken request, CancellationToken cancellationToken)
    {
        var (kind, id) = request.RecordingId is { } recordingId
            ? (Readable.Recording, recordingId)
            : (Readable.Contract, request.ContractId!);
        if (kind == Readable.Recording) await Lookup.GetRecordingAsync(recordings.FindViewAsync, id, cancellationToken);
        else await Lookup.GetContractAsync(contracts.FindAsync, id, cancellationToken);
        var end = clock.GetUtcNow().ToUnixTimeSeconds() + (request.ExpiresIn ?? UsualSeconds);
        var token = new ReadToken(kind, id, DateTimeOffset.FromUnixTimeSeconds(end));
        return new IssuedReadToken(token.Sign(await secret.GetAsync(cancellationToken)), token.ExpiresAt);
    }
}
