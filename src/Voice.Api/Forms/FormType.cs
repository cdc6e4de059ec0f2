using FluentValidation;
using FluentValidation.Results;
using Microsoft.Net.Http.Headers;

namespace Voice.Api.Forms;

/// <summary>What a <c>Content-Type</c> says of a form, read as senders write it: Java's mail library quotes no boundary, whatever is in it.</summary>
/// <param name="Boundary">What stands between the parts of a multipart form; null for every other type.</param>
internal sealed record FormType(string? Boundary)
{
    /// <exception cref="ValidationException">There is no type, or the text is in a character set in which ASCII is not ASCII.</exception>
    public static FormType Of(HttpRequest request)
    {
        var type = request.ContentType ?? "";
        if (type.Trim().Length == 0) throw Invalid("Say of what type the body is.");
        if (Parameter(type, "charset") is { } charset && charset.StartsWith("utf-7", StringComparison.OrdinalIgnoreCase))
            throw Invalid("UTF-7 is not read. Send UTF-8.");
        return new(type.TrimStart().StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) ? Parameter(type, "boundary") ?? "" : null);
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
