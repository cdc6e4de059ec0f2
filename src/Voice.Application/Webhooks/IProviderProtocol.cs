using Voice.Domain.Recordings;

namespace Voice.Application.Webhooks;

/// <summary>A callback exactly as it came in.</summary>
/// <param name="Body">The raw body.</param>
/// <param name="ContentType">What it was called by whoever sent it.</param>
/// <param name="ReceivedAt">When it came in, UTC, whole milliseconds.</param>
public sealed record RawCallback(byte[] Body, string ContentType, DateTimeOffset ReceivedAt);

/// <summary>What could be read from a callback.</summary>
/// <param name="Digest">Identity: the same report sent twice has the same digest, however its members are ordered.</param>
/// <param name="SessionId">The session that it names, if any.</param>
/// <param name="Report">The report, without what could not be read of it; null when nobody can say what it is about.</param>
/// <param name="Problems">A sentence for each member that was used and could not be read.</param>
public sealed record ReadCallback(string Digest, string? SessionId, CallEvent? Report, IReadOnlyDictionary<string, string> Problems);

/// <summary>A callback and what could be read from it.</summary>
public sealed record Callback(RawCallback Raw, ReadCallback Content);

/// <summary>The provider's language: what its callbacks mean, and how it is told what to do next.</summary>
public interface IProviderProtocol
{
    /// <summary>Reads a callback; never throws for what is in it.</summary>
    ReadCallback Read(RawCallback raw);

    /// <summary>The call actions that bridge the answered phone to these parties and record them; none: just carry on.</summary>
    string WriteCallActions(IReadOnlyList<PhoneNumber> partiesToBridge, TimeSpan longestCall);
}
