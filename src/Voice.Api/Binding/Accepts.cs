using Microsoft.Net.Http.Headers;

namespace Voice.Api.Binding;

/// <summary>What a caller would rather have (RFC 9110, section 12.5.1).</summary>
internal static class Accepts
{
    /// <summary>
    /// Of some media types the one of the highest quality in <c>Accept</c>; of equals the one that is named more exactly, or first. Where
    /// none is acceptable, or nothing is said, it is the first of them.
    /// </summary>
    public static string Best(this HttpRequest request, params string[] types)
    {
        var ranges = request.GetTypedHeaders().Accept;
        return types.MaxBy(type => Rank(new MediaTypeHeaderValue(type), ranges))!;
    }

    // The most exact range that the type is in decides; what charset or header it asks for does not.
    private static (double Quality, int Exactness, int Place) Rank(MediaTypeHeaderValue type, IList<MediaTypeHeaderValue> ranges) => ranges
        .Index()
        .Where(range => range.Item.MatchesAllTypes || (range.Item.Type.Equals(type.Type, StringComparison.OrdinalIgnoreCase)
            && (range.Item.MatchesAllSubTypes || range.Item.SubType.Equals(type.SubType, StringComparison.OrdinalIgnoreCase))))
        .Select(range => (
            range.Item.Quality ?? 1, range.Item.MatchesAllTypes ? 0 : range.Item.MatchesAllSubTypes ? 1 : 2, -range.Index))
        .OrderByDescending(rank => rank.Item2)
        .FirstOrDefault();
}
