using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Voice.Application.Access;

/// <summary>What a read token can be for.</summary>
public enum Readable
{
    /// <summary>A recording.</summary>
    Recording,

    /// <summary>A contract.</summary>
    Contract,
}

/// <summary>
/// The right to read one thing until a time, as a text that can stand in an address: what it says, a dot, and an HMAC-SHA256 of that. It is
/// kept nowhere, so it cannot be taken back; it ends by itself.
/// </summary>
/// <param name="Kind">What sort of thing.</param>
/// <param name="Id">Which one.</param>
/// <param name="ExpiresAt">When it ends, UTC, whole seconds.</param>
public sealed record ReadToken(Readable Kind, string Id, DateTimeOffset ExpiresAt)
{
    private const int Longest = 300;
    private const string Purpose = "voice read token 1\n"; // So that nothing else signed with that secret is a token.

    /// <summary>The token as it is handed out.</summary>
    public string Sign(byte[] secret)
    {
        var words = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{(int)Kind}:{Id}:{ExpiresAt.ToUnixTimeSeconds()}")));
        return words + Mac(words, secret);
    }

    /// <summary>Reads what <see cref="Sign"/> wrote with that secret; null when it is anything else. Its end is not looked at.</summary>
    public static ReadToken? Read(string token, byte[] secret)
    {
        if (token.Length > Longest || token.IndexOf('.') is not (> 0 and var end)) return null;
        var words = token[..end];
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token[end..]), Encoding.UTF8.GetBytes(Mac(words, secret))))
            return null;
        // Ours: nobody else can have signed it.
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(words)).Split(':');
        return new ReadToken(
            (Readable)int.Parse(parts[0], CultureInfo.InvariantCulture), parts[1],
            DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[2], CultureInfo.InvariantCulture)));
    }

    private static string Mac(string words, byte[] secret) =>
        "." + Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(Purpose + words)));
}
