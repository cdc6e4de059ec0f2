using System.Data.Common;
using System.Text.Json;
using Dapper;
using Voice.Application.Confirmations;
using Voice.Application.Contracts;
using Voice.Domain.Contracts;
using Voice.Infrastructure.Database;
using Voice.Infrastructure.Database.Rows;
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

    public async Task<IReadOnlyList<StoredContract>> ListAsync(ContractFilter filter, CancellationToken cancellationToken)
    {
        var sql = ListSql(filter, out var parameters);
        var partiesSql = $"""
            SELECT p.contract_id, p.phone, p.decision, p.decided_at, p.channel
            FROM {dialect.Rows("@Page", "contract_id text")} JOIN contract_parties p ON p.contract_id = v.contract_id
            ORDER BY p.position
            """;
        return await database.ReadAsync<IReadOnlyList<StoredContract>>(async connection =>
        {
            var rows = (await connection.QueryAsync<ContractRow>(
                new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))).ToList();
            var page = JsonSerializer.Serialize(rows.Select(row => new { contract_id = row.ContractId }));
            var parties = (await connection.QueryAsync<PartyRow>(
                new CommandDefinition(partiesSql, new { Page = page }, cancellationToken: cancellationToken)))
                .ToLookup(party => party.ContractId);
            return [.. rows.Select(row => row.ToStored([.. parties[row.ContractId]]))];
        }, cancellationToken);
    }

    public async Task<Contract> AddAsync(Contract contract, CancellationToken cancellationToken)
    {
        // One whose time is over makes room, though nobody may have stored so yet.
        var makeRoom = $"""
            UPDATE contracts SET status = @Expired, version = version + 1
            WHERE subject = @Subject AND status = {Pending} AND confirm_by <= @CreatedAt
            RETURNING contract_id, confirm_by
            """;
        var insert = $"""
            INSERT INTO contracts (
                contract_id, subject, recording_id, canonical, evidence, summary, engine, status, created_at, confirm_by, version)
            VALUES (@ContractId, @Subject, @RecordingId, @Canonical, @Evidence, @Summary, @Engine, {Pending}, @CreatedAt, @ConfirmBy, 0)
            ON CONFLICT DO NOTHING
            """;
        const string insertParty = """
            INSERT INTO contract_parties (contract_id, phone, position, created_at)
            VALUES (@ContractId, @Phone, @Position, @CreatedAt)
            """;
        var agreement = Agreement.Start(contract);
        var row = new
        {
            contract.ContractId,
            contract.Subject,
            contract.RecordingId,
            contract.Canonical,
            Evidence = JsonSerializer.Serialize(contract.Reading.Evidence, ContractJson.Default.IReadOnlyDictionaryStringEvidence),
            contract.Summary,
            Engine = contract.Engine?.Name(),
            contract.CreatedAt,
            agreement.ConfirmBy,
            Expired = AgreementStatus.Expired.Name(),
        };
        while (true)
        {
            await using (var connection = await database.OpenConnectionAsync(cancellationToken))
            await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
            {
                foreach (var expired in (await connection.QueryAsync<ContractRow>(makeRoom, row, transaction)).ToList())
                {
                    await transaction.NoteAboutAsync(expired.ContractId, [Agreement.Expiry(expired.ContractId, expired.ConfirmBy)]);
                    await EventOutbox.AddAsync(expired.ContractId, AgreementStatus.Expired, contract.CreatedAt, dialect, transaction);
                }
                if (await connection.ExecuteAsync(insert, row, transaction) == 1)
                {
                    foreach (var (position, party) in agreement.Parties.Index())
                        await connection.ExecuteAsync(
                            insertParty,
                            new { contract.ContractId, Phone = party.Phone.Value, Position = position, contract.CreatedAt }, transaction);
                    await transaction.NoteAboutAsync(contract.ContractId, agreement.News);
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

    /// <summary>The statement for a page of the list.</summary>
    internal static string ListSql(ContractFilter filter, out DynamicParameters parameters)
    {
        // The place in the list is compared where the index that serves the filter has it.
        var (place, table) = filter.Page.Party is null
            ? ("c", "contracts c")
            : ("p", "contract_parties p JOIN contracts c ON c.contract_id = p.contract_id");
        var page = new PageSql(filter.Page, $"{place}.created_at", $"{place}.contract_id", "p.phone");
        parameters = page.Parameters;
        var overdue = filter.Page.After is { } last && last.CreatedAt + Agreement.ConfirmWithin < filter.Now
            ? last.CreatedAt + Agreement.ConfirmWithin
            : filter.Now;
        parameters.AddDynamicParams(new { Status = filter.Status?.Name(), filter.RecordingId, filter.Now, Overdue = overdue });
        return filter.Status is not { } status ? Those([]) : status switch
        {
            AgreementStatus.Confirmed or AgreementStatus.Rejected => Those(["c.status = @Status"]),
            AgreementStatus.Pending => Those(["c.status = @Status", "c.confirm_by > @Now"]),
            // Of those that are over the few that are stored as pending still stand apart, where their own index finds them.
            AgreementStatus.Expired => $"""
                SELECT * FROM ({Those(["c.status = @Status"])}) AS stored
                UNION ALL SELECT * FROM ({Those([$"c.status = {Pending}", "c.confirm_by <= @Overdue"], "c.confirm_by")}) AS overdue
                ORDER BY created_at DESC, contract_id DESC LIMIT {filter.Page.Limit}
                """,
        };

        string Those(string[] conditions, string? orderedBy = null) => page.Select(
            Columns.Names($"{ContractRow.Columns}, created_at", "c.{0}"), table,
            filter.RecordingId is null ? conditions : ["c.recording_id = @RecordingId", .. conditions], orderedBy);
    }
}
