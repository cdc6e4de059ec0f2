using Voice.Domain.Recordings;

namespace Voice.Application.Confirmations;

/// <summary>Text messages to send. Every method throws a <see cref="System.Data.Common.DbException"/> when the database is away.</summary>
public interface ITextMessageOutbox
{
    /// <summary>Stores a message to send, unless there is one with that id already.</summary>
    Task AddAsync(TextMessage message, CancellationToken cancellationToken);

    /// <summary>How many codes that party of that contract was, or will be, sent.</summary>
    Task<int> CountCodesAsync(string contractId, PhoneNumber phone, CancellationToken cancellationToken);

    /// <summary>
    /// A message that is due, marked as being posted until <paramref name="until"/> ; null when there is none. What was being posted when
    /// everything ended may have been accepted: it is not taken up again.
    /// </summary>
    Task<TextMessage?> TakeAsync(DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps what is kept of a taken message's code, and keeps the message as being posted until <paramref name="until"/>.
    /// </summary>
    /// <returns>Whether it still was ours to post; false: it was given up meanwhile.</returns>
    Task<bool> HoldAsync(TextMessage message, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Stores what came of a taken message at that time, and its line in the timeline of the recording.</summary>
    Task SaveAsync(TextMessage message, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>How many messages since that time were, or are being, posted to a number and about the recording of a contract.</summary>
    Task<(int ToNumber, int AboutRecording)> CountPostedAsync(
        PhoneNumber phone, string contractId, DateTimeOffset since, CancellationToken cancellationToken);
}
