using System.Text.Json;
using System.Text.Json.Serialization;
using Voice.Application.Contracts;
using Voice.Domain.Contracts;

namespace Voice.Infrastructure.Contracts;

/// <summary>What of contracts and jobs is stored as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(ValueConverter)])]
[JsonSerializable(typeof(IReadOnlyDictionary<string, Evidence>))]
[JsonSerializable(typeof(Dictionary<string, Evidence>))]
[JsonSerializable(typeof(ContractOrder))]
internal sealed partial class ContractJson : JsonSerializerContext
{
    /// <summary>The value of a term: a number, or a text. A day is stored as the text that it is written as.</summary>
    private sealed class ValueConverter : JsonConverter<object>
    {
        public override object Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number ? reader.GetDecimal() : reader.GetString()!;

        public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options)
        {
            if (value is decimal number) writer.WriteNumberValue(number);
            else writer.WriteStringValue(
                value is DateOnly day ? day.ToString("O", System.Globalization.CultureInfo.InvariantCulture) : (string)value);
        }
    }
}
