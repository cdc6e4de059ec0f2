using System.Data.Common;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Logging;
using Voice.Application;
using Voice.Application.Events;
using Voice.Domain.Contracts;
using Voice.Infrastructure.Contracts;
using Voice.Infrastructure.Database;
using Voice.Infrastructure.Database.Rows;
using Voice.Infrastructure.Recordings;

namespace Voice.Infrastructure.Events;

internal sealed partial class EventOutbox(DbDataSource database, Dialect dialect, ChangeFeed changes, ILogger<EventOutbox> logger)
    : IEventOutbox
{
    /// <summary>What whoever delivers events watches for new ones.</summary>
    public const string NewEvents = "events";

    /// <summary>Writes events, <c>@Events</c>, for the endpoints that want them; its result are those that somebody is told of.</summary>
    // A contract is told of in the order of its recording.
    public static string InsertSql(Dialect dialect) => $"""
        INSERT INTO event_deliveries (endpoint_id, event_id, type, subject, contract_id, data, at, due_at)
        SELECT w.endpoint_id, v.event_id, v.type, COALESCE(v.recording_id, c.recording_id, v.contract_id), v.contract_id, v.data, v.at,
            CASE WHEN w.disabled_at IS NULL THEN v.at END
        FROM {dialect.Rows("@Events", EventRow.Written)}
        JOIN webhook_endpoints w
            ON ',' || w.events || ',' LIKE '%,' || v.type || ',%' OR ',' || w.events || ',' LIKE '%,' || v.family || ',%'
        LEFT JOIN contracts c ON c.contract_id = v.contract_id
        WHERE true ON CONFLICT DO NOTHING
        RETURNING event_id;
        """;

    /// <summary>Writes, with the change itself, that a contract has come to that status.</summary>
    public static async Task AddAsync(
        string contractId, AgreementStatus status, DateTimeOffset at, Dialect dialect, DbTransaction transaction)
    {
        var parties = await transaction.Connection!.QueryAsync<PartyRow>(PartyRow.Select, new { ContractId = contractId }, transaction);
        var events = JsonSerializer.Serialize([EventRow.Of(contractId, status, [.. parties], at)], RowJson.Default.ListEventRow);
        await transaction.Connection!.QueryAsync<string>(InsertSql(dialect), new { Events = events }, transaction);
    }

    public async Task<IReadOnlyList<WebhookEndpoint>> FindDueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = $"""
            SELECT {EndpointRow.Columns} FROM webhook_endpoints w
            WHERE disabled_at IS NULL AND EXISTS (
                SELECT 1 FROM event_deliveries d WHERE d.endpoint_id = w.endpoint_id AND d.due_at <= @Now)
            """;
        var command = new CommandDefinition(sql, new { Now = now }, cancellationToken: cancellationToken);
        var rows = await database.ReadAsync(connection => connection.QueryAsync<EndpointRow>(command), cancellationToken);
        return [.. rows.Select(row => row.ToEndpoint())];
    }

    public async Task<IReadOnlyList<DueDelivery>> TakeAsync(
        string endpointId, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        const string findContract = $"SELECT {ContractRow.Columns} FROM contracts WHERE contract_id = @ContractId";
        var parameters = new { EndpointId = endpointId, Now = now, Until = until, Limit = limit };
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var take = $"""
            UPDATE event_deliveries SET due_at = @Until, tries = tries + 1, version = version + 1
            WHERE place IN (
                SELECT d.place FROM event_deliveries d
                WHERE d.endpoint_id = @EndpointId AND d.due_at <= @Now
                    AND EXISTS (SELECT 1 FROM webhook_endpoints w WHERE w.endpoint_id = d.endpoint_id AND w.disabled_at IS NULL)
                    AND NOT EXISTS (SELECT 1 FROM event_deliveries b
                        WHERE b.endpoint_id = d.endpoint_id AND b.subject = d.subject AND b.place < d.place AND b.due_at IS NOT NULL)
                ORDER BY d.due_at, d.place LIMIT @Limit {dialect.SkipLocked})
            RETURNING {DeliveryRow.Columns}
            """;
        var taken = new List<DueDelivery>();
        foreach (var row in (await connection.QueryAsync<DeliveryRow>(
            new CommandDefinition(take, parameters, cancellationToken: cancellationToken))).OrderBy(row => row.Place))
        {
            if (row.ContractId is null)
                taken.Add(new(row.ToDelivery(), JsonSerializer.Deserialize(row.Data, RowJson.Default.RecordingSnapshot)!.ToView(), null));
            // Otherwise it was erased just now, and the event goes with it.
            else if (await connection.QuerySingleOrDefaultAsync<ContractRow>(
                new CommandDefinition(findContract, new { row.ContractId }, cancellationToken: cancellationToken)) is { } contract)
                taken.Add(new(
                    row.ToDelivery(), null, contract.ToStored(JsonSerializer.Deserialize(row.Data, RowJson.Default.ListPartyRow)!)));
        }
        return taken;
    }

    public async Task SaveAsync(IReadOnlyList<Delivery> deliveries, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var save = $"""
            {dialect.CommitLazily}
            UPDATE event_deliveries SET {Columns.Names(DeliveryRow.Outcome, "{0} = v.{0}")}
            FROM {dialect.Rows("@Deliveries", $"place bigint, version integer, {DeliveryRow.Outcome}")}
            WHERE event_deliveries.place = v.place AND event_deliveries.version = v.version
            """;
        // Unless somebody asked for a replay meanwhile.
        const string disable = """
            UPDATE webhook_endpoints SET disabled_at = @Now, disabled_reason = @ReasonToDisable
            WHERE endpoint_id = @EndpointId AND disabled_at IS NULL
                AND EXISTS (SELECT 1 FROM event_deliveries d WHERE d.place = @Place AND d.version = @Version)
            """;
        const string dropDue = "UPDATE event_deliveries SET due_at = NULL WHERE endpoint_id = @EndpointId AND due_at IS NOT NULL";
        var rows = JsonSerializer.Serialize([.. deliveries.Select(delivery => new DeliveryRow(delivery))], RowJson.Default.ListDeliveryRow);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // What is forgotten in a crash of the database is sent again, under the same id.
        await connection.ExecuteAsync(save, new { Deliveries = rows }, transaction);
        var disabling = new List<Delivery>();
        foreach (var given in deliveries.Where(delivery => delivery.ReasonToDisable is not null))
        {
            var parameters = new { given.EndpointId, given.Place, given.Version, given.ReasonToDisable, Now = now };
            if (await connection.ExecuteAsync(disable, parameters, transaction) == 0) continue;
            await connection.ExecuteAsync(dropDue, parameters, transaction);
            disabling.Add(given);
        }
        await transaction.CommitAsync(cancellationToken);
        Telemetry.EndpointsDisabled.Add(disabling.Count);
        foreach (var given in disabling)
            LogDisabled(given.EndpointId, given.EventId, given.Tries, given.Answer?.Status is { } status ? $"{status}" : "none");
    }

    public async Task<IReadOnlyList<Delivery>> ListAsync(
        string endpointId, long? before, int limit, CancellationToken cancellationToken)
    {
        var sql = $"""
            SELECT {DeliveryRow.Columns} FROM event_deliveries
            WHERE endpoint_id = @EndpointId {(before is null ? "" : "AND place < @Before")}
            ORDER BY place DESC LIMIT @Limit
            """;
        var command = new CommandDefinition(
            sql, new { EndpointId = endpointId, Before = before, Limit = limit }, cancellationToken: cancellationToken);
        var rows = await database.ReadAsync(connection => connection.QueryAsync<DeliveryRow>(command), cancellationToken);
        return [.. rows.Select(row => row.ToDelivery())];
    }

    public async Task<int> ReplayAsync(
        string endpointId, DateTimeOffset? after, DateTimeOffset? before, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string enable = """
            UPDATE webhook_endpoints SET disabled_at = NULL, disabled_reason = NULL WHERE endpoint_id = @EndpointId
            """;
        const string renew = """
            UPDATE event_deliveries SET due_at = @Now, tries = 0, version = version + 1, tried_at = NULL, delivered_at = NULL,
                answer_status = NULL, answer = NULL
            WHERE endpoint_id = @EndpointId AND at > @After AND at < @Before
            """;
        var parameters = new
        {
            EndpointId = endpointId,
            Now = now,
            After = after ?? DateTimeOffset.MinValue,
            Before = before ?? DateTimeOffset.MaxValue,
        };
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(enable, parameters, transaction);
        var count = await connection.ExecuteAsync(renew, parameters, transaction);
        await transaction.CommitAsync(cancellationToken);
        changes.Publish(NewEvents);
        return count;
    }

    // Its own words, which may say anything, stay out of the log.
    [LoggerMessage(Level = LogLevel.Warning, Message =
        "The endpoint {EndpointId} is disabled: {EventId} was tried {Tries} times, and answered last with the status {Status}.")]
    private partial void LogDisabled(string endpointId, string eventId, int tries, string status);
}
