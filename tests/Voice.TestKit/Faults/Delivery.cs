namespace Voice.TestKit.Faults;

/// <summary>A callback on its way: what it says, and what was answered.</summary>
internal sealed class Delivery(IReadOnlyDictionary<string, string> fields, string body, bool isForged = false)
{
    private readonly List<string> _answers = [];

    public string Body { get; } = body;

    /// <summary>Not the provider's, though it knows the secret.</summary>
    public bool IsForged { get; } = isForged;

    public bool IsFinal => this["isActive"] != "1";

    /// <summary>It speaks of a session that nobody ever told of.</summary>
    public bool IsOfNobody => IsForged && this["sessionId"].StartsWith("ATVId_", StringComparison.Ordinal);

    /// <summary>It is of no session of the provider's, so what it says of a running call counts for nothing.</summary>
    public bool IsEmpty => IsForged && !IsFinal;

    /// <summary>The recording that it is about.</summary>
    public string RecordingId => IsForged ? this["sessionId"] : this["clientRequestId"];

    /// <summary>A 200 was answered: from then on it must not be lost.</summary>
    public bool IsAcknowledged => Answers.Count > 0;

    /// <summary>The bodies of all 200s.</summary>
    public IReadOnlyList<string> Answers
    {
        get
        {
            lock (_answers) return [.. _answers];
        }
    }

    public string this[string field] => fields.GetValueOrDefault(field, "");

    public void Acknowledge(string answer)
    {
        lock (_answers) _answers.Add(answer);
    }
}
