using System.Data.Common;
using System.Text.Json;
using Dapper;
using Voice.Application.Contracts;
using Voice.Domain.Contracts;

namespace Voice.Infrastructure.Contracts;

internal sealed class ContractRepository(DbDataSource database) : IContractRepository
{
    public async Task<ContractBody?> FindByFingerprintAsync(string fingerprint, CancellationToken cancellationToken)
    {
        const string sql = "SELECT body FROM contracts WHERE fingerprint = @Fingerprint";
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var body = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(sql, new { Fingerprint = fingerprint }, cancellationToken: cancellationToken));
        return body is null ? null : Read(body);
    }

    public async Task<StoredContract?> FindAsync(string contractId, CancellationToken cancellationToken)
    {
        const string find = "SELECT body, canonical, status FROM contracts WHERE contract_id = @ContractId";
        const string findParties = """
            SELECT p.phone, p.decision, o.state AS message
            FROM contract_parties p LEFT JOIN sms_outbox o ON o.contract_id = p.contract_id AND o.phone = p.phone
            WHERE p.contract_id = @ContractId
            """;
        var parameters = new { ContractId = contractId };
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        if (await connection.QuerySingleOrDefaultAsync<ContractRow>(new CommandDefinition(find, parameters, cancellationToken: cancellationToken)) is not { } row) return null;
        var parties = await connection.QueryAsync<PartyRow>(new CommandDefinition(findParties, parameters, cancellationToken: cancellationToken));
        return new StoredContract(Read(row.Body), row.Canonical, row.Status, parties.ToDictionary(party => party.Phone, party => new Confirmation(party.Decision, party.Message)));
    }

    public async Task<ContractBody> AddAsync(Contract contract, string fingerprint, DateTimeOffset confirmBy, CancellationToken cancellationToken)
    {
        const string insert = """
            INSERT INTO contracts (contract_id, fingerprint, recording_id, body, canonical, status, created_at, confirm_by)
            VALUES (@ContractId, @Fingerprint, @RecordingId, @Body, @Canonical, 'pending', @CreatedAt, @ConfirmBy)
            ON CONFLICT (fingerprint) DO NOTHING
            """;
        const string insertParty = "INSERT INTO contract_parties (contract_id, phone) VALUES (@ContractId, @Phone)";
        const string insertMessage = "INSERT INTO sms_outbox (contract_id, phone, state, due_at) VALUES (@ContractId, @Phone, 'waiting', @CreatedAt)";
        var body = ContractBody.Of(contract);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            var added = await connection.ExecuteAsync(insert, new
            {
                contract.ContractId,
                Fingerprint = fingerprint,
                contract.RecordingId,
                Body = JsonSerializer.Serialize(body, ContractJson.Options),
                contract.Canonical,
                contract.CreatedAt,
                ConfirmBy = confirmBy,
            }, transaction);
            if (added == 1)
            {
                foreach (var party in contract.Parties)
                {
                    var row = new { contract.ContractId, Phone = party.Phone.Value, contract.CreatedAt };
                    await connection.ExecuteAsync(insertParty, row, transaction);
                    // Of a call in which nothing was agreed there is nothing to confirm.
                    if (contract.Reading.Evidence.Count > 0) await connection.ExecuteAsync(insertMessage, row, transaction);
                }
                await transaction.CommitAsync(cancellationToken);
                return body;
            }
        }
        return (await FindByFingerprintAsync(fingerprint, cancellationToken))!; // Contracts are never deleted.
    }

    private static ContractBody Read(string body) => JsonSerializer.Deserialize<ContractBody>(body, ContractJson.Options)!;

    private sealed class ContractRow
    {
        public string Body { get; init; } = "";
        public string Canonical { get; init; } = "";
        public string Status { get; init; } = "";
    }

    private sealed class PartyRow
    {
        public string Phone { get; init; } = "";
        public string? Decision { get; init; }
        public string? Message { get; init; }
    }
}
