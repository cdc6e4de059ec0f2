namespace Voice.Domain.Recordings;

/// <summary>
/// Why no recording will come. The order is the order of belief: when several reasons are known, the first in this list is told,
/// so that what the provider reported beats what silence made us assume, whichever came first.
/// </summary>
public enum FailureCode
{
    /// <summary>The first party's line was engaged.</summary>
    Busy,

    /// <summary>The first party did not pick up.</summary>
    NoAnswer,

    /// <summary>The first party declined the call.</summary>
    Rejected,

    /// <summary>The first party answered, but the other party was never bridged.</summary>
    PartyUnreachable,

    /// <summary>The provider says that the number cannot be dialled.</summary>
    InvalidNumber,

    /// <summary>The provider account has not enough credit.</summary>
    InsufficientCredit,

    /// <summary>The provider refused the whole request.</summary>
    ProviderRefused,

    /// <summary>The provider reported a failure without a more precise reason.</summary>
    Failed,

    /// <summary>The call ended well, but the only address that was named for its audio does not count.</summary>
    AudioUnavailable,

    /// <summary>The request never reached the provider: nobody was called.</summary>
    ProviderUnreachable,

    /// <summary>The provider was asked, but what it did is not known: somebody may have been called.</summary>
    OutcomeUnknown,

    /// <summary>The provider took the call and was not heard of again.</summary>
    ProviderSilent,

    /// <summary>The call went on past its longest allowed length and no end was reported.</summary>
    CallTooLong,

    /// <summary>The call ended well, but its audio never arrived.</summary>
    AudioMissing,
}

/// <summary>The failure codes as the API spells them, each with a sentence that says what happened and what to do next.</summary>
public static class FailureCodes
{
    /// <summary>The name, such as <c>no_answer</c>.</summary>
    public static string Name(this FailureCode code) => code switch
    {
        FailureCode.Busy => "busy",
        FailureCode.NoAnswer => "no_answer",
        FailureCode.Rejected => "rejected",
        FailureCode.PartyUnreachable => "party_unreachable",
        FailureCode.InvalidNumber => "invalid_number",
        FailureCode.InsufficientCredit => "insufficient_credit",
        FailureCode.ProviderRefused => "provider_refused",
        FailureCode.Failed => "failed",
        FailureCode.AudioUnavailable => "audio_unavailable",
        FailureCode.ProviderUnreachable => "provider_unreachable",
        FailureCode.OutcomeUnknown => "outcome_unknown",
        FailureCode.ProviderSilent => "provider_silent",
        FailureCode.CallTooLong => "call_too_long",
        FailureCode.AudioMissing => "audio_missing",
    };

    /// <summary>The code with that name.</summary>
    /// <exception cref="FormatException">No code has that name.</exception>
    public static FailureCode Parse(string name) => Names.Parse<FailureCode>(name, Name);

    /// <summary>One or two sentences for a person: what happened and what to do next.</summary>
    public static string Sentence(this FailureCode code) => code switch
    {
        FailureCode.Busy => "The first party's line was busy. Try again in a few minutes.",
        FailureCode.NoAnswer => "The first party did not answer. Agree on a time and try again.",
        FailureCode.Rejected => "The first party declined the call. Ask whether they want to talk, then try again.",
        FailureCode.PartyUnreachable =>
            "The first party answered, but the other party could not be reached. Check that number and try again.",
        FailureCode.InvalidNumber => "The provider does not accept the phone number. Check it and create a new conference.",
        FailureCode.InsufficientCredit => "The provider account has not enough credit. Top it up and try again.",
        FailureCode.ProviderRefused => "The provider refused the call. Check the provider settings, then try again.",
        FailureCode.Failed => "The call failed at the provider. Try again.",
        FailureCode.AudioUnavailable =>
            "The call ended, but the address named for its audio is not to be trusted. "
            + "Ask the provider for the recording or hold the call again.",
        FailureCode.ProviderUnreachable => "The provider could not be reached and nobody was called. Try again in a few minutes.",
        FailureCode.OutcomeUnknown =>
            "The provider did not say whether it placed the call. Ask the first party whether the phone rang before you try again.",
        FailureCode.ProviderSilent =>
            "The provider took the call but was not heard of again. Check the callback address in its dashboard, then try again.",
        FailureCode.CallTooLong =>
            "The call passed its longest allowed length and its end was never reported. "
            + "Hold the call again, with a longer expected duration.",
        FailureCode.AudioMissing =>
            "The call ended, but its audio never arrived. Ask the provider for the recording or hold the call again.",
    };
}
