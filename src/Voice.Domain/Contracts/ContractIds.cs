using System.Security.Cryptography;

namespace Voice.Domain.Contracts;

/// <summary>Identifiers of contracts: <c>ctr_</c> and twelve characters, which a person may have to type on a phone.</summary>
public static class ContractIds
{
    /// <summary>How an identifier begins, without the underscore that phones and networks lose.</summary>
    public const string Prefix = "ctr";

    /// <summary>How many characters follow.</summary>
    public const int Length = 12;

    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789"; // No letter that could be a digit.

    /// <summary>A new identifier: 60 random bits.</summary>
    public static string New() => Of(RandomNumberGenerator.GetString(Alphabet, Length));

    /// <summary>The identifier with these characters after the prefix.</summary>
    public static string Of(string characters) => $"{Prefix}_{characters}";

    /// <summary>The identifier as it stands in text messages.</summary>
    public static string OnPhones(string contractId) => contractId.Replace("_", "", StringComparison.Ordinal);
}
