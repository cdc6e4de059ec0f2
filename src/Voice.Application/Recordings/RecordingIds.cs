using System.Security.Cryptography;

namespace Voice.Application.Recordings;

/// <summary>Identifiers of recordings, which are the conferences' too.</summary>
public static class RecordingIds
{
    /// <summary>A new identifier that nobody can guess: 96 random bits.</summary>
    public static string New() => $"conf_{RandomNumberGenerator.GetHexString(24, lowercase: true)}";

    /// <summary>Whether a recording could have this id: 1 to 64 of <c>A-Z a-z 0-9 _ -</c>.</summary>
    public static bool IsPossible(string id) =>
        id.Length is >= 1 and <= 64 && id.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-');
}
