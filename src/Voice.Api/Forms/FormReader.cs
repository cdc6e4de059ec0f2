using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Voice.Api.Errors;

namespace Voice.Api.Forms;

/// <summary>
/// Reads forms, urlencoded and multipart alike. Whatever is wrong with one is a <see cref="ValidationException"/> that names the field, or
/// the <c>Content-Type</c>, or the <c>body</c>.
/// </summary>
internal static class FormReader
{
    private const int LongestField = 64 * 1024;
    private const int MostFields = 1000;

    /// <summary>The fields of a small form; one that is sent twice with one value counts once.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> FieldsAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (FormType.Of(request).Boundary is not null)
            await foreach (var part in PartsAsync(request, cancellationToken)) Add(part.Name, await TextAsync(part, cancellationToken));
        else
            foreach (var (name, value) in await ReadAsync(() => UrlEncodedAsync(request, cancellationToken))) Add(name, value);
        return fields;

        void Add(string name, string value)
        {
            value = string.Concat(value.Where(character => !char.IsControl(character) || character is '\t' or '\r' or '\n'));
            if (!fields.TryAdd(name, value) && fields[name] != value) throw SentTwice(name);
            if (fields.Count > MostFields) throw Invalid("body", $"A form has at most {MostFields} fields.");
        }
    }

    /// <summary>The parts of a multipart form as they come, each to be read before the next; their bodies may be of any length.</summary>
    public static async IAsyncEnumerable<FormPart> PartsAsync(
        HttpRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var boundary = FormType.Of(request).Boundary
            ?? throw Invalid(HeaderNames.ContentType, "Send a form of the type multipart/form-data.");
        var form = new MultipartReader(boundary, request.Body);
        while (await ReadAsync(() => form.ReadNextSectionAsync(cancellationToken)) is { } section)
            if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                && HeaderUtilities.RemoveQuotes(disposition.Name).Value is { Length: > 0 } name)
                yield return new(name, section.Body);
    }

    /// <summary>A part that is a field like any other, as text.</summary>
    public static async Task<string> TextAsync(FormPart part, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestField + 1];
        var length = 0;
        while (length < buffer.Length
            && await ReadAsync(() => part.Body.ReadAsync(buffer, length, buffer.Length - length, cancellationToken)) is > 0 and var read)
            length += read;
        return length <= LongestField ? Encoding.UTF8.GetString(buffer, 0, length) : throw Invalid(part.Name, "This field is too long.");
    }

    /// <summary>Reads something of a form; that it cannot be read is said in words.</summary>
    public static async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            throw Invalid("body", "The form could not be read: it ends too early, or its fields are too many or too long.");
        }
    }

    /// <summary>What to say of a field that is there twice, with two values.</summary>
    public static ValidationException SentTwice(string field) => Invalid(field, "This was sent twice, with two values.");

    // A request that is no HTTP is told as that (ExceptionAnswers), not as a bad form.
    private static bool IsUnreadable(Exception exception) =>
        exception is InvalidDataException or IOException && !ExceptionAnswers.IsNoHttp(exception);

    // The framework's reader refuses a form for a NUL in it.
    private static async Task<IEnumerable<(string Name, string Value)>> UrlEncodedAsync(
        HttpRequest request, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8, leaveOpen: true);
        var form = await reader.ReadToEndAsync(cancellationToken);
        return form.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
            .Select(pair => (WebUtility.UrlDecode(pair[0]), WebUtility.UrlDecode(pair.ElementAtOrDefault(1) ?? "")));
    }

    private static ValidationException Invalid(string field, string sentence) => new([new ValidationFailure(field, sentence)]);
}

/// <summary>A part of a multipart form.</summary>
/// <param name="Name">The field.</param>
/// <param name="Body">Its body, to be read before the next part is asked for.</param>
internal sealed record FormPart(string Name, Stream Body);
