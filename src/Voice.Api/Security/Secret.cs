using System.Security.Cryptography;
using System.Text;

namespace Voice.Api.Security;

internal static class Secret
{
    /// <summary>Compares in a time that tells nothing about the secrets, not even their lengths.</summary>
    public static bool IsOneOf(string candidate, IReadOnlyList<string> secrets)
    {
        var digest = Digest(candidate);
        var found = false;
        foreach (var secret in secrets) found |= CryptographicOperations.FixedTimeEquals(digest, Digest(secret));
        return found;
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
