namespace Voice.Domain.Contracts;

/// <summary>What has become of the question whether the parties stand by a contract. All but <see cref="Pending"/> are final.</summary>
public enum AgreementStatus
{
    /// <summary>Somebody has yet to decide, and there is time.</summary>
    Pending,

    /// <summary>Every party has confirmed.</summary>
    Confirmed,

    /// <summary>A party has said no.</summary>
    Rejected,

    /// <summary>The time to confirm is over and not every party had.</summary>
    Expired,
}

/// <summary>What a party says to a contract.</summary>
public enum Decision
{
    /// <summary>Yes.</summary>
    Confirmed,

    /// <summary>No.</summary>
    Rejected,
}

/// <summary>How a decision reached us.</summary>
public enum DecisionChannel
{
    /// <summary>Somebody sent it through the API, with the party's code.</summary>
    Api,

    /// <summary>The party's phone sent a text message.</summary>
    TextMessage,
}

/// <summary>The statuses, decisions and channels as the API and the database spell them.</summary>
public static class AgreementNames
{
    /// <summary>The name, such as <c>pending</c>.</summary>
    public static string Name(this AgreementStatus status) => status switch
    {
        AgreementStatus.Pending => "pending",
        AgreementStatus.Confirmed => "confirmed",
        AgreementStatus.Rejected => "rejected",
        AgreementStatus.Expired => "expired",
    };

    /// <summary>The name, such as <c>confirmed</c>.</summary>
    public static string Name(this Decision decision) => decision switch
    {
        Decision.Confirmed => "confirmed",
        Decision.Rejected => "rejected",
    };

    /// <summary>The name, such as <c>text_message</c>.</summary>
    public static string Name(this DecisionChannel channel) => channel switch
    {
        DecisionChannel.Api => "api",
        DecisionChannel.TextMessage => "text_message",
    };

    /// <summary>Reads the name of a status.</summary>
    public static bool TryParse(string? name, out AgreementStatus status) => Names.TryParse(name, Name, out status);

    /// <summary>Reads the name of a status that is known to be one.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static AgreementStatus ParseStatus(string name) => Names.Parse<AgreementStatus>(name, Name);

    /// <summary>Reads the name of a decision that is known to be one.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Decision ParseDecision(string name) => Names.Parse<Decision>(name, Name);

    /// <summary>Reads the name of a channel that is known to be one.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static DecisionChannel ParseChannel(string name) => Names.Parse<DecisionChannel>(name, Name);
}
