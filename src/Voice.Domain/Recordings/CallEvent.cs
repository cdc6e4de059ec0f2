using System.Security.Cryptography;
using System.Text;

namespace Voice.Domain.Recordings;

/// <summary>How far a party has come in a call, in rising order; a later report never takes a party back.</summary>
public enum PartyState
{
    /// <summary>Nobody has called this party yet.</summary>
    Waiting,

    /// <summary>The provider has been told to call.</summary>
    Dialled,

    /// <summary>The phone rings.</summary>
    Ringing,

    /// <summary>The party picked up.</summary>
    Answered,

    /// <summary>The party talks with the other.</summary>
    Bridged,
}

/// <summary>The party states as the API spells them.</summary>
public static class PartyStates
{
    /// <summary>The name, such as <c>bridged</c>.</summary>
    public static string Name(this PartyState state) => state switch
    {
        PartyState.Waiting => "waiting",
        PartyState.Dialled => "dialled",
        PartyState.Ringing => "ringing",
        PartyState.Answered => "answered",
        PartyState.Bridged => "bridged",
    };
}

/// <summary>One thing that the provider reported about a call, in our words and free of the provider's vocabulary.</summary>
public sealed record CallEvent
{
    /// <summary>Identity of the report: two reports with the same digest are one report sent twice.</summary>
    public required string Digest { get; init; }

    /// <summary>The provider's session, or the recording's own id.</summary>
    public required string SessionId { get; init; }

    /// <summary>The recording's id where the provider echoed it; a hint, because not every provider does.</summary>
    public string? RecordingId { get; init; }

    /// <summary>When the report reached us, UTC, whole milliseconds.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The call is over; false while it is still running.</summary>
    public required bool IsFinal { get; init; }

    /// <summary>How far the first party has come.</summary>
    public PartyState FirstParty { get; init; }

    /// <summary>How far the other party has come.</summary>
    public PartyState OtherParty { get; init; }

    /// <summary>Why the call brought no conversation, if it did not.</summary>
    public FailureCode? Failure { get; init; }

    /// <summary>Absolute address of the audio, of a host that audio is taken from.</summary>
    public string? RecordingUrl { get; init; }

    /// <summary>The report named an address, but none that counts.</summary>
    public bool AddressWasRefused { get; init; }

    /// <summary>Length of the recorded conversation in whole seconds.</summary>
    public int? ConversationSeconds { get; init; }

    /// <summary>Length of the whole call in whole seconds, ringing of the other party included.</summary>
    public int? CallSeconds { get; init; }

    /// <summary>The report in a few words for the timeline, without anything personal.</summary>
    public required string Description { get; init; }

    /// <summary>Identity of what the report says: two with the same differ only in what nobody reads.</summary>
    public string Saying() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        SessionId, RecordingId, IsFinal, FirstParty, OtherParty, Failure, RecordingUrl, AddressWasRefused, ConversationSeconds, CallSeconds,
        Description))));
}
