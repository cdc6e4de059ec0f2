namespace Voice.Domain.Contracts;

/// <summary>
/// What parties are told by text message. Identifiers that are typed on phones hold no underscore, and nothing stands right after a code:
/// both would come back in the answer.
/// </summary>
public static class MessageTexts
{
    /// <summary>Asks a party to stand by a contract.</summary>
    /// <param name="summary">The contract's summary.</param>
    /// <param name="contractId">The contract.</param>
    /// <param name="code">The party's one-time code.</param>
    public static string Ask(string summary, string contractId, string code)
    {
        var id = ContractIds.OnPhones(contractId);
        return $"""
            {summary}
            Your code: {code}
            Agree: YES {id} {code}
            Refuse: NO {id} {code}
            Valid {Agreement.ConfirmWithin.TotalHours:0} hours
            """.ReplaceLineEndings("\n");
    }

    /// <summary>Tells how to answer, to somebody whose answer could not be read.</summary>
    /// <param name="contractId">The contract that waits for the answer.</param>
    public static string HowToAnswer(string contractId) =>
        $"We could not read your answer. Send YES or NO, then {ContractIds.OnPhones(contractId)}, then the six digits of your code, "
        + $"such as: YES {ContractIds.OnPhones(contractId)} 123456";
}
