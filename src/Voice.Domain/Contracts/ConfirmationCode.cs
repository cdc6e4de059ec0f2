using System.Security.Cryptography;
using System.Text;

namespace Voice.Domain.Contracts;

/// <summary>
/// One-time codes: six digits that go to a party's phone and are kept only as a slow hash. A code is good until the agreement's time is up,
/// also when another one has been sent since.
/// </summary>
public static class ConfirmationCode
{
    /// <summary>How often a party may try before it has to wait.</summary>
    public const int MostAttempts = 5;

    /// <summary>How many codes are sent to a party a day.</summary>
    public const int MostADay = 3;

    /// <summary>How long it has to wait.</summary>
    public static readonly TimeSpan LockedFor = TimeSpan.FromHours(1);

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
