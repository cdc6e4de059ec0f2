using System.Text.Json;
using FluentValidation;
using Voice.Api.Forms;
using Voice.Application;
using Voice.Application.Contracts;

namespace Voice.Api.Contracts;

/// <summary>
/// Reads an upload as it comes: the audio goes to disk and is never whole in memory, whatever stands before or behind it in the form.
/// </summary>
internal static class UploadForm
{
    private const long LargestFile = 50_000_000;
    private const int MostFields = 16;

    /// <exception cref="ValidationException">A field is missing, wrong or too large.</exception>
    public static async Task<ProcessUpload> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        Stream? file = null;
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var part in FormReader.PartsAsync(request, cancellationToken))
        {
            if (part.Name != "file")
            {
                var text = await FormReader.TextAsync(part, cancellationToken);
                if (!fields.TryAdd(part.Name, text) && fields[part.Name] != text) throw FormReader.SentTwice(part.Name);
            }
            else if (file is not null) throw Invalid("file", "Send one file.");
            else
            {
                file = new FileStream(
                    Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1,
                        FileOptions.Asynchronous | FileOptions.DeleteOnClose);
                request.HttpContext.Response.RegisterForDispose(file);
                await SpoolAsync(part.Body, file, cancellationToken);
            }
            if (fields.Count > MostFields) throw Invalid("body", $"The form has more than {MostFields} fields.");
        }
        return new ProcessUpload { File = file, Parties = ReadParties(fields), ContractType = fields.GetValueOrDefault("contract_type") };
    }

    private static async Task SpoolAsync(Stream body, Stream file, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        while (await FormReader.ReadAsync(body, buffer, cancellationToken) is > 0 and var read)
        {
            if (file.Length + read > LargestFile) throw Invalid("file", "The audio is larger than 50 MB.");
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        file.Position = 0;
    }

    private static List<PartyBody?>? ReadParties(Dictionary<string, string> fields)
    {
        try
        {
            return fields.TryGetValue("parties", out var json) ? JsonSerializer.Deserialize<List<PartyBody?>>(json, JsonRules.Options)
                : null;
        }
        catch (JsonException)
        {
            throw Invalid("parties", "The parties must be a JSON list: [{\"phone\":\"+254712345678\",\"role\":\"buyer\"}, …].");
        }
    }

    private static ValidationException Invalid(string field, string sentence) => new([new(field, sentence)]);
}
