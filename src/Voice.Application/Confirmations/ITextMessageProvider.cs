using Voice.Domain.Contracts;
using Voice.Domain.Recordings;

namespace Voice.Application.Confirmations;

/// <summary>Sends text messages.</summary>
public interface ITextMessageProvider
{
    /// <summary>Sends one message, once. Never throws for what the provider or the network does.</summary>
    Task<TextMessageAnswer> SendAsync(PhoneNumber phone, string text);
}

/// <summary>What came of sending a message.</summary>
/// <param name="State">
/// <see cref="MessageState.Accepted"/> ; <see cref="MessageState.Refused"/> : never; <see cref="MessageState.Waiting"/> : it was certainly
/// not taken, later it may be; <see cref="MessageState.Unknown"/>.
/// </param>
/// <param name="Detail">The provider's words.</param>
public sealed record TextMessageAnswer(MessageState State, string? Detail = null);
