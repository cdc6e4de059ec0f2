using System.Reflection;

namespace Voice.Infrastructure.AfricasTalking.Sandbox;

/// <summary>The recording that every pretended call ends with: how it was made stands in conversation.md.</summary>
internal static class Conversation
{
    /// <summary>Length of the audio, in whole seconds.</summary>
    public const int Seconds = 38;

    public static Stream Open() => Assembly.GetExecutingAssembly().GetManifestResourceStream("conversation.mp3")!;
}
