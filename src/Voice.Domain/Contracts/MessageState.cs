namespace Voice.Domain.Contracts;

/// <summary>What has become of a text message.</summary>
public enum MessageState
{
    /// <summary>It is still to be sent (again).</summary>
    Waiting,

    /// <summary>It is on its way to the provider.</summary>
    Posting,

    /// <summary>The provider took it.</summary>
    Accepted,

    /// <summary>The provider will never take it, or there was no need for it any more.</summary>
    Refused,

    /// <summary>Nobody can say whether the provider took it: sending it again could send it twice.</summary>
    Unknown,
}

/// <summary>The states as the API and the database spell them.</summary>
public static class MessageStates
{
    /// <summary>The name, such as <c>waiting</c>.</summary>
    public static string Name(this MessageState state) => state switch
    {
        MessageState.Waiting => "waiting",
        MessageState.Posting => "posting",
        MessageState.Accepted => "accepted",
        MessageState.Refused => "refused",
        MessageState.Unknown => "unknown",
    };

    /// <summary>Reads a name that is known to be one.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static MessageState Parse(string name) => Names.Parse<MessageState>(name, Name);
}
