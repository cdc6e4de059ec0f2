using System.Globalization;
using System.Text;
using Voice.Application;
using Voice.Application.Webhooks;
using Voice.Domain.Recordings;

namespace Voice.Infrastructure.AfricasTalking.Sandbox;

/// <summary>What the sandbox says of a call when it is asked: a call's story never changes, so nothing need be noted for that.</summary>
internal sealed class SandboxMemory(SandboxSettings settings, ProviderAddress address, TimeProvider clock)
{
    public RawCallback? Tell(Recording recording)
    {
        if (recording.Facts.SessionId is not { } session) return null; // It took no such call, or nobody knows which.
        var now = clock.GetUtcMilliseconds();
        var phones = recording.Facts.Parties.Select(party => party.Phone.Value).ToList();
        var call = new SandboxCall
        {
            SessionId = session,
            From = "",
            To = phones[0],
            ClientRequestId = recording.RecordingId,
            StartedAt = recording.CreatedAt,
            // That the answer ordered the bridge is taken for granted, as where reports come in reverse order.
            Dial = new(phones[1], Record: true, (int)recording.LongestCall.TotalSeconds),
        };
        var told = Script.Told(call, $"{address.ShownSandbox}/recordings/{session}.mp3", Conversation.Seconds,
            (now - call.StartedAt) / settings.CallDuration);
        // Each answer is one of its own, though it may say the same as the last.
        var fields = told.Append(new("askedAt", now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)));
        var body = string.Join('&', fields.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"));
        return new(Encoding.ASCII.GetBytes(body), "application/x-www-form-urlencoded", now);
    }
}
