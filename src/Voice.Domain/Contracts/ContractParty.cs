using Voice.Domain.Recordings;

namespace Voice.Domain.Contracts;

/// <summary>Who stands in a contract, and as what.</summary>
/// <param name="Phone">The number that speaks for the party.</param>
/// <param name="Role">As what.</param>
/// <param name="Name">The name, if it was given.</param>
public sealed record ContractParty(PhoneNumber Phone, PartyRole Role, string? Name);
