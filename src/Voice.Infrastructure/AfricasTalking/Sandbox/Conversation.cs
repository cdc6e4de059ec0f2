using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Voice.Domain.Reading;

namespace Voice.Infrastructure.AfricasTalking.Sandbox;

/// <summary>The recording that every pretended call ends with: how it was made stands in conversation.md.</summary>
internal static class Conversation
{
    /// <summary>Length of the audio, in whole seconds.</summary>
    public const int Seconds = 38;

    private static readonly Lazy<string> Digest = new(() =>
    {
        using var audio = Open();
        return Convert.ToHexStringLower(SHA256.HashData(audio));
    });

    private static readonly Lazy<Transcript> Said = new(Read);

    /// <summary>SHA-256 of the audio's bytes, hexadecimal.</summary>
    public static string Sha256 => Digest.Value;

    /// <summary>What is said in it, with the time of each word.</summary>
    public static Transcript Transcript => Said.Value;

    public static Stream Open() => Resource("conversation.mp3");

    private static Stream Resource(string name) => Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;

    // A line for each word: from when to when, and the word. An empty line stands between turns, and the two take turns.
    private static Transcript Read()
    {
        var text = new StringBuilder();
        var segments = new List<TranscriptSegment>();
        var (turn, isFirst) = (0, true);
        using var lines = new StreamReader(Resource("conversation.txt"));
        while (lines.ReadLine() is { } line)
        {
            if (line.Length == 0)
            {
                (turn, isFirst) = (turn + 1, true);
                continue;
            }
            if (line.Split(' ') is not [var from, var to, var word]) throw new FormatException("A word has two times.");
            if (text.Length > 0) text.Append(' ');
            segments.Add(new(
                text.Length, text.Length + word.Length, double.Parse(from, CultureInfo.InvariantCulture),
                double.Parse(to, CultureInfo.InvariantCulture), Confidence: null, StartsTurn: isFirst && turn > 0,
                Speaker: turn % 2 == 0 ? "buyer" : "seller"));
            text.Append(word);
            isFirst = false;
        }
        return new(text.ToString(), segments);
    }
}
