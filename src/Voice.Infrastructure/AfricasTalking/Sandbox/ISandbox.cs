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

    /// <summary>The recording that every pretended call ends with, mp3.</summary>
    Stream OpenAudio();
}

/// <summary>An answer in the provider's words.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">A text, or an object whose members are named as the provider names them.</param>
public sealed record SandboxAnswer(int Status, object Body);

/// <summary>A message that a phone of the sandbox received.</summary>
public sealed record SandboxMessage(DateTimeOffset At, string To, string Text);
