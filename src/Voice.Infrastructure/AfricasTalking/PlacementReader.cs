using System.Net;
using System.Text;
using System.Text.Json;
using Voice.Application.Conferences;
using Voice.Domain.Recordings;

namespace Voice.Infrastructure.AfricasTalking;

/// <summary>Reads what the provider answers to <c>POST /call</c>, in every form that it is known to answer.</summary>
internal static class PlacementReader
{
    private const int LongestQuote = 200;

    public static PlacementAnswer Read(string provider, HttpStatusCode status, string body)
    {
        if ((int)status is >= 400 and < 500)
            return Refused(FailureCode.ProviderRefused, Quote(body) is { Length: > 0 } words ? words : $"HTTP status {(int)status}");
        if ((int)status is < 200 or >= 300) return Garbled(provider, $"failed with HTTP status {(int)status}");
        if (ProviderJson.Parse(body) is not { } answer) return Garbled(provider, "answered with something that is not JSON");
        if (answer.ValueKind != JsonValueKind.Object) return Garbled(provider, "answered with JSON that is not an object");
        if (answer.Member("entries") is not { ValueKind: JsonValueKind.Array } entries || entries.GetArrayLength() == 0)
            return answer.Text("errorMessage") is { } error
                ? Refused(FailureCode.ProviderRefused, Quote(error))
                : Garbled(provider, "did not say what became of the call");

        var session = entries[0].Text("sessionId");
        return entries[0].Text("status") switch
        {
            "Queued" when session is not null && ProviderWords.IsSession(session) => new(Placement.Placed, session),
            "Queued" or null => Garbled(provider, "did not name the call's session"),
            "InvalidPhoneNumber" => Refused(FailureCode.InvalidNumber, "the phone number is invalid"),
            "InsufficientCredit" => Refused(FailureCode.InsufficientCredit, "the account has not enough credit"),
            "DestinationNotSupported" => Refused(FailureCode.ProviderRefused, "it does not call that destination"),
            var other => Refused(FailureCode.ProviderRefused, Quote(other)),
        };

        PlacementAnswer Refused(FailureCode failure, string why) =>
            new(Placement.Refused, Failure: failure, Reason: $"{provider} refused the call: {why}");
    }

    /// <summary>The provider answered, and nobody can say what.</summary>
    public static PlacementAnswer Garbled(string provider, string what) =>
        new(Placement.Garbled, Failure: FailureCode.OutcomeUnknown,
            Reason: $"{provider} {what} and may have placed the call. Watch the recording before you try again.");

    // Foreign words go into answers and timelines: one short line of them.
    private static string Quote(string text)
    {
        var line = new StringBuilder();
        foreach (var rune in string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).EnumerateRunes())
        {
            if (Rune.IsControl(rune)) continue;
            if (line.Length + rune.Utf16SequenceLength > LongestQuote) return line.Append('…').ToString();
            line.Append(rune);
        }
        return line.ToString();
    }
}
