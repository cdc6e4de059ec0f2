namespace Voice.Domain;

/// <summary>The way back from the name of an enum's member, as the API and the database spell it, to the member.</summary>
public static class Names
{
    /// <summary>The member with that name.</summary>
    public static bool TryParse<T>(string? name, Func<T, string> nameOf, out T member)
        where T : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<T>())
        {
            member = candidate;
            if (nameOf(candidate) == name) return true;
        }
        member = default;
        return false;
    }

    /// <summary>The member with a name that is known to be one.</summary>
    /// <exception cref="FormatException">No member has that name.</exception>
    public static T Parse<T>(string name, Func<T, string> nameOf)
        where T : struct, Enum =>
        TryParse(name, nameOf, out var member) ? member : throw new FormatException($"There is no {typeof(T).Name} of that name.");
}
