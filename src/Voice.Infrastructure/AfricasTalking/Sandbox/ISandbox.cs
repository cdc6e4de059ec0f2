using System.Text.Json.Serialization;

namespace Voice.Infrastructure.AfricasTalking.Sandbox;

/// <summary>A stand-in for Africa's Talking. There is none while the real one is used.</summary>
public interface ISandbox
{
    /// <summary>Where the sandbox is, below the service's own address.</summary>
    const string Path = "/sandbox";

    /// <summary>Answers a <c>POST /call</c>; a call that is taken then plays its story.</summary>
    Task<SandboxAnswer> TakeCallAsync(IReadOnlyDictionary<string, string> form, CancellationToken cancellationToken);

    /// <summary>Answers a <c>POST /version1/messaging</c>.</summary>
    SandboxAnswer TakeMessage(IReadOnlyDictionary<string, string> form);

    /// <summary>What the sandbox's phones have received, newest first.</summary>
    IReadOnlyList<SandboxMessage> Messages();

    /// <summary>What one of its phones has received and sent, oldest first.</summary>
    IReadOnlyList<SandboxMessage> Talk(string phone);

    /// <summary>Notes on a phone what it has sent.</summary>
    void NoteSent(string phone, string text);

    /// <summary>What can happen to its calls, each with an example.</summary>
    IReadOnlyList<SandboxStory> Examples { get; }

    /// <summary>The recording that every pretended call ends with, mp3.</summary>
    Stream OpenAudio();
}

/// <summary>An answer in the provider's words.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">A text, or an object whose members are named as the provider names them.</param>
public sealed record SandboxAnswer(int Status, object Body);

/// <summary>A message that a phone of the sandbox received or, where it is from one, sent.</summary>
public sealed record SandboxMessage(
    DateTimeOffset At, string To, string Text, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? From = null);

/// <summary>What can happen to a call, and a call to which it happens.</summary>
/// <param name="Name">Such as <c>no_answer</c>.</param>
/// <param name="First">The party that is called, E.164.</param>
/// <param name="Other">The party that is bridged to it, E.164.</param>
/// <param name="ExpectedSeconds">How long it is expected to last; null: as long as any.</param>
public sealed record SandboxStory(string Name, string First, string Other, int? ExpectedSeconds);
