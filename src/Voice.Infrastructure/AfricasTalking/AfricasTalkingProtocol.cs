using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Voice.Application.Webhooks;
using Voice.Domain.Recordings;
using Voice.Infrastructure.Audio;

namespace Voice.Infrastructure.AfricasTalking;

internal sealed partial class AfricasTalkingProtocol(
    AfricasTalkingSettings settings, AudioHosts hosts, ILogger<AfricasTalkingProtocol> logger) : IProviderProtocol
{
    public ReadCallback Read(RawCallback raw)
    {
        try
        {
            return CallbackReader.Read(raw, hosts);
        }
        catch (Exception exception)
        {
            // A mistake of ours must not lose what came in: it is kept, to be read once we know better.
            LogUnread(exception);
            return new(Convert.ToHexStringLower(SHA256.HashData(raw.Body)), null, null,
                new Dictionary<string, string> { ["body"] = "The body could not be read." });
        }
    }

    public string WriteCallActions(IReadOnlyList<PhoneNumber> partiesToBridge, TimeSpan longestCall) =>
        partiesToBridge.Count == 0 ? CallActions.CarryOn : CallActions.Bridge(partiesToBridge, longestCall, settings.VoiceNumber);

    [LoggerMessage(Level = LogLevel.Error, Message = "A callback could not be read; it is kept.")]
    private partial void LogUnread(Exception exception);
}
