namespace Voice.Application.Access;

/// <summary>
/// The keys that the tokens in forms are made with: one set for all instances, which goes on growing as the framework renews them. Both
/// methods throw a <see cref="System.Data.Common.DbException"/> when the database is away.
/// </summary>
public interface IFormKeys
{
    /// <summary>All of them, as XML.</summary>
    IReadOnlyList<string> Find();

    /// <summary>Adds one.</summary>
    /// <param name="name">What tells it from the others.</param>
    /// <param name="xml">The key.</param>
    void Add(string name, string xml);
}
