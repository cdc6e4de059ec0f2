using System.Text.Json;
using FluentValidation;
using Voice.Api.Forms;
using Voice.Application;
using Voice.Application.Contracts;

namespace Voice.Api.Contracts;

/// <summary>
/// Reads uploads as they come: the audio goes to disk and is never whole in memory, whatever stands before or behind it in the form.
/// </summary>
internal sealed class UploadForm(IAudioSource source, Limits limits) : IDisposable
{
    /// <summary>The largest form: the audio, other fields, and some more, so that who sends a little too much still hears of it.</summary>
    public const long Largest = 64_000_000;

    private const int MostFields = 16;
    private readonly SemaphoreSlim _turns = new(limits.UploadsAtOnce);

    /// <exception cref="ValidationException">A field is missing, wrong or too large.</exception>
    /// <exception cref="TooManyException">Too many are being read.</exception>
    public async Task<ProcessUpload> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!await _turns.WaitAsync(0, cancellationToken))
            throw new TooManyException("Too many uploads come in at the same time. Try again shortly.");
        AudioFile? file = null;
        try
        {
            var fields = new Dictionary<string, string>(StringComparer.Ordinal);
            await foreach (var part in FormReader.PartsAsync(request, cancellationToken))
            {
                if (part.Name != "file")
                {
                    var text = await FormReader.TextAsync(part, cancellationToken);
                    if (!fields.TryAdd(part.Name, text) && fields[part.Name] != text) throw FormReader.SentTwice(part.Name);
                }
                else if (file is not null) throw Invalid("file", "Send one file.");
                else file = await FormReader.ReadAsync(() => source.KeepAsync(part.Body, cancellationToken));
                if (fields.Count > MostFields) throw Invalid("body", $"The form has more than {MostFields} fields.");
            }
            return new ProcessUpload
            {
                File = file,
                Parties = ReadParties(fields),
                ContractType = fields.GetValueOrDefault("contract_type"),
            };
        }
        catch (Exception exception)
        {
            file?.Dispose();
            if (exception is AudioException) throw Invalid("file", exception.Message);
            throw;
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();

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
