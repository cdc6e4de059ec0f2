namespace Voice.Domain.Contracts;

/// <summary>As what somebody stands in a contract.</summary>
public enum PartyRole
{
    /// <summary>Takes the goods or the service, and pays.</summary>
    Buyer,

    /// <summary>Gives the goods or the service.</summary>
    Seller,

    /// <summary>Brought the two together.</summary>
    Mediator,

    /// <summary>Heard what was agreed.</summary>
    Witness,
}

/// <summary>The roles as the API and the database spell them.</summary>
public static class PartyRoles
{
    /// <summary>The name, such as <c>buyer</c>.</summary>
    public static string Name(this PartyRole role) => role switch
    {
        PartyRole.Buyer => "buyer",
        PartyRole.Seller => "seller",
        PartyRole.Mediator => "mediator",
        PartyRole.Witness => "witness",
    };

    /// <summary>Reads a name.</summary>
    public static bool TryParse(string? name, out PartyRole role) => Names.TryParse(name, Name, out role);

    /// <summary>Reads a name that is known to be one.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static PartyRole Parse(string name) => Names.Parse<PartyRole>(name, Name);
}
