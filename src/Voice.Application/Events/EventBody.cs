using System.Text.Json;
using AutoMapper;
using Voice.Application.Contracts;
using Voice.Application.Recordings;

namespace Voice.Application.Events;

/// <summary>An event as endpoints get it.</summary>
/// <param name="Type">What happened, such as recording.completed.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Data">The status body, or the contract, as it was then.</param>
public sealed record EventBody(string Type, DateTimeOffset Timestamp, object Data)
{
    internal static string Of(DueDelivery due, IMapper mapper)
    {
        var (type, at) = (due.Delivery.Type, due.Delivery.At);
        object data = due.Contract is { } contract ? ContractBody.Of(contract, at) : mapper.Map<RecordingStatusBody>(due.Recording);
        return new EventBody(type, at, data).ToJson();
    }

    internal string ToJson() => JsonSerializer.Serialize(this, JsonRules.Options);
}
