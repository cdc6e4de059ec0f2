using Voice.Application.Conferences;
using Voice.Application.Webhooks;
using Voice.Domain.Recordings;
using Voice.Infrastructure.AfricasTalking.Sandbox;

namespace Voice.Infrastructure.AfricasTalking;

/// <summary>Places calls with Africa's Talking, or with the sandbox that stands in for it.</summary>
internal sealed class AfricasTalkingProvider(
    ProviderHttp http, AfricasTalkingSettings settings, ProviderAddress address, SandboxMemory? memory = null) : IVoiceProvider
{
    public string Name => "Africa's Talking";

    public int MaxParties => 2;

    public Task<PlacementAnswer> PlaceCallAsync(PhoneNumber phone, string recordingId) => http.PostAsync(
        $"{address.BaseUrl}/call",
        new() { ["from"] = settings.VoiceNumber, ["to"] = phone.Value, ["clientRequestId"] = recordingId },
        (status, body) => PlacementReader.Read(Name, status, body),
        notSent: new(Placement.Unreachable, Failure: FailureCode.ProviderUnreachable,
            Reason: $"{Name} could not be reached, so nobody was called. Try again in a few minutes."),
        lost: new(Placement.TimedOut, Failure: FailureCode.OutcomeUnknown,
            Reason: $"{Name} did not answer in time and may have placed the call. Watch the recording before you try again."),
        unreadable: PlacementReader.Garbled(Name, "answered something that cannot be read"));

    // Africa's Talking has no request for that; its sandbox can be given one.
    public Task<RawCallback?> AskAsync(Recording recording) => Task.FromResult(memory?.Tell(recording));
}
