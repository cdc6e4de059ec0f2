using System.Security.Cryptography;
using System.Text;

namespace Voice.Domain.Contracts;

/// <summary>One-time codes: six digits that go to a party's phone and are kept only as a slow hash.</summary>
public static class ConfirmationCode
{
    /// <summary>How often a party may try.</summary>
    public const int MostAttempts = 5;

    private const int Rounds = 100_000; // Six digits are soon tried where the hash is fast.

    /// <summary>A new code.</summary>
    public static string New() => RandomNumberGenerator.GetString("0123456789", 6);

    /// <summary>What is kept of a code.</summary>
    public static string Hash(string code)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return $"{Convert.ToHexStringLower(salt)}:{Convert.ToHexStringLower(Derive(code, salt))}";
    }

    /// <summary>Whether a code is the one that this was kept of.</summary>
    public static bool Fits(string code, string hash)
    {
        var parts = hash.Split(':');
        return CryptographicOperations.FixedTimeEquals(Derive(code, Convert.FromHexString(parts[0])), Convert.FromHexString(parts[1]));
    }

    private static byte[] Derive(string code, byte[] salt) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(code), salt, Rounds, HashAlgorithmName.SHA256, 32);
}
