using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Voice.Api.Status;

/// <summary>Entity tags as they are sent (RFC 9110, section 8.8.3).</summary>
internal static class EntityTags
{
    /// <summary>The strong tag for <c>ETag</c>.</summary>
    public static string Write(string tag) => $"\"{tag}\"";

    /// <summary>
    /// The tags in <c>If-None-Match</c>, as we wrote them: weakness does not matter there, and what a proxy that compresses adds behind our
    /// letters and digits (<c>"…-gzip"</c>, <c>"…;gzip"</c>) is taken off.
    /// </summary>
    public static IReadOnlyCollection<string> Read(StringValues ifNoneMatch) =>
        EntityTagHeaderValue.TryParseList(ifNoneMatch, out var tags) ? [.. tags.Select(tag => Own(tag.Tag.Value!))] : [];

    /// <summary>Whether <c>If-None-Match</c> names the body with that tag (RFC 9110, section 13.1.2).</summary>
    public static bool Fit(StringValues ifNoneMatch, string tag) =>
        ifNoneMatch.Count > 0 && (IsAsWritten(ifNoneMatch.ToString(), tag) || Read(ifNoneMatch).Any(known => known == tag || known == Any));

    // What nearly every poller sends, without a new text for each.
    private static bool IsAsWritten(string header, string tag) =>
        header.Length == tag.Length + 2 && header[0] == '"' && header[^1] == '"' && header.AsSpan(1, tag.Length).SequenceEqual(tag);

    private const string Any = "*";

    private static string Own(string tag) => tag == Any ? Any : new([.. tag.Skip(1).TakeWhile(char.IsAsciiLetterOrDigit)]);
}
