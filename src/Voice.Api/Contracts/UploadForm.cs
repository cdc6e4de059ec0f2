using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Http.Features;
using Voice.Application;
using Voice.Application.Contracts;

namespace Voice.Api.Contracts;

/// <summary>Reads a multipart upload. The framework puts what is large on disk while it comes, so the audio is never whole in memory.</summary>
internal static class UploadForm
{
    /// <summary>The audio and the fields around it.</summary>
    public const long LargestBody = 51_000_000;

    private static readonly FormOptions Limits = new() { MultipartBodyLengthLimit = LargestBody, ValueLengthLimit = 64 * 1024, ValueCountLimit = 16 };

    /// <exception cref="ValidationException">A field is missing, wrong or too large.</exception>
    public static async Task<ProcessUpload> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var form = await ReadFormAsync(request, cancellationToken);
        if (form.Files.Count(file => file.Name == "file") > 1) throw Invalid("file", "Send one file.");
        return new ProcessUpload
        {
            File = form.Files.GetFile("file")?.OpenReadStream(),
            Parties = ReadParties(form["parties"].FirstOrDefault()),
            ContractType = form["contract_type"].FirstOrDefault(),
        };
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await new FormFeature(request, Limits).ReadFormAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
        {
            throw Invalid("file", "The audio is larger than 50 MB.");
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw Invalid("body", "The form could not be read to its end.");
        }
    }

    private static List<PartyBody?>? ReadParties(string? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize<List<PartyBody?>>(json, JsonRules.Options);
        }
        catch (JsonException)
        {
            throw Invalid("parties", "The parties must be a JSON list: [{\"phone\":\"+254712345678\",\"role\":\"buyer\"}, …].");
        }
    }

    private static ValidationException Invalid(string field, string sentence) => new([new(field, sentence)]);
}
