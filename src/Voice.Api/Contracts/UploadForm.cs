using System.Text.Json;
using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Voice.Application;
using Voice.Application.Contracts;

namespace Voice.Api.Contracts;

/// <summary>Reads a multipart upload as it comes: the audio goes to disk, never whole into memory.</summary>
internal sealed class UploadForm(IMediator mediator)
{
    private const int LongestField = 64 * 1024;
    private const long LargestUpload = 51_000_000; // The audio and the fields around it.

    /// <exception cref="ValidationException">A field is missing, wrong or too large.</exception>
    public async Task<(AudioFile Audio, ProcessUpload Request)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > LargestUpload) throw Invalid("file", "The audio is larger than 50 MB.");
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(request.ContentType).Boundary).Value;
        if (string.IsNullOrEmpty(boundary)) throw Invalid("body", "The form's Content-Type has no boundary.");
        AudioFile? audio = null;
        try
        {
            var fields = new Dictionary<string, string>();
            var form = new MultipartReader(boundary, request.Body);
            while (await form.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)) continue;
                var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
                if (name == "file" && audio is null) audio = await mediator.Send(new KeepUpload(section.Body), cancellationToken);
                else if (name == "file") throw Invalid("file", "Send one file.");
                else fields[name] = await ReadFieldAsync(name, section.Body, cancellationToken);
            }
            if (audio is null) throw Invalid("file", "Send the audio as a form field of this name.");
            var details = new ContractDetails { Parties = Parties(fields), ContractType = fields.GetValueOrDefault("contract_type") };
            return (audio, await mediator.Send(new CheckUpload(audio, details), cancellationToken));
        }
        catch (Exception exception)
        {
            audio?.Dispose();
            if (exception is InvalidDataException or IOException and not BadHttpRequestException) throw Invalid("body", "The form could not be read to its end.");
            throw;
        }
    }

    private static async Task<string> ReadFieldAsync(string name, Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestField + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= LongestField ? System.Text.Encoding.UTF8.GetString(buffer, 0, length) : throw Invalid(name, "This field is too long.");
    }

    private static List<PartyBody?>? Parties(Dictionary<string, string> fields)
    {
        try
        {
            return fields.TryGetValue("parties", out var json) ? JsonSerializer.Deserialize<List<PartyBody?>>(json, JsonRules.Options) : null;
        }
        catch (JsonException)
        {
            throw Invalid("parties", "The parties must be a JSON list: [{\"phone\":\"+254712345678\",\"role\":\"buyer\"}, …].");
        }
    }

    private static ValidationException Invalid(string field, string sentence) => new([new ValidationFailure(field, sentence)]);
}
