using System.Data.Common;
using System.Text.Json;
using Dapper;
using Voice.Application.Confirmations;
using Voice.Application.Contracts;
using Voice.Domain.Contracts;
using Voice.Infrastructure.Database;
using Voice.Infrastructure.Events;
using Voice.Infrastructure.Recordings;

namespace Voice.Infrastructure.Contracts;

internal sealed class ContractRepository(DbDataSource database, Dialect dialect, ChangeFeed changes) : IContractRepository
{
    // Written out, because an index over some rows serves only a statement that says which.
    private static readonly string Pending = $"'{AgreementStatus.Pending.Name()}'";
    private static readonly string Confirmed = $"'{AgreementStatus.Confirmed.Name()}'";

    public async Task<StoredContract?> FindAsync(string contractId, CancellationToken cancellationToken)
    {
        const string find = $"SELECT {ContractRow.Columns} FROM contracts WHERE contract_id = @ContractId";
        var parameters = new { ContractId = contractId };
        return await database.ReadAsync<StoredContract?>(async connection =>
        {
            if (await connection.QuerySingleOrDefaultAsync<ContractRow>(
                new CommandDefinition(find, parameters, cancellationToken: cancellationToken)) is not { } row)
                return null;
            return row.ToStored([.. await connection.QueryAsync<PartyRow>(
                new CommandDefinition(PartyRow.Select, parameters, cancellationToken: cancellationToken))]);
        }, cancellationToken);
    }

    public async Task<Contract?> FindLiveAsync(string subject, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var sql = $"""
            SELECT {ContractRow.Columns} FROM contracts
            WHERE subject = @Subject AND status IN ({Pending}, {Confirmed}) AND (status = {Confirmed} OR confirm_by > @Now)
            """;
        var command = new CommandDefinition(sql, new { Subject = subject, Now = now }, cancellationToken: cancellationToken);
        return (await database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<ContractRow>(command), cancellationToken))?.ToContract();
    }

    public async Task<Contract> AddAsync(Contract contract, CancellationToken cancellationToken)
    {
        // One whose time is over makes room, though nobody may have stored so yet.
        var makeRoom = $"""
            UPDATE contracts SET status = @Expired, version = version + 1
            WHERE subject = @Subject AND status = {Pending} AND confirm_by <= @CreatedAt
            RETURNING contract_id
            """;
        var insert = $"""
            INSERT INTO contracts (
                contract_id, subject, recording_id, canonical, evidence, summary, status, created_at, confirm_by, version)
            VALUES (@ContractId, @Subject, @RecordingId, @Canonical, @Evidence, @Summary, {Pending}, @CreatedAt, @ConfirmBy, 0)
            ON CONFLICT DO NOTHING
            """;
        const string insertParty = "INSERT INTO contract_parties (contract_id, phone, position) VALUES (@ContractId, @Phone, @Position)";
        var agreement = Agreement.Start(contract);
        var row = new
        {
            contract.ContractId,
            contract.Subject,
            contract.RecordingId,
            contract.Canonical,
            Evidence = JsonSerializer.Serialize(contract.Reading.Evidence, ContractJson.Default.IReadOnlyDictionaryStringEvidence),
            contract.Summary,
            contract.CreatedAt,
            agreement.ConfirmBy,
            Expired = AgreementStatus.Expired.Name(),
        };
        while (true)
        {
            await using (var connection = await database.OpenConnectionAsync(cancellationToken))
            await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
            {
                foreach (var expired in await connection.QueryAsync<string>(makeRoom, row, transaction))
                    await EventOutbox.AddAsync(expired, AgreementStatus.Expired, contract.CreatedAt, dialect, transaction);
                if (await connection.ExecuteAsync(insert, row, transaction) == 1)
                {
                    foreach (var (position, party) in agreement.Parties.Index())
                        await connection.ExecuteAsync(
                            insertParty, new { contract.ContractId, Phone = party.Phone.Value, Position = position }, transaction);
                    foreach (var phone in Agreement.AskedAbout(contract))
                        await TextMessageOutbox.AddAsync(
                            TextMessage.Code(phone, contract.ContractId, number: 1, contract.CreatedAt), transaction);
                    await EventOutbox.AddAsync(contract.ContractId, AgreementStatus.Pending, contract.CreatedAt, dialect, transaction);
                    await transaction.CommitAsync(cancellationToken);
                    changes.Publish(EventOutbox.NewEvents);
                    return contract;
                }
            }
            if (await FindLiveAsync(contract.Subject, contract.CreatedAt, cancellationToken) is { } live) return live;
        }
    }
}
