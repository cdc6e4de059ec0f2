namespace Voice.Application.Access;

/// <summary>What a key lets its holder do. None includes another.</summary>
public enum Scope
{
    /// <summary>Read recordings and contracts, and pass that on for one of them with a read token.</summary>
    Read,

    /// <summary>Start conferences, which calls people at the operator's cost.</summary>
    Create,

    /// <summary>Make contracts, and have them confirmed.</summary>
    Process,

    /// <summary>Whatever concerns the whole service rather than one recording.</summary>
    Admin,
}

/// <summary>The scopes as the API and the database spell them.</summary>
public static class Scopes
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Scope> All { get; } = Enum.GetValues<Scope>();

    /// <summary>The name, such as <c>read</c>.</summary>
    public static string Name(this Scope scope) => scope switch
    {
        Scope.Read => "read",
        Scope.Create => "create",
        Scope.Process => "process",
        Scope.Admin => "admin",
    };

    /// <summary>The names, in the order above and with commas between them.</summary>
    public static string Names(this IEnumerable<Scope> scopes) => string.Join(',', scopes.Order().Select(Name));

    /// <summary>Reads names that are known to be such, with commas between them.</summary>
    /// <exception cref="FormatException">One is none.</exception>
    public static IReadOnlyList<Scope> Parse(string names) =>
        [.. names.Split(',').Select(name => Domain.Names.Parse<Scope>(name, Name))];
}
