using FluentValidation;
using FluentValidation.Results;
using Microsoft.Net.Http.Headers;

namespace Voice.Api.Forms;

/// <summary>
/// What a <c>Content-Type</c> says of a form, read as senders write it: Java's mail library quotes no boundary, whatever is in it.
/// </summary>
/// <param name="Boundary">What stands between the parts of a multipart form; null for every other type.</param>
internal sealed record FormType(string? Boundary)
{
    private const int LongestBoundary = 200; // RFC 2046 allows 70.

    /// <exception cref="ValidationException">There is no type, or one by which no form can be read.</exception>
    public static FormType Of(HttpRequest request)
    {
        var type = request.ContentType ?? "";
        if (type.Trim().Length == 0) throw Invalid("Say of what type the body is.");
        if (Parameter(type, "charset") is { } charset && charset.StartsWith("utf-7", StringComparison.OrdinalIgnoreCase))
            throw Invalid("UTF-7 is not read. Send UTF-8.");
        if (!type.TrimStart().StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)) return new(Boundary: null);
        return Parameter(type, "boundary") is { Length: > 0 and <= LongestBoundary } boundary
            ? new(boundary)
            : throw Invalid($"A multipart form names its boundary, of at most {LongestBoundary} characters.");
    }

    private static string? Parameter(string type, string name)
    {
        var at = type.IndexOf(name + "=", StringComparison.OrdinalIgnoreCase);
        if (at < 0) return null;
        var value = type[(at + name.Length + 1)..].TrimStart();
        return value is ['"', .. var quoted] ? quoted.Split('"')[0] : value.Split(';')[0].Trim();
    }

    private static ValidationException Invalid(string sentence) => new([new ValidationFailure(HeaderNames.ContentType, sentence)]);
}
