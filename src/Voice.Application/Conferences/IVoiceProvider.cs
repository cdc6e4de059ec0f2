using Voice.Application.Webhooks;
using Voice.Domain.Recordings;

namespace Voice.Application.Conferences;

/// <summary>The telephony provider that calls people.</summary>
public interface IVoiceProvider
{
    /// <summary>The provider's name for people.</summary>
    string Name { get; }

    /// <summary>How many parties one recording can have.</summary>
    int MaxParties { get; }

    /// <summary>Asks the provider, once, to call that number. Never throws for what the provider or the network does.</summary>
    /// <param name="phone">Whom to call.</param>
    /// <param name="recordingId">A tag that the provider may echo in its reports.</param>
    Task<PlacementAnswer> PlaceCallAsync(PhoneNumber phone, string recordingId);

    /// <summary>Asks the provider what has become of a call. Never throws for what the provider or the network does.</summary>
    /// <param name="recording">The recording of the call.</param>
    /// <returns>What it says, in the form of its callbacks; null: it cannot be asked, does not answer or knows of no such call.</returns>
    Task<RawCallback?> AskAsync(Recording recording);
}

/// <summary>What came of asking the provider to place a call.</summary>
/// <param name="Placement">The outcome.</param>
/// <param name="SessionId">The provider's session, if it took the call.</param>
/// <param name="Failure">The code for what went wrong, if it did not.</param>
/// <param name="Reason">A sentence on what went wrong, with the provider's own words where it gave some.</param>
public sealed record PlacementAnswer(Placement Placement, string? SessionId = null, FailureCode? Failure = null, string? Reason = null);
