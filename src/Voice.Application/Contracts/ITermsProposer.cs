using Voice.Domain.Reading;

namespace Voice.Application.Contracts;

/// <summary>Another reader beside the rules, which have the last word on what it proposes.</summary>
public interface ITermsProposer
{
    /// <summary>What it takes the terms to be. It never fails: where it is off, away, slow or answers nonsense it proposes nothing, and the
    /// rules alone answer.</summary>
    /// <param name="transcript">What was said.</param>
    /// <param name="contractType">What kind of agreement it is, one of <see cref="Domain.Recordings.ContractType.All"/>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<IReadOnlyList<ProposedTerm>> ProposeAsync(Transcript transcript, string contractType, CancellationToken cancellationToken);
}
