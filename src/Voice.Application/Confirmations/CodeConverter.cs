using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Voice.Application.Confirmations;

/// <summary>Reads a code as people and programs write it: <c>"982482"</c>, <c>"982 482"</c>, or the number 982482.</summary>
internal sealed class CodeConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number)
            ? number.ToString("D6", CultureInfo.InvariantCulture) // A number has lost its leading zeros.
            : string.Concat(reader.GetString()!.Where(character => !char.IsWhiteSpace(character) && character != '-'));

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
