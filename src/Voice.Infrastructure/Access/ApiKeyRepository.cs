using System.Data.Common;
using Dapper;
using Voice.Application.Access;
using Voice.Infrastructure.Database;

namespace Voice.Infrastructure.Access;

internal sealed class ApiKeyRepository(DbDataSource database) : IApiKeyRepository
{
    private const string Columns = "key_id, name, scopes, digest, created_at, revoked_at, last_used_at";

    public bool HasAny()
    {
        using var connection = database.OpenConnection();
        return connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM api_keys WHERE revoked_at IS NULL)");
    }

    public Task<IReadOnlyList<ApiKey>> FindGoodAsync(CancellationToken cancellationToken) =>
        QueryAsync($"SELECT {Columns} FROM api_keys WHERE revoked_at IS NULL", cancellationToken);

    public Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken) =>
        QueryAsync($"SELECT {Columns} FROM api_keys ORDER BY created_at, key_id", cancellationToken);

    public async Task<bool> AddAsync(ApiKey key, CancellationToken cancellationToken)
    {
        const string sql = """
            INSERT INTO api_keys (key_id, name, scopes, digest, created_at) VALUES (@KeyId, @Name, @Scopes, @Digest, @CreatedAt)
            ON CONFLICT (name) WHERE revoked_at IS NULL DO NOTHING
            """;
        return await ExecuteAsync(
            sql, new { key.KeyId, key.Name, Scopes = key.Scopes.Names(), key.Digest, key.CreatedAt }, cancellationToken) == 1;
    }

    public async Task<bool> RevokeAsync(string nameOrId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = """
            UPDATE api_keys SET revoked_at = @Now WHERE revoked_at IS NULL AND (name = @NameOrId OR key_id = @NameOrId)
            """;
        return await ExecuteAsync(sql, new { NameOrId = nameOrId, Now = now }, cancellationToken) > 0;
    }

    public Task NoteUseAsync(IReadOnlyCollection<string> keyIds, DateTimeOffset at, CancellationToken cancellationToken)
    {
        const string sql = """
            UPDATE api_keys SET last_used_at = @At WHERE key_id = @KeyId AND (last_used_at IS NULL OR last_used_at < @At)
            """;
        return ExecuteAsync(sql, keyIds.Order(StringComparer.Ordinal).Select(keyId => new { KeyId = keyId, At = at }), cancellationToken);
    }

    private async Task<int> ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
    }

    private async Task<IReadOnlyList<ApiKey>> QueryAsync(string sql, CancellationToken cancellationToken)
    {
        var command = new CommandDefinition(sql, cancellationToken: cancellationToken);
        var rows = await database.ReadAsync(connection => connection.QueryAsync<Row>(command), cancellationToken);
        return [.. rows.Select(row => row.ToKey())];
    }

    private sealed class Row
    {
        public string KeyId { get; init; } = "";
        public string Name { get; init; } = "";
        public string Scopes { get; init; } = "";
        public string Digest { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? RevokedAt { get; init; }
        public DateTimeOffset? LastUsedAt { get; init; }

        public ApiKey ToKey() => new()
        {
            KeyId = KeyId,
            Name = Name,
            Scopes = Application.Access.Scopes.Parse(Scopes),
            Digest = Digest,
            CreatedAt = CreatedAt,
            RevokedAt = RevokedAt,
            LastUsedAt = LastUsedAt,
        };
    }
}
