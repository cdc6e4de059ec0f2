using System.Data.Common;
using Dapper;
using Voice.Application.Confirmations;
using Voice.Domain.Contracts;
using Voice.Domain.Recordings;
using Voice.Infrastructure.Database;
using Voice.Infrastructure.Events;
using Voice.Infrastructure.Recordings;

namespace Voice.Infrastructure.Contracts;

internal sealed class AgreementRepository(DbDataSource database, Dialect dialect, ChangeFeed changes) : IAgreementRepository
{
    public async Task<Agreement?> FindAsync(string contractId, CancellationToken cancellationToken)
    {
        const string sql = "SELECT contract_id, status, confirm_by, version FROM contracts WHERE contract_id = @ContractId";
        var parameters = new { ContractId = contractId };
        return await database.ReadAsync<Agreement?>(async connection =>
        {
            // The version first: a decision that comes between the two reads makes the save of this one fail, not go by unseen.
            if (await connection.QuerySingleOrDefaultAsync<ContractRow>(
                new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)) is not { } row)
                return null;
            return row.ToAgreement(await connection.QueryAsync<PartyRow>(
                new CommandDefinition(PartyRow.Select, parameters, cancellationToken: cancellationToken)));
        }, cancellationToken);
    }

    public async Task<string?> FindWaitingForAsync(PhoneNumber phone, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT c.contract_id FROM contract_parties p JOIN contracts c ON c.contract_id = p.contract_id
            WHERE p.phone = @Phone AND p.decision IS NULL AND c.status = @Pending AND c.confirm_by > @Now
            ORDER BY c.created_at DESC LIMIT 1
            """;
        var command = new CommandDefinition(
            sql, new { Phone = phone.Value, Pending = AgreementStatus.Pending.Name(), Now = now }, cancellationToken: cancellationToken);
        return await database.ReadAsync(connection => connection.ExecuteScalarAsync<string?>(command), cancellationToken);
    }

    public async Task<IReadOnlyList<string>> FindOverdueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        // The status is written out as the index has it.
        var sql = $"""
            SELECT contract_id FROM contracts
            WHERE status = '{AgreementStatus.Pending.Name()}' AND confirm_by <= @Now
            ORDER BY confirm_by LIMIT @Limit
            """;
        var command = new CommandDefinition(sql, new { Now = now, Limit = limit }, cancellationToken: cancellationToken);
        return [.. await database.ReadAsync(connection => connection.QueryAsync<string>(command), cancellationToken)];
    }

    public async Task<Attempt?> CountAttemptAsync(
        string contractId, PhoneNumber phone, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string count = """
            UPDATE contract_parties SET attempts = CASE WHEN attempts < @Most THEN attempts + 1 ELSE 1 END, tried_at = @Now
            WHERE contract_id = @ContractId AND phone = @Phone AND (attempts < @Most OR tried_at <= @LockedSince)
            RETURNING attempts
            """;
        const string findCodes = """
            SELECT code_hash FROM sms_outbox WHERE contract_id = @ContractId AND phone = @Phone AND code_hash IS NOT NULL
            """;
        var parameters = new
        {
            ContractId = contractId,
            Phone = phone.Value,
            Most = ConfirmationCode.MostAttempts,
            Now = now,
            LockedSince = now - ConfirmationCode.LockedFor,
        };
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var attempts = await connection.QueryAsync<int>(new CommandDefinition(count, parameters, cancellationToken: cancellationToken));
        if (attempts.ToList() is not [var made]) return null;
        var codes = await connection.QueryAsync<string>(new CommandDefinition(findCodes, parameters, cancellationToken: cancellationToken));
        return new(ConfirmationCode.MostAttempts - made, [.. codes]);
    }

    public async Task<bool> SaveAsync(Agreement agreement, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string save = """
            UPDATE contracts SET status = @Status, version = version + 1 WHERE contract_id = @ContractId AND version = @Version
            """;
        const string saveParty = """
            UPDATE contract_parties SET decision = @Decision, decided_at = @DecidedAt, channel = @Channel
            WHERE contract_id = @ContractId AND phone = @Phone
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var status = agreement.StatusAt(now);
        var row = new { agreement.ContractId, Status = status.Name(), agreement.Version };
        if (await connection.ExecuteAsync(save, row, transaction) == 0) return false;
        foreach (var party in agreement.Parties.Where(party => party.Decision is not null))
            await connection.ExecuteAsync(saveParty, new
            {
                agreement.ContractId,
                Phone = party.Phone.Value,
                Decision = party.Decision?.Name(),
                party.DecidedAt,
                Channel = party.Channel?.Name(),
            }, transaction);
        await transaction.NoteAboutAsync(agreement.ContractId, agreement.News);
        if (status != AgreementStatus.Pending) await EventOutbox.AddAsync(agreement.ContractId, status, now, dialect, transaction);
        await changes.CommitAsync(transaction, [agreement.ContractId], cancellationToken);
        if (status != AgreementStatus.Pending) changes.Publish(EventOutbox.NewEvents);
        return true;
    }
}
