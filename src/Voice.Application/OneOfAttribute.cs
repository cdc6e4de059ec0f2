using System.Reflection;
using System.Text.Json;

namespace Voice.Application;

/// <summary>
/// Says which words a text in an answer can be, for the API's document. Of a request that is a rule: <see cref="WordRule"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOfAttribute : Attribute
{
    /// <summary>These words.</summary>
    public OneOfAttribute(params string[] words) => Words = words;

    /// <summary>The members of an enum, as the API spells them, or the constants of a class, and others.</summary>
    public OneOfAttribute(Type list, params string[] others) => Words =
    [
        .. list.IsEnum
            ? Enum.GetNames(list).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)
            : list.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral)
                .Select(field => (string)field.GetRawConstantValue()!),
        .. others,
    ];

    /// <summary>The words.</summary>
    public IReadOnlyList<string> Words { get; }
}
