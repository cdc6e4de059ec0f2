using System.Data.Common;
using Dapper;
using Voice.Application.Events;
using Voice.Infrastructure.Database;

namespace Voice.Infrastructure.Events;

internal sealed class EndpointRepository(DbDataSource database) : IEndpointRepository
{
    public async Task<bool> AddAsync(WebhookEndpoint endpoint, int most, CancellationToken cancellationToken)
    {
        const string sql = """
            INSERT INTO webhook_endpoints (endpoint_id, url, events, description, secret, created_at)
            SELECT @EndpointId, @Url, @Events, @Description, @Secret, @CreatedAt WHERE (SELECT COUNT(*) FROM webhook_endpoints) < @Most
            """;
        var parameters = new
        {
            endpoint.EndpointId,
            Url = endpoint.Url.AbsoluteUri,
            Events = string.Join(',', endpoint.Events),
            endpoint.Description,
            endpoint.Secret,
            endpoint.CreatedAt,
            Most = most,
        };
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)) == 1;
    }

    public async Task<WebhookEndpoint?> FindAsync(string endpointId, CancellationToken cancellationToken)
    {
        const string sql = $"SELECT {EndpointRow.Columns} FROM webhook_endpoints WHERE endpoint_id = @EndpointId";
        var command = new CommandDefinition(sql, new { EndpointId = endpointId }, cancellationToken: cancellationToken);
        return (await database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<EndpointRow>(command), cancellationToken))?.ToEndpoint();
    }

    public async Task<IReadOnlyList<WebhookEndpoint>> ListAsync(CancellationToken cancellationToken)
    {
        const string sql = $"SELECT {EndpointRow.Columns} FROM webhook_endpoints ORDER BY created_at, endpoint_id";
        var command = new CommandDefinition(sql, cancellationToken: cancellationToken);
        var rows = await database.ReadAsync(connection => connection.QueryAsync<EndpointRow>(command), cancellationToken);
        return [.. rows.Select(row => row.ToEndpoint())];
    }

    public async Task DeleteAsync(string endpointId, CancellationToken cancellationToken)
    {
        // The endpoint first: from then on nothing is written for it.
        const string sql = """
            DELETE FROM webhook_endpoints WHERE endpoint_id = @EndpointId;
            DELETE FROM event_deliveries WHERE endpoint_id = @EndpointId;
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, new { EndpointId = endpointId }, cancellationToken: cancellationToken));
    }
}

/// <summary>A row of <c>webhook_endpoints</c>.</summary>
internal sealed class EndpointRow
{
    public const string Columns = "endpoint_id, url, events, description, secret, created_at, disabled_at, disabled_reason";

    public string EndpointId { get; init; } = "";
    public string Url { get; init; } = "";
    public string Events { get; init; } = "";
    public string? Description { get; init; }
    public byte[] Secret { get; init; } = [];
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DisabledAt { get; init; }
    public string? DisabledReason { get; init; }

    public WebhookEndpoint ToEndpoint() => new()
    {
        EndpointId = EndpointId,
        Url = new Uri(Url),
        Events = Events.Split(','),
        Description = Description,
        Secret = Secret,
        CreatedAt = CreatedAt,
        DisabledAt = DisabledAt,
        DisabledReason = DisabledReason,
    };
}
