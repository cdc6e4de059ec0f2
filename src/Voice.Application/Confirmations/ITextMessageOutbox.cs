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

    /// <summary>Stores a taken message, with what is kept of its code or what came of it.</summary>
    Task SaveAsync(TextMessage message, CancellationToken cancellationToken);
}
