using System.Data.Common;
using System.Text.Json;
using Dapper;
using Voice.Application.Contracts;
using Voice.Infrastructure.Database;

namespace Voice.Infrastructure.Contracts;

internal sealed class SmsOutbox(DbDataSource database, Dialect dialect) : ISmsOutbox
{
    public async Task<IReadOnlyList<OutgoingSms>> TakeAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        // What was being posted when everything ended may have been accepted: it is not taken up again.
        const string giveUp = "UPDATE sms_outbox SET state = 'unknown', due_at = NULL WHERE state = 'posting' AND due_at <= @Now";
        var take = $"""
            UPDATE sms_outbox SET due_at = @Until, tries = tries + 1
            WHERE (contract_id, phone) IN (
                SELECT o.contract_id, o.phone FROM sms_outbox o WHERE o.due_at <= @Now AND o.state = 'waiting' ORDER BY o.due_at LIMIT @Limit {dialect.SkipLocked})
            RETURNING contract_id, phone, tries, (SELECT body FROM contracts WHERE contracts.contract_id = sms_outbox.contract_id) AS body,
                (SELECT status FROM contracts WHERE contracts.contract_id = sms_outbox.contract_id) AS status
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(giveUp, new { Now = now }, cancellationToken: cancellationToken));
        var rows = (await connection.QueryAsync<OutboxRow>(
            new CommandDefinition(take, new { Now = now, Until = until, Limit = limit }, cancellationToken: cancellationToken))).ToList();
        foreach (var row in rows.Where(row => row.Status != "pending"))
            await FinishAsync(row.ToMessage(), new(SmsOutcome.Refused, "The contract is no longer pending."), null, cancellationToken);
        return [.. rows.Where(row => row.Status == "pending").Select(row => row.ToMessage())];
    }

    public async Task BeginPostingAsync(OutgoingSms message, string codeHash, CancellationToken cancellationToken)
    {
        const string sql = """
            UPDATE contract_parties SET code_hash = @CodeHash WHERE contract_id = @ContractId AND phone = @Phone;
            UPDATE sms_outbox SET state = 'posting' WHERE contract_id = @ContractId AND phone = @Phone;
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(sql, new { message.ContractId, message.Phone, CodeHash = codeHash }, transaction);
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task FinishAsync(OutgoingSms message, SmsAnswer answer, DateTimeOffset? tryAgainAt, CancellationToken cancellationToken)
    {
        const string sql = "UPDATE sms_outbox SET state = @State, detail = @Detail, due_at = @DueAt WHERE contract_id = @ContractId AND phone = @Phone";
        var state = answer.Outcome switch
        {
            SmsOutcome.Accepted => "accepted",
            SmsOutcome.Refused => "refused",
            SmsOutcome.NotSent => "waiting",
            SmsOutcome.Unknown => "unknown",
        };
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            sql, new { message.ContractId, message.Phone, State = state, answer.Detail, DueAt = tryAgainAt }, cancellationToken: cancellationToken));
    }

    private sealed class OutboxRow
    {
        public string ContractId { get; init; } = "";
        public string Phone { get; init; } = "";
        public int Tries { get; init; }
        public string Body { get; init; } = "";
        public string Status { get; init; } = "";

        public OutgoingSms ToMessage() => new(ContractId, Phone, Tries - 1, JsonSerializer.Deserialize<ContractBody>(Body, ContractJson.Options)!.ContractSummary);
    }
}
