using System.Globalization;
using System.Net;
using System.Text.Json;
using Voice.Application.Contracts;

namespace Voice.Infrastructure.AfricasTalking;

/// <summary>Sends text messages with Africa's Talking, or with the sandbox that stands in for it.</summary>
internal sealed class AfricasTalkingSms(ProviderHttp http, AfricasTalkingSettings settings, ProviderAddress address) : ISmsProvider
{
    public Task<SmsAnswer> SendAsync(string phone, string message)
    {
        var form = new Dictionary<string, string> { ["to"] = phone, ["message"] = message };
        if (settings.SmsSender.Length > 0) form["from"] = settings.SmsSender;
        return http.PostAsync(
            $"{address.SmsBaseUrl}/version1/messaging", form, Read,
            notSent: new(SmsOutcome.NotSent, "The provider could not be reached."),
            lost: new(SmsOutcome.Unknown, "The provider did not answer in time."),
            unreadable: new(SmsOutcome.Unknown, "The provider answered something that cannot be read."));
    }

    /// <summary>The provider answers 201 even for errors: what counts is each recipient's own code.</summary>
    internal static SmsAnswer Read(HttpStatusCode status, string body)
    {
        if ((int)status is >= 400 and < 500) return new(SmsOutcome.Refused, $"The provider answered {(int)status}.");
        var unknown = new SmsAnswer(SmsOutcome.Unknown, $"The provider answered {(int)status} and nothing that could be read.");
        if (ProviderJson.Parse(body)?.Member("SMSMessageData") is not { } data) return unknown;
        if (data.Member("Recipients") is not { ValueKind: JsonValueKind.Array } recipients) return unknown;
        if (recipients.GetArrayLength() == 0) return new(SmsOutcome.Refused, data.Text("Message") ?? "No recipient was taken.");
        var detail = recipients[0].Text("status");
        return int.TryParse(recipients[0].Text("statusCode"), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? new(code switch
            {
                >= 100 and <= 102 => SmsOutcome.Accepted,
                >= 500 => SmsOutcome.NotSent, // The provider's own trouble, said before it took the message.
                _ => SmsOutcome.Refused,
            }, detail)
            : unknown;
    }
}
