using System.Text.Json;
using System.Text.Json.Serialization;
using Voice.Infrastructure.Contracts;

namespace Voice.Infrastructure.Database.Rows;

/// <summary>
/// Rows on their way to the database, as JSON (see <see cref="Dialect.Rows"/>): members are named as columns are, times are what the tables
/// hold.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true,
    Converters = [typeof(UnixMillisecondsConverter)])]
[JsonSerializable(typeof(List<PartyJson>))]
[JsonSerializable(typeof(List<RecordingRow>))]
[JsonSerializable(typeof(List<AppliedCallbackRow>))]
[JsonSerializable(typeof(List<TimelineRow>))]
[JsonSerializable(typeof(List<CallbackRow>))]
[JsonSerializable(typeof(List<EventRow>))]
[JsonSerializable(typeof(List<DeliveryRow>))]
[JsonSerializable(typeof(List<PartyRow>))]
[JsonSerializable(typeof(RecordingSnapshot))]
internal sealed partial class RowJson : JsonSerializerContext;

internal sealed class UnixMillisecondsConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.ToUnixTimeMilliseconds());
}
