using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Voice.Application.Webhooks;
using Voice.Infrastructure.Audio;

namespace Voice.Infrastructure.AfricasTalking;

/// <summary>
/// What the members of a callback say, and the problems found while reading them. Only members that are asked for can be a problem: a
/// call's end is worth more than a tidy field.
/// </summary>
internal sealed class CallbackFields
{
    private const int LongestAddress = 2000;
    private readonly ILookup<string, Member> _members;

    public CallbackFields(RawCallback callback)
    {
        var members = CallbackBody.Members(callback.Body);
        if (members is null) Problems["body"] = "The body is neither a form nor a JSON object, plain or packed (gzip, zlib; at most 1 MB).";
        _members = (members ?? []).Distinct().ToLookup(member => member.Name, StringComparer.Ordinal);
        Digest = DigestOf(callback.Body);
    }

    public SortedDictionary<string, string> Problems { get; } = new(StringComparer.Ordinal);

    /// <summary>Identity of the callback: its members whatever their order, or its raw bytes where it has none.</summary>
    public string Digest { get; }

    /// <summary>The member says something, were it nonsense.</summary>
    public bool Has(string member) => Said(member).Any() || _members[member].Any(value => !value.IsSingle);

    /// <summary>The member says, in a word, that there is nothing.</summary>
    public bool SaysNone(string member) => _members[member].Any(value => ProviderWords.IsNothing(value.Value));

    /// <summary>What the member says; null where the provider left it out or says so in a word.</summary>
    /// <param name="member">The member.</param>
    /// <param name="meaning">What a text means: the same said in two ways is said once. Without it, the text itself.</param>
    public string? Text(string member, Func<string, object>? meaning = null)
    {
        var said = Said(member).DistinctBy(meaning ?? (text => text)).ToList();
        if (_members[member].Any(value => !value.IsSingle)) Problems[member] = "Give a single value, not a list or an object.";
        else if (said.Count > 1) Problems[member] = "This was sent twice, with two values.";
        else return said.SingleOrDefault();
        return null;
    }

    /// <summary>All that the member says.</summary>
    public IReadOnlyList<string> Values(string member) => [.. Said(member)];

    /// <summary>The same of a member that decides nothing: where it is odd it says nothing.</summary>
    public string? Hint(string member) => Said(member).ToList() is [var one] ? one : null;

    /// <summary>Yes (1) or no (0); null where the member says neither.</summary>
    public bool? Flag(string member)
    {
        return Text(member, text => (object?)YesOrNo(text) ?? text) is { } said ? YesOrNo(said) : null;

        static bool? YesOrNo(string text) => (bool.TryParse(text, out var word), Number(text)) switch
        {
            (true, _) => word,
            (_, 0 or 1) => Number(text) == 1,
            _ => null,
        };
    }

    public string? SessionId(string member)
    {
        if (Text(member) is { } text)
        {
            if (ProviderWords.IsSession(text)) return text;
            Problems[member] = ProviderWords.SessionRule;
        }
        Problems.TryAdd(member, "Name the session that this callback is about.");
        return null;
    }

    public int? Seconds(string member)
    {
        if (Text(member, text => (object?)Number(text) ?? text) is not { } text) return null;
        if (Number(text) is { } seconds && seconds is >= 0 and <= int.MaxValue && decimal.IsInteger(seconds)) return (int)seconds;
        Problems[member] = "A duration is a whole number of seconds, 0 or more.";
        return null;
    }

    /// <summary>The address, if it counts: anybody may have sent it.</summary>
    /// <returns>The address; or the one that was named and does not count.</returns>
    public (string? Counts, string? Refused) Address(string member, AudioHosts hosts)
    {
        if (Text(member, said => Uri.TryCreate(said, UriKind.Absolute, out var uri) ? uri.AbsoluteUri : said) is not { } text)
            return default;
        if (text.Length <= LongestAddress && text.All(character => character is > ' ' and <= '~')
            && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http")
            return hosts.Refuse(address) is null ? (text, null) : (null, text);
        Problems[member] = "A recording address is an absolute http or https URL.";
        return default;
    }

    private static decimal? Number(string text)
    {
        const NumberStyles form = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return decimal.TryParse(text, form, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private IEnumerable<string> Said(string member) =>
        _members[member].Where(value => value.IsSingle).Select(value => ProviderWords.Plain(value.Value)).OfType<string>().Distinct();

    private string DigestOf(byte[] body)
    {
        if (_members.Count == 0) return Convert.ToHexStringLower(SHA256.HashData(body));
        // Lengths stand before the texts, so that no two sets of members read the same.
        var canonical = new StringBuilder();
        foreach (var (name, value, _) in _members.SelectMany(member => member).OrderBy(member => member.Name, StringComparer.Ordinal)
            .ThenBy(member => member.Value, StringComparer.Ordinal))
            canonical.Append(CultureInfo.InvariantCulture, $"{name.Length}:{name}{value.Length}:{value}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())));
    }
}
