using System.Security.Cryptography;
using System.Text.Json;
using Voice.Domain.Contracts;
using Voice.Domain.Recordings;

namespace Voice.Application.Contracts;

/// <summary>
/// A contract that is to be made: of which audio, one of the three, and between whom. It is kept with the job that makes it.
/// </summary>
public sealed record ContractOrder
{
    /// <summary>A completed recording.</summary>
    public string? RecordingId { get; init; }

    /// <summary>Where audio can be fetched.</summary>
    public string? AudioUrl { get; init; }

    /// <summary>Audio that was uploaded.</summary>
    public KeptAudio? Upload { get; init; }

    /// <summary>The parties.</summary>
    public required IReadOnlyList<PartyOrder> Parties { get; init; }

    /// <summary>One of <see cref="Domain.Recordings.ContractType.All"/>.</summary>
    public required string ContractType { get; init; }

    /// <summary>The parties, as a contract has them.</summary>
    internal IReadOnlyList<ContractParty> ContractParties =>
        [.. Parties.Select(party => new ContractParty(PhoneNumber.Parse(party.Phone), PartyRoles.Parse(party.Role), party.Name))];

    /// <summary>The member of the request that named the audio.</summary>
    internal string AudioMember => Upload is not null ? "file" : RecordingId is not null ? "recording_id" : "audio_url";

    /// <summary>
    /// A digest, the same for orders of the same contract, in whatever order the parties are named and wherever an upload was kept.
    /// </summary>
    public string ToDigest()
    {
        var same = this with
        {
            Parties = [.. Parties.OrderBy(party => party.Phone, StringComparer.Ordinal)],
            Upload = Upload is null ? null : Upload with { Path = "" },
        };
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(same)));
    }
}

/// <summary>A party of an order.</summary>
/// <param name="Phone">E.164.</param>
/// <param name="Role">The name of a <see cref="PartyRole"/>.</param>
/// <param name="Name">The name, if it was given.</param>
public sealed record PartyOrder(string Phone, string Role, string? Name);

/// <summary>An upload on disk.</summary>
/// <param name="Path">The file.</param>
/// <param name="Sha256">SHA-256 of its bytes, hexadecimal.</param>
public sealed record KeptAudio(string Path, string Sha256);
