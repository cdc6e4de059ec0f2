using Voice.Application.Contracts;
using Voice.Domain.Reading;

namespace Voice.Infrastructure.Reading;

/// <summary>The rules alone read.</summary>
internal sealed class NoProposer : ITermsProposer
{
    public Task<IReadOnlyList<ProposedTerm>> ProposeAsync(
        Transcript transcript, string contractType, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ProposedTerm>>([]);
}
