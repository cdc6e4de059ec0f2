using System.Data.Common;
using Dapper;
using Voice.Application;
using Voice.Application.Confirmations;
using Voice.Domain.Contracts;
using Voice.Domain.Recordings;
using Voice.Infrastructure.Database;
using Voice.Infrastructure.Recordings;

namespace Voice.Infrastructure.Contracts;

internal sealed class TextMessageOutbox(DbDataSource database, Dialect dialect, ChangeFeed changes) : ITextMessageOutbox
{
    private const string Columns = "message_id, contract_id, phone, text, code_hash, state, detail, tries, created_at, due_at";

    public async Task AddAsync(TextMessage message, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await AddAsync(message, transaction);
        await changes.CommitAsync(transaction, [message.ContractId], cancellationToken);
    }

    public static Task AddAsync(TextMessage message, DbTransaction transaction)
    {
        const string sql = $"""
            INSERT INTO sms_outbox ({Columns})
            VALUES (@MessageId, @ContractId, @Phone, @Text, @CodeHash, @State, @Detail, @Tries, @CreatedAt, @DueAt)
            ON CONFLICT DO NOTHING
            """;
        return transaction.Connection!.ExecuteAsync(sql, new MessageRow(message), transaction);
    }

    public async Task<int> CountCodesAsync(string contractId, PhoneNumber phone, CancellationToken cancellationToken)
    {
        const string sql = "SELECT COUNT(*) FROM sms_outbox WHERE contract_id = @ContractId AND phone = @Phone AND text IS NULL";
        var command = new CommandDefinition(
            sql, new { ContractId = contractId, Phone = phone.Value }, cancellationToken: cancellationToken);
        return await database.ReadAsync(connection => connection.ExecuteScalarAsync<int>(command), cancellationToken);
    }

    public async Task<TextMessage?> TakeAsync(DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        const string giveUp = $"""
            UPDATE sms_outbox SET state = @Unknown, due_at = NULL WHERE state = @Posting AND due_at <= @Now RETURNING {Columns}
            """;
        var take = $"""
            UPDATE sms_outbox SET state = @Posting, due_at = @Until, tries = tries + 1
            WHERE message_id IN (
                SELECT message_id FROM sms_outbox WHERE due_at <= @Now AND state = @Waiting ORDER BY due_at LIMIT 1 {dialect.SkipLocked})
            RETURNING {Columns}
            """;
        var parameters = new
        {
            Now = now,
            Until = until,
            Waiting = MessageState.Waiting.Name(),
            Posting = MessageState.Posting.Name(),
            Unknown = MessageState.Unknown.Name(),
        };
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var lost = await ChangeAsync(giveUp);
        foreach (var message in lost) await NoteAsync(message, now, transaction);
        var taken = await ChangeAsync(take);
        await changes.CommitAsync(transaction, [.. lost.Concat(taken).Select(message => message.ContractId)], cancellationToken);
        Count(MessageState.Unknown, lost.Count);
        return taken.SingleOrDefault();

        async Task<List<TextMessage>> ChangeAsync(string sql) => [.. (await connection.QueryAsync<MessageRow>(
            new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken))).Select(row => row.ToMessage())];
    }

    public async Task<bool> HoldAsync(TextMessage message, DateTimeOffset until, CancellationToken cancellationToken)
    {
        const string sql = """
            UPDATE sms_outbox SET code_hash = @CodeHash, due_at = @Until
            WHERE message_id = @MessageId AND tries = @Tries AND state = @Posting
            """;
        var parameters = new { message.MessageId, message.Tries, message.CodeHash, Until = until, Posting = MessageState.Posting.Name() };
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)) == 1;
    }

    public async Task<(int ToNumber, int AboutRecording)> CountPostedAsync(
        PhoneNumber phone, string contractId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        const string posted = "o.created_at > @Since AND o.state IN (@Posting, @Accepted, @Unknown)";
        const string sql = $"""
            SELECT
                (SELECT COUNT(*) FROM sms_outbox o WHERE o.phone = @Phone AND {posted}) AS to_number,
                (SELECT COUNT(*) FROM contracts this
                    JOIN contracts c ON c.recording_id = this.recording_id
                    JOIN sms_outbox o ON o.contract_id = c.contract_id
                    WHERE this.contract_id = @ContractId AND {posted}) AS about_recording
            """;
        var parameters = new
        {
            Phone = phone.Value,
            ContractId = contractId,
            Since = since,
            Posting = MessageState.Posting.Name(),
            Accepted = MessageState.Accepted.Name(),
            Unknown = MessageState.Unknown.Name(),
        };
        var command = new CommandDefinition(sql, parameters, cancellationToken: cancellationToken);
        return await database.ReadAsync(connection => connection.QuerySingleAsync<(int, int)>(command), cancellationToken);
    }

    public async Task SaveAsync(TextMessage message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A message that was taken again since, because posting it took too long, is left as it is.
        const string sql = """
            UPDATE sms_outbox SET state = @State, code_hash = @CodeHash, detail = @Detail, due_at = @DueAt
            WHERE message_id = @MessageId AND tries = @Tries
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var command = new CommandDefinition(sql, new MessageRow(message), transaction, cancellationToken: cancellationToken);
        if (await connection.ExecuteAsync(command) == 0) return;
        await NoteAsync(message, now, transaction);
        await changes.CommitAsync(transaction, [message.ContractId], cancellationToken);
        if (message.DueAt is null) Count(message.State, 1);
    }

    private static void Count(MessageState state, int messages)
    {
        if (messages > 0) Telemetry.Messages.Add(messages, Telemetry.Label("state", state.Name()));
    }

    private static Task NoteAsync(TextMessage message, DateTimeOffset now, DbTransaction transaction) =>
        message.Line(now) is { } line ? transaction.NoteAboutAsync(message.ContractId, [line]) : Task.CompletedTask;

    private sealed class MessageRow
    {
        public MessageRow()
        {
        }

        public MessageRow(TextMessage message)
        {
            MessageId = message.MessageId;
            ContractId = message.ContractId;
            Phone = message.Phone.Value;
            Text = message.Text;
            CodeHash = message.CodeHash;
            State = message.State.Name();
            Detail = message.Detail;
            Tries = message.Tries;
            CreatedAt = message.CreatedAt;
            DueAt = message.DueAt;
        }

        public string MessageId { get; init; } = "";
        public string ContractId { get; init; } = "";
        public string Phone { get; init; } = "";
        public string? Text { get; init; }
        public string? CodeHash { get; init; }
        public string State { get; init; } = "";
        public string? Detail { get; init; }
        public int Tries { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? DueAt { get; init; }

        public TextMessage ToMessage() => new()
        {
            MessageId = MessageId,
            ContractId = ContractId,
            Phone = PhoneNumber.Parse(Phone),
            Text = Text,
            CodeHash = CodeHash,
            State = MessageStates.Parse(State),
            Detail = Detail,
            Tries = Tries,
            CreatedAt = CreatedAt,
            DueAt = DueAt,
        };
    }
}
