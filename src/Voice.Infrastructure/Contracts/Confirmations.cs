using System.Data.Common;
using Dapper;
using Voice.Application.Contracts;

namespace Voice.Infrastructure.Contracts;

internal sealed class Confirmations(DbDataSource database) : IConfirmations
{
    public async Task<Attempt?> CountAttemptAsync(string contractId, string phone, int most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Counted first and compared after, so that many at once get no more attempts than one after the other.
        const string count = """
            UPDATE contract_parties SET attempts = attempts + 1
            WHERE contract_id = @ContractId AND phone = @Phone AND decision IS NULL AND attempts < @Most
                AND EXISTS (SELECT 1 FROM contracts WHERE contract_id = @ContractId AND status = 'pending' AND confirm_by > @Now)
            """;
        const string find = """
            SELECT p.attempts, p.code_hash, p.decision, CASE WHEN c.status = 'pending' AND c.confirm_by <= @Now THEN 'expired' ELSE c.status END AS status
            FROM contract_parties p JOIN contracts c ON c.contract_id = p.contract_id
            WHERE p.contract_id = @ContractId AND p.phone = @Phone
            """;
        var parameters = new { ContractId = contractId, Phone = phone, Most = most, Now = now };
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var counted = await connection.ExecuteAsync(new CommandDefinition(count, parameters, cancellationToken: cancellationToken)) == 1;
        var row = await connection.QuerySingleOrDefaultAsync<AttemptRow>(new CommandDefinition(find, parameters, cancellationToken: cancellationToken));
        return row is null ? null : new Attempt(counted, row.Attempts, row.CodeHash, row.Decision, row.Status);
    }

    public async Task<bool> DecideAsync(string contractId, string phone, string decision, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The contract's row first, so that parties who decide at the same moment follow one another and the last one completes it.
        const string hold = "UPDATE contracts SET status = status WHERE contract_id = @ContractId AND status = 'pending' AND confirm_by > @Now";
        const string decide = "UPDATE contract_parties SET decision = @Decision, decided_at = @Now WHERE contract_id = @ContractId AND phone = @Phone AND decision IS NULL";
        const string conclude = """
            UPDATE contracts SET status = CASE
                WHEN EXISTS (SELECT 1 FROM contract_parties WHERE contract_id = @ContractId AND decision = 'rejected') THEN 'rejected'
                WHEN NOT EXISTS (SELECT 1 FROM contract_parties WHERE contract_id = @ContractId AND decision IS NULL) THEN 'confirmed'
                ELSE status END
            WHERE contract_id = @ContractId
            """;
        var parameters = new { ContractId = contractId, Phone = phone, Decision = decision, Now = now };
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await connection.ExecuteAsync(hold, parameters, transaction) == 0 || await connection.ExecuteAsync(decide, parameters, transaction) == 0) return false;
        await connection.ExecuteAsync(conclude, parameters, transaction);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    public async Task ExpireAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = "UPDATE contracts SET status = 'expired' WHERE status = 'pending' AND confirm_by <= @Now";
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, new { Now = now }, cancellationToken: cancellationToken));
    }

    private sealed class AttemptRow
    {
        public int Attempts { get; init; }
        public string? CodeHash { get; init; }
        public string? Decision { get; init; }
        public string Status { get; init; } = "";
    }
}
