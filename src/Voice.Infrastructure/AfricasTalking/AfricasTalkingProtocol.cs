using Voice.Application.Webhooks;
using Voice.Domain.Recordings;

namespace Voice.Infrastructure.AfricasTalking;

internal sealed class AfricasTalkingProtocol(AfricasTalkingSettings settings) : IProviderProtocol
{
    public ReadCallback Read(RawCallback callback) => CallbackReader.Read(callback);

    public string WriteCallActions(IReadOnlyList<PhoneNumber> partiesToBridge, TimeSpan longestCall) =>
        partiesToBridge.Count == 0 ? CallActions.CarryOn : CallActions.Bridge(partiesToBridge, longestCall, settings.VoiceNumber);
}
