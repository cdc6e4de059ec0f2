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

    // The most exact range that the type is in decides, whatever charset or header it asks for; of quality 0 it is as good as none.
    private static (double Quality, int Exactness, int Place) Rank(MediaTypeHeaderValue type, IList<MediaTypeHeaderValue> ranges)
    {
        var rank = ranges.Index()
            .Where(range => range.Item.MatchesAllTypes || (range.Item.Type.Equals(type.Type, StringComparison.OrdinalIgnoreCase)
                && (range.Item.MatchesAllSubTypes || range.Item.SubType.Equals(type.SubType, StringComparison.OrdinalIgnoreCase))))
            .Select(range => (
                Quality: range.Item.Quality ?? 1, Exactness: range.Item.MatchesAllTypes ? 0 : range.Item.MatchesAllSubTypes ? 1 : 2,
                Place: -range.Index))
            .OrderByDescending(range => range.Exactness)
            .FirstOrDefault();
        return rank.Quality > 0 ? rank : default;
    }
}
