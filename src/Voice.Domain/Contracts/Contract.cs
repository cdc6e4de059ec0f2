using System.Security.Cryptography;
using System.Text;

namespace Voice.Domain.Contracts;

/// <summary>
/// What a call came to, in a form that both sides can check. Made once and never changed: what the parties say to it is the
/// <see cref="Agreement"/> .
/// </summary>
public sealed record Contract
{
    /// <summary>The identifier: <see cref="ContractIds"/>.</summary>
    public required string ContractId { get; init; }

    /// <summary>The recording it was read from; null when only audio was given.</summary>
    public string? RecordingId { get; init; }

    /// <summary>SHA-256 of the audio's bytes, hexadecimal.</summary>
    public required string AudioSha256 { get; init; }

    /// <summary>One of <see cref="Recordings.ContractType.All"/>.</summary>
    public required string ContractType { get; init; }

    /// <summary>The parties, in the order given.</summary>
    public required IReadOnlyList<ContractParty> Parties { get; init; }

    /// <summary>What was said.</summary>
    public required string Transcript { get; init; }

    /// <summary>Who wrote it down; null where that was before this was noted.</summary>
    public SpeechEngine? Engine { get; init; }

    /// <summary>What was agreed, and what that was read from.</summary>
    public required TermsReading Reading { get; init; }

    /// <summary>When the contract was made, UTC, whole milliseconds.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The terms in one text message, as the parties were told.</summary>
    public required string Summary { get; init; }

    /// <summary>The contract as canonical JSON (<see cref="CanonicalContract"/>): what <see cref="Hash"/> is taken of.</summary>
    public required string Canonical { get; init; }

    /// <summary>Nothing that was said is left open, and something was said.</summary>
    public bool IsComplete => Reading.IsComplete && IsAboutSomething;

    /// <summary>Terms were heard. Of a call in which none were there is nothing to confirm.</summary>
    public bool IsAboutSomething => Reading.Evidence.Count > 0;

    /// <summary>SHA-256 of the canonical form, hexadecimal.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical)));

    /// <summary>What it is the contract of: no two that parties may still confirm, or have confirmed, are of the same.</summary>
    public string Subject => RecordingId ?? SubjectOf(AudioSha256, Parties);

    /// <summary>What a contract is of that was made of audio alone: the audio, and who talks in it.</summary>
    public static string SubjectOf(string audioSha256, IEnumerable<ContractParty> parties) =>
        string.Join(' ', parties.Select(party => party.Phone.Value).Order(StringComparer.Ordinal).Prepend(audioSha256));

    /// <summary>Whether the same parties stand in it in the same roles, in whatever order, and agree on the same kind of thing.</summary>
    public bool IsBetween(IReadOnlyList<ContractParty> parties, string contractType) =>
        ContractType == contractType && Parties.ToHashSet().SetEquals(parties);

    /// <summary>A new contract.</summary>
    /// <param name="contractId">The identifier.</param>
    /// <param name="recordingId">The recording; null when only audio was given.</param>
    /// <param name="audioSha256">SHA-256 of the audio's bytes, hexadecimal.</param>
    /// <param name="contractType">One of <see cref="Recordings.ContractType.All"/>.</param>
    /// <param name="parties">The parties.</param>
    /// <param name="transcript">What was said.</param>
    /// <param name="engine">Who wrote it down.</param>
    /// <param name="reading">What was read from it.</param>
    /// <param name="now">The time, UTC, whole milliseconds.</param>
    public static Contract Make(
        string contractId, string? recordingId, string audioSha256, string contractType, IReadOnlyList<ContractParty> parties,
            string transcript,
        SpeechEngine engine, TermsReading reading, DateTimeOffset now)
    {
        var contract = new Contract
        {
            ContractId = contractId,
            RecordingId = recordingId,
            AudioSha256 = audioSha256,
            ContractType = contractType,
            Parties = parties,
            Transcript = transcript,
            Engine = engine,
            Reading = reading,
            CreatedAt = now,
            Summary = ContractSummary.Of(reading),
            Canonical = "",
        };
        return contract with { Canonical = CanonicalContract.Write(contract) };
    }
}
