using System.Globalization;
using System.Net;
using System.Text.Json;
using Voice.Application.Confirmations;
using Voice.Domain.Contracts;
using Voice.Domain.Recordings;

namespace Voice.Infrastructure.AfricasTalking;

/// <summary>Sends text messages with Africa's Talking, or with the sandbox that stands in for it.</summary>
internal sealed class AfricasTalkingSms(ProviderHttp http, AfricasTalkingSettings settings, ProviderAddress address) : ITextMessageProvider
{
    public Task<TextMessageAnswer> SendAsync(PhoneNumber phone, string text)
    {
        var form = new Dictionary<string, string> { ["to"] = phone.Value, ["message"] = text };
        if (settings.SmsSender.Length > 0) form["from"] = settings.SmsSender;
        return http.PostAsync(
            $"{address.SmsBaseUrl}/version1/messaging", form, Read,
            notSent: new(MessageState.Waiting, "The provider could not be reached."),
            lost: new(MessageState.Unknown, "The provider did not answer in time."),
            unreadable: new(MessageState.Unknown, "The provider answered something that cannot be read."));
    }

    /// <summary>The provider answers 201 even for errors: what counts is each recipient's own code.</summary>
    internal static TextMessageAnswer Read(HttpStatusCode status, string body)
    {
        if ((int)status is >= 400 and < 500) return new(MessageState.Refused, $"The provider answered {(int)status}.");
        var unknown = new TextMessageAnswer(MessageState.Unknown, $"The provider answered {(int)status} and nothing that could be read.");
        if (ProviderJson.Parse(body)?.Member("SMSMessageData") is not { } data) return unknown;
        if (data.Member("Recipients") is not { ValueKind: JsonValueKind.Array } recipients) return unknown;
        if (recipients.GetArrayLength() == 0) return new(MessageState.Refused, data.Text("Message") ?? "No recipient was taken.");
        var detail = recipients[0].Text("status");
        return int.TryParse(recipients[0].Text("statusCode"), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? new(code switch
            {
                >= 100 and <= 102 => MessageState.Accepted,
                >= 500 => MessageState.Waiting, // The provider's own trouble, said before it took the message.
                _ => MessageState.Refused,
            }, detail)
            : unknown;
    }
}
