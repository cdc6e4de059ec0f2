using System.Net;
using System.Text.Json;
using Voice.Application.Conferences;
using Voice.Domain.Recordings;

namespace Voice.Infrastructure.AfricasTalking;

/// <summary>Reads what the provider answers to <c>POST /call</c>, in every form that it is known to answer.</summary>
internal static class PlacementReader
{
    // The provider writes the word where others would leave a member out.
    private const string NoValue = "None";

    public static PlacementAnswer Read(string provider, HttpStatusCode status, string body)
    {
        if ((int)status is >= 400 and < 500)
            return Refused(FailureCode.ProviderRefused, Quote(body) is { Length: > 0 } words ? words : $"HTTP status {(int)status}");
        if ((int)status is < 200 or >= 300)
            return Garbled($"failed with HTTP status {(int)status}");
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return Garbled("answered with something that is not JSON");
        }

        PlacementAnswer Read(JsonElement answer)
        {
            if (answer.ValueKind != JsonValueKind.Object) return Garbled("answered with JSON that is not an object");
            var entries = answer.TryGetProperty("entries", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToList() : [];
            if (entries.Count == 0)
                return Text(answer, "errorMessage") is { } error
                    ? Refused(FailureCode.ProviderRefused, Quote(error))
                    : Garbled("did not say what became of the call");

            var session = Text(entries[0], "sessionId");
            return Text(entries[0], "status") switch
            {
                "Queued" when session is not null => new(Placement.Placed, session),
                "Queued" or null => Garbled("did not name the call's session"),
                "InvalidPhoneNumber" => Refused(FailureCode.InvalidNumber, "the phone number is invalid"),
                "InsufficientCredit" => Refused(FailureCode.InsufficientCredit, "the account has not enough credit"),
                "DestinationNotSupported" => Refused(FailureCode.ProviderRefused, "it does not call that destination"),
                var other => Refused(FailureCode.ProviderRefused, Quote(other)),
            };
        }

        PlacementAnswer Refused(FailureCode failure, string why) =>
            new(Placement.Refused, Failure: failure, Reason: $"{provider} refused the call: {why}");

        PlacementAnswer Garbled(string what) =>
            new(Placement.Garbled, Failure: FailureCode.OutcomeUnknown,
                Reason: $"{provider} {what} and may have placed the call. Watch the recording before you try again.");
    }

    private static string? Text(JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            && value.GetString() is { } text && text.Length is > 0 and <= 200 && text != NoValue ? text : null;

    // Foreign words go into answers and timelines: one short line of them.
    private static string Quote(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        line = new string([.. line.Where(character => !char.IsControl(character))]);
        return line.Length <= 200 ? line : line[..200] + "…";
    }
}
